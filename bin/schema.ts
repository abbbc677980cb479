import { readFileSync, writeFileSync } from 'node:fs';
import { composeGraph } from '../schema/compose.js';
import { subgraphs } from './subgraphs.js';

/** Writes the generated schema files, or with `--check` tells which of the committed ones differ. */
async function main(): Promise<void> {
  const { files } = await composeGraph(subgraphs);
  const stale = Object.entries(files).filter(([name, text]) => readOrEmpty(`schema/${name}`) !== text);
  if (!process.argv.includes('--check')) for (const [name, text] of stale) writeFileSync(`schema/${name}`, text);
  else if (stale.length > 0) {
    process.stderr.write(
      `Out of step with the code: ${stale.map(([name]) => `schema/${name}`).join(', ')}. Run "npm run schema".\n`,
    );
    process.exitCode = 1;
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

await main();
