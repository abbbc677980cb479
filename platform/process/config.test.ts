import { readFileSync } from 'node:fs';
import { ConfigError, loadConfig, variableNames } from './config.js';
import { newSecrets } from './secrets.js';

const secrets = newSecrets();
const given = { TOKEN_KEY: secrets.tokenKey, VIEWER_SECRET: secrets.viewerSecret, FILE_SECRET: secrets.fileSecret };

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('X-22 ACC-10 needs nothing for the embedded product', () => {
    expect(loadConfig({})).toMatchObject({
      port: 4_000,
      publicUrl: 'http://localhost:4000',
      dataDir: '.data',
      databaseUrl: null,
      redisUrl: null,
      secrets: null,
      accessTokenSeconds: 3_600,
      refreshTokenSeconds: 604_800,
      operatorPassword: null,
    });
  });

  it('X-22 takes a server by URL, with secrets from outside', () => {
    expect(loadConfig({ DATABASE_URL: 'mysql://twin@db:3306', REDIS_URL: 'redis://cache', ...given })).toMatchObject({
      databaseUrl: 'mysql://twin@db:3306',
      redisUrl: 'redis://cache',
      secrets,
    });
  });

  it('wants the public address where subgraphs are elsewhere, because links begin with it', () => {
    const urls = { SUBGRAPH_URLS: 'accounts=http://a:4001', ...given };
    expect(problemsOf(urls)).toEqual(['PUBLIC_URL: is required with SUBGRAPH_URLS; links to files begin with it']);
    expect(problemsOf({ ...urls, PUBLIC_URL: 'https://pos.example' })).toEqual([]);
  });

  it('takes an empty variable for an absent one and is frozen', () => {
    const config = loadConfig({ PORT: '', DATABASE_URL: '' });
    expect(config.port).toBe(4_000);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('X-25 has every variable in .env.example and no other', () => {
    const listed = [...readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(listed.toSorted()).toEqual(variableNames.toSorted());
  });

  it('names every problem at once', () => {
    expect(
      problemsOf({
        PORT: 'http',
        DATABASE_URL: 'postgres://x',
        REDIS_URL: 'cache',
        LOG_LEVEL: 'loud',
        FILE_SECRET: 'short',
        OPERATOR_PASSWORD: 'fifteen letters',
      }).map((line) => line.split(':')[0]),
    ).toEqual(['PORT', 'DATABASE_URL', 'REDIS_URL', 'LOG_LEVEL', 'FILE_SECRET', 'OPERATOR_PASSWORD']);
  });

  it('X-09 has no default for a secret beside a shared database', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://db' }).map((line) => line.split(':')[0])).toEqual([
      'TOKEN_KEY',
      'VIEWER_SECRET',
      'FILE_SECRET',
    ]);
    expect(problemsOf({ VIEWER_SECRET: secrets.viewerSecret }).map((line) => line.split(':')[0])).toEqual([
      'TOKEN_KEY',
      'FILE_SECRET',
    ]);
  });
});
