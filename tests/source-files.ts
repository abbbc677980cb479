import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A source file and what it imports of ours. */
export interface SourceFile {
  /** From the project's root, such as `platform/domain/money.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Our own files it imports, type-only imports included. */
  readonly imports: readonly string[];
  /** Packages it imports. */
  readonly packages: readonly string[];
}

const IMPORT = /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?'([^']+)';?$|\bimport\(\s*'([^']+)'\s*\)/gms;
const GENERATED = 'schema/client/';
const PAGE = 'gateway/graphiql/page/';

/** Every TypeScript file that people wrote, without the page that has a project of its own. */
export function readSourceFiles(): SourceFile[] {
  const paths = globSync('{bin,gateway,platform,schema,subgraphs,tests,bench}/**/*.ts');
  return paths.filter((path) => !path.startsWith(GENERATED) && !path.startsWith(PAGE)).map(readSourceFile);
}

function readSourceFile(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const specifiers = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
  return {
    path,
    text,
    lines: text.split('\n').length - 1,
    imports: specifiers
      .filter(isOwn)
      .map((specifier) => normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts')),
    packages: specifiers.filter((specifier) => !isOwn(specifier)),
  };
}

function isOwn(specifier: string): boolean {
  return specifier.startsWith('.');
}
