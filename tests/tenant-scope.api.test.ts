import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subgraphs } from '../bin/subgraphs.js';
import { openDatabase } from '../platform/data/database.js';
import { forkGuarded, UnscopedQuery } from '../platform/data/tenant-guard.js';
import { readSourceFiles } from './source-files.js';

/** Rows that are no tenant's, and why. */
const ofNoTenant: Readonly<Record<string, string>> = {
  UserEntity: 'people are one per installation',
  UserProfileEntity: 'people are one per installation',
  GoogleIdentityEntity: 'how a person signs in',
  OneTimeCodeEntity: 'what a person is sent',
  EmailChangeEntity: 'an address a person wants',
  SecondFactorEntity: 'how a person signs in',
  SessionEntity: 'a sign-in is a person’s',
  DeviceKeyEntity: 'a key is a person’s',
  DeviceChallengeEntity: 'made before anybody is known',
  BiometricEventEntity: 'what a provider tells is about a person',
  PermissionEntity: 'what the code can allow',
  RecipeIngredientEntity: 'a part of a recipe, found by the recipe alone',
};

/** Programs that must not compile, and their likes that do. */
const programs: readonly (readonly [string, boolean, string])[] = [
  [
    'a list within a tenant',
    true,
    "fetchPage(em, Row, { where: [placeScope({ brandId: 'brd_1' }), { name: 'x' }], sort: [['id', 'asc']], page })",
  ],
  ['a list without a tenant', false, "fetchPage(em, Row, { where: [{ name: 'x' }], sort: [['id', 'asc']], page })"],
  [
    'a list of a brand that somebody sent',
    false,
    "fetchPage(em, Row, { where: [{ brandId: 'brd_1' }], sort: [['id', 'asc']], page })",
  ],
  [
    'a list with the tenant behind',
    false,
    "fetchPage(em, Row, { where: [{}, placeScope({ brandId: 'brd_1' })], sort: [['id', 'asc']], page })",
  ],
  [
    'a list of what no tenant owns',
    true,
    "fetchPage(em, Free, { where: [{ name: 'x' }], sort: [['id', 'asc']], page })",
  ],
  [
    'a part of a query within a tenant',
    true,
    "selectWithin(em, Row, { column: 'id', where: [placeScope({ outletId: 'out_1' })] })",
  ],
  ['a part of a query without one', false, "selectWithin(em, Row, { column: 'id', where: [{ name: 'x' }] })"],
  ['a scope made elsewhere', false, 'const scope: TenantScope = {}; void scope'],
  ['a place without a tenant', false, 'placeScope({})'],
  ['a file of a tenant', true, "void files.put(tenantKey('brd_1', 'a.pdf'), new Uint8Array(), 'a/b')"],
  ['a file of nobody', false, "void files.put('reports/a.pdf', new Uint8Array(), 'a/b')"],
  ['a topic of a tenant', true, "void events.follow('brd_1', null, () => true)"],
  ['a topic of nobody', false, 'void events.follow(null, () => true)'],
  [
    'a job that a tenant has once',
    true,
    "void jobs.enqueue(em, { kind: 'x', payload: null, dedupKey: tenantKey('brd_1', 'x') })",
  ],
  ['a job that everybody has once', false, "void jobs.enqueue(em, { kind: 'x', payload: null, dedupKey: 'x' })"],
];

describe('tenant scope', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'scope-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('S3 LES-07 is demanded of every table but those that are listed as no tenant’s', async () => {
    const free: string[] = [];
    for (const { name, entities } of subgraphs) {
      const database = await openDatabase(name, { url: null, dataDir: folder, prefix: '' }, entities);
      for (const entity of entities) {
        const failure = await Promise.resolve()
          .then(() => forkGuarded(database.em).find(entity, {}))
          .catch((error: unknown) => error);
        if (!(failure instanceof UnscopedQuery)) free.push(entity.name);
      }
      await database.close();
    }
    expect(free.toSorted()).toEqual(Object.keys(ofNoTenant).toSorted());
  });

  it('S3 LES-07 is not got around: subgraphs use no other way to the database', () => {
    // A reference is a row that nobody has read, and an upsert names none: the guard sees no condition of either.
    const ways =
      /\.fork\(|\.getConnection\(|\.getDriver\(|\.getKysely\(|\bdatabase\.em\b|\.getReference\(|\.upsert(Many)?\(/;
    const product = readSourceFiles().filter(
      ({ path }) =>
        path.startsWith('subgraphs/') && !/(\.(test|fixture)|-replica\.queries|role-seed\.operations)\.ts$/.test(path),
    );
    expect(product.length).toBeGreaterThan(200);
    expect(product.filter(({ text }) => ways.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('LES-07 a query, a file, a topic and a job without a tenant do not compile', () => {
    const root = process.cwd();
    const from = (path: string, ...names: string[]) => `import { ${names.join(', ')} } from '${join(root, path)}';`;
    const head = [
      `import type { SqlEntityManager } from '${join(root, 'node_modules/@mikro-orm/sql/index.js')}';`,
      from('platform/data/keyset-page.js', 'fetchPage'),
      from('platform/data/tenant-guard.js', 'selectWithin'),
      from('platform/data/tenant-scope.js', 'placeScope', 'type TenantScope'),
      from('platform/domain/tenant-key.js', 'tenantKey'),
      from('platform/ports/files.js', 'type FileStorage'),
      from('platform/events/live-events.js', 'type LiveEvents'),
      from('platform/jobs/jobs.js', 'type Jobs'),
      'declare const em: SqlEntityManager; declare const files: FileStorage; declare const events: LiveEvents; declare const jobs: Jobs;',
      'const page = { first: 1, after: null }; class Row { id!: string; brandId!: string; name!: string } class Free { id!: string; name!: string }',
      'export const used = [fetchPage, selectWithin, placeScope, tenantKey, em, files, events, jobs, page, Row, Free]; export type Used = TenantScope;',
    ].join('\n');
    programs.forEach(([, , body], index) => writeFileSync(join(folder, `program-${index}.mts`), `${head}\n${body};\n`));
    const options = { rootDir: '/', types: ['node'], typeRoots: [join(root, 'node_modules/@types')] };
    const settings = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: options,
      include: ['program-*.mts'],
      exclude: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));

    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', folder], { encoding: 'utf8' });

    const refused = new Set([...stdout.matchAll(/program-(\d+)\.mts/g)].map(([, index]) => Number(index)));
    const compiled = programs.map(([name], index) => [name, !refused.has(index)]);
    expect(compiled).toEqual(programs.map(([name, compiles]) => [name, compiles]));
  }, 120_000);
});
