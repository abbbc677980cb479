import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { exitOnFailure } from '../platform/process/startup.js';
import type { Subgraph } from '../platform/subgraph.js';
import { inSubgraph } from './command-context.js';
import { subgraphs } from './subgraphs.js';

/** Seals personal data of all subgraphs with the first column key, whether the server runs or not; may be broken off and run again. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  const isDryRun = values['dry-run'];
  let changed = 0;
  for (const subgraph of subgraphs) changed += await rotateIn(subgraph, isDryRun);
  process.stdout.write(
    isDryRun ? `${changed} rows are to be sealed anew.\n` : `${changed} rows were sealed anew; older keys may go.\n`,
  );
}

async function rotateIn(subgraph: Subgraph, isDryRun: boolean): Promise<number> {
  const { name, sealedTables = [] } = subgraph;
  if (sealedTables.length === 0) return 0;
  return inSubgraph(subgraph, async ({ unitOfWork, vault }) => {
    let total = 0;
    for (const table of sealedTables) {
      const { read, changed } = await table.rotate({ unitOfWork, vault, isDryRun });
      process.stdout.write(`${name}.${table.name}: ${read} rows, ${changed} ${isDryRun ? 'to seal' : 'sealed'} anew\n`);
      total += changed;
    }
    return total;
  });
}

await exitOnFailure(main);
