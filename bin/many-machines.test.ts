import { ConfigError, loadConfig } from '../platform/process/config.js';
import { newSecrets, secretVariables } from '../platform/process/secrets.js';
import { loadClusterConfig, requireClusterConfig } from './many-machines.js';

const secrets = newSecrets();
const complete = {
  DATABASE_URL: 'mysql://twin@db',
  REDIS_URL: 'redis://cache',
  SUBGRAPH_URLS: 'accounts=http://a:1,layout=http://l:1,orders=http://o:1,inventory=http://i:1,insights=http://n:1',
  PUBLIC_URL: 'https://pos.example',
  ...secretVariables(secrets),
};
const everything = Object.keys(complete);

/** The variables that are complained of, in order of their names. */
function complaintsOf(load: () => unknown): readonly string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((line) => line.split(':')[0] ?? '').toSorted();
    throw error;
  }
}

const without = (...names: readonly string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(complete).filter(([name]) => !names.includes(name)));

describe('one process of many', () => {
  it('knows its servers, its secrets and where every subgraph is', () => {
    expect(loadClusterConfig(complete, { needsDatabase: true })).toMatchObject({
      databaseUrl: 'mysql://twin@db',
      redisUrl: 'redis://cache',
      subgraphUrls: { accounts: ['http://a:1'], insights: ['http://n:1'] },
      secrets,
    });
  });

  it('names all it lacks at once, of a gateway all but the database', () => {
    expect(complaintsOf(() => loadClusterConfig({}, { needsDatabase: true }))).toEqual(everything.toSorted());
    expect(complaintsOf(() => loadClusterConfig({}, { needsDatabase: false }))).toEqual(
      everything.filter((name) => name !== 'DATABASE_URL').toSorted(),
    );
  });

  it.each(everything)('cannot do without %s', (name) => {
    expect(complaintsOf(() => loadClusterConfig(without(name), { needsDatabase: true }))).toEqual([name]);
  });

  it('is a gateway without a database', () => {
    expect(loadClusterConfig(without('DATABASE_URL'), { needsDatabase: false }).databaseUrl).toBeNull();
  });

  it('names what is malformed beside what is missing', () => {
    const env = { ...without('REDIS_URL', 'FILE_SECRET'), PORT: 'http', SUBGRAPH_URLS: 'orders=http://o:1' };

    expect(complaintsOf(() => loadClusterConfig(env, { needsDatabase: true }))).toEqual([
      'FILE_SECRET',
      'PORT',
      'REDIS_URL',
      'SUBGRAPH_URLS',
    ]);
  });

  it('is nothing that the embedded product could be', () => {
    const embedded = loadConfig({});

    expect(complaintsOf(() => requireClusterConfig(embedded, { needsDatabase: true }))).toEqual(
      everything.filter((name) => name !== 'PUBLIC_URL').toSorted(),
    );
    expect(complaintsOf(() => requireClusterConfig(embedded, { needsDatabase: false }))).not.toContain('DATABASE_URL');
  });
});
