import { basename } from 'node:path';
import { readSourceFiles, type SourceFile } from './source-files.js';

const files = readSourceFiles();
const isTest = ({ path }: SourceFile) => /\.(test|fixture)\.ts$/.test(path) || path.startsWith('tests/');
const product = files.filter((file) => !isTest(file));
const room = (path: string) => path.split('/')[0] ?? '';
const subgraphOf = (path: string) => (room(path) === 'subgraphs' ? path.split('/')[1] : undefined);

/** `file → import` for every import that a rule forbids. */
function forbidden(from: readonly SourceFile[], isForbidden: (file: SourceFile, target: string) => boolean): string[] {
  return from.flatMap((file) =>
    file.imports.filter((target) => isForbidden(file, target)).map((target) => `${file.path} → ${target}`),
  );
}

/** Files whose text matches a pattern, outside the ones that may. */
function containing(pattern: RegExp, mayContain: (path: string) => boolean): string[] {
  return product.filter(({ path, text }) => !mayContain(path) && pattern.test(text)).map(({ path }) => path);
}

describe('the house', () => {
  it('has files to check', () => {
    expect(product.length).toBeGreaterThan(100);
  });

  it('keeps a subgraph from importing another one or the gateway', () => {
    const inSubgraphs = product.filter(({ path }) => subgraphOf(path));
    expect(
      forbidden(
        inSubgraphs,
        (file, target) =>
          room(target) === 'gateway' ||
          (subgraphOf(target) !== undefined && subgraphOf(target) !== subgraphOf(file.path)),
      ),
    ).toEqual([]);
  });

  it('keeps platform on the ground floor and the gateway above platform only', () => {
    const isAbove = (target: string) => ['gateway', 'subgraphs', 'bin', 'schema', 'tests'].includes(room(target));
    expect(
      forbidden(
        product.filter(({ path }) => room(path) === 'platform'),
        (_file, target) => isAbove(target),
      ),
    ).toEqual([]);
    expect(
      forbidden(
        product.filter(({ path }) => room(path) === 'gateway'),
        (_file, target) => !['gateway', 'platform'].includes(room(target)),
      ),
    ).toEqual([]);
  });

  it('lets nobody but bin and tests import bin, and nobody but tests import tests', () => {
    expect(forbidden(product, (file, target) => room(target) === 'bin' && room(file.path) !== 'bin')).toEqual([]);
    expect(forbidden(product, (_file, target) => room(target) === 'tests')).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(findCycles(product)).toEqual([]);
  });

  it('keeps the nouns of a subgraph in order: none uses another both ways', () => {
    const noun = (path: string) => (path.split('/').length === 4 ? path.split('/').slice(0, 3).join('/') : undefined);
    const edges = new Set(
      product.flatMap((file) => file.imports.map((target) => `${noun(file.path)} ${noun(target)}`)),
    );
    const bothWays = [...edges].filter((edge) => {
      const [from, to] = edge.split(' ');
      return from !== to && from !== 'undefined' && to !== 'undefined' && edges.has(`${to} ${from}`);
    });
    expect(bothWays).toEqual([]);
  });

  it('keeps frameworks where they belong', () => {
    const usesTypeGraphql = product.filter(({ packages }) => packages.includes('type-graphql')).map(({ path }) => path);
    expect(
      usesTypeGraphql.filter(
        (path) => !/\.(graphql|resolver)\.ts$/.test(path) && !path.startsWith('platform/graphql/'),
      ),
    ).toEqual([]);
    const entityManager = /\b(Sql)?EntityManager\b/;
    expect(
      containing(entityManager, (path) => /\.(queries|operations)\.ts$/.test(path) || /^(platform|bin)\//.test(path)),
    ).toEqual([]);
  });

  it('reads the environment and the time in one place each', () => {
    expect(containing(/\bprocess\.env\b/, (path) => path === 'platform/process/config.ts')).toEqual([]);
    expect(containing(/\bnew Date\(|\bDate\.now\(/, (path) => path === 'platform/process/clock.ts')).toEqual([]);
  });

  it('has no default exports, no any and no lint switches', () => {
    const offenders = product.filter(
      ({ text }) =>
        /^export default\b/m.test(text) ||
        /[:<]\s*any\b|\bas any\b/.test(stripComments(text)) ||
        /@ts-(ignore|expect-error|nocheck)|oxlint-disable/.test(text),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it('has no file above 300 lines and none named after nothing', () => {
    expect(files.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
    const vague = /^(index|utils?|helpers?|types|common|manager|service)\b/;
    expect(files.filter(({ path }) => vague.test(basename(path))).map(({ path }) => path)).toEqual([]);
  });

  it('writes raw SQL in queries and in platform only', () => {
    expect(
      containing(/\.execute\(\s*[`'"]/, (path) => path.endsWith('.queries.ts') || path.startsWith('platform/')),
    ).toEqual([]);
  });
});

function stripComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
}

function findCycles(sources: readonly SourceFile[]): string[] {
  const importsOf = new Map(sources.map(({ path, imports }) => [path, imports]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const target of importsOf.get(path) ?? []) visit(target, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of importsOf.keys()) visit(path, []);
  return cycles;
}
