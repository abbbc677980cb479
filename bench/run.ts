import { exitOnFailure } from '../platform/process/startup.js';
import { benchGateway } from './gateway/gateway.bench.js';

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { gateway: benchGateway };

/** Runs the bench named first on the command line, with what follows as its own arguments. */
async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const bench = benches[name];
  if (!bench) throw new Error(`Name a bench: ${Object.keys(benches).join(', ')}.`);
  await bench(args);
}

await exitOnFailure(() => main(process.argv.slice(2)));
