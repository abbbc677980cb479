// Compiles every TypeScript file to dist/ with swc; the product and its tests run from there.
import { transformFile } from '@swc/core';
import { existsSync, globSync, mkdirSync, rmSync, writeFileSync, statSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDERS = ['bench', 'bin', 'gateway', 'platform', 'schema', 'subgraphs', 'tests'];
const OUT = 'dist';

const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  swcrc: false,
};

const sources = globSync(`{${FOLDERS.join(',')}}/**/*.ts`).filter(
  (file) => !file.endsWith('.d.ts') && !file.startsWith('gateway/graphiql/page/'),
);
const outputOf = (source) => join(OUT, source.replace(/\.ts$/, '.js'));

async function compile(source) {
  const output = outputOf(source);
  if (existsSync(output) && statSync(output).mtimeMs >= statSync(source).mtimeMs) return;
  const { code } = await transformFile(source, options);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, code);
}

/** A source that is gone must not go on running from dist/. */
function removeOrphans(folder, expected) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOrphans(path, expected);
    else if (entry.name.endsWith('.js') && !expected.has(path)) rmSync(path);
  }
}

await Promise.all(sources.map(compile));
const expected = new Set(sources.map(outputOf));
for (const folder of FOLDERS) removeOrphans(join(OUT, folder), expected);
writeFileSync(join(OUT, 'package.json'), '{ "type": "module" }\n');
