import { subgraphNames } from '../platform/events/catalogue.js';
import { exitOnFailure } from '../platform/process/startup.js';
import { loadSubgraph } from './load-subgraph.js';
import { runProcess } from './run-process.js';
import { openSubgraphProcess } from './subgraph-process.js';

const USAGE = `Usage: node dist/bin/subgraph.js <name>, the name being one of ${subgraphNames.join(', ')}.`;

await exitOnFailure(async () => {
  const name = subgraphNames.find((known) => known === process.argv[2]);
  if (!name) throw new Error(USAGE);
  await runProcess({
    title: `subgraph ${name}`,
    needsDatabase: true,
    open: async (options) => openSubgraphProcess(await loadSubgraph(name), options),
  });
});
