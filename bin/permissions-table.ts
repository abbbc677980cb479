import { readFileSync, writeFileSync } from 'node:fs';
import { permissionsText } from './permissions-text.js';

const FILE = 'docs/permissions.md';

/** Writes the table of who may do what, or with `--check` tells whether the committed one differs. */
function main(): void {
  const text = permissionsText();
  if (!process.argv.includes('--check')) writeFileSync(FILE, text);
  else if (readFileSync(FILE, 'utf8') !== text) {
    process.stderr.write(`Out of step with the code: ${FILE}. Run "npm run permissions".\n`);
    process.exitCode = 1;
  }
}

main();
