import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openSigningKey } from '../crypto/token-keys.js';
import { ConfigError, loadConfig, variableNames } from './config.js';
import { newSecrets, secretVariables } from './secrets.js';

const secrets = newSecrets();
const given = secretVariables(secrets);

const everywhere = 'accounts=http://a:1,layout=http://l:1,orders=http://o:1,inventory=http://i:1,insights=http://n:1';

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('SUBGRAPH_URLS', () => {
  const urlsIn = (text: string) =>
    loadConfig({ SUBGRAPH_URLS: text, PUBLIC_URL: 'https://pos.example', ...given }).subgraphUrls;
  const problemsIn = (text: string) =>
    problemsOf({ SUBGRAPH_URLS: text, PUBLIC_URL: 'https://pos.example', ...given }).map((line) =>
      line.replace('SUBGRAPH_URLS: ', ''),
    );
  const form = 'must look like accounts=http://a:4001|http://b:4001,layout=http://c:4002';

  it('says where the replicas of every subgraph are, in the order given', () => {
    const text = everywhere.replace('http://a:1', ' http://b:4001 | http://a ').replaceAll(',', ' , ');

    expect(urlsIn(text)).toEqual({
      accounts: ['http://b:4001', 'http://a'],
      layout: ['http://l:1'],
      orders: ['http://o:1'],
      inventory: ['http://i:1'],
      insights: ['http://n:1'],
    });
  });

  it.each([
    ['accounts', [form]],
    ['=http://a:1', [form]],
    ['accounts=', [form]],
    ['accounts=a:1', [form]],
    ['accounts=https://a:1', [form]],
    ['accounts=http://a:1/graphql', [form]],
    ['accounts=http://a:1|', [form]],
    ['accounts=http://a:1,,layout=http://l:1', [form]],
    [everywhere.replace('layout', 'LAYOUT'), [form]],
    [everywhere.replace('layout', 'lay'), ['says nothing of layout', 'there is no subgraph lay']],
    ['orders=http://o:1', ['says nothing of accounts, layout, inventory, insights']],
  ])('refuses %s', (text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });
});

describe('the configuration', () => {
  it('X-22 ACC-10 needs nothing for the embedded product', () => {
    expect(loadConfig({})).toMatchObject({
      port: 4_000,
      publicUrl: 'http://localhost:4000',
      appUrl: 'http://localhost:4000',
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
    const urls = { SUBGRAPH_URLS: everywhere, ...given };
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
      })
        .map((line) => line.split(':')[0])
        .join(' '),
    ).toBe(
      'PORT DATABASE_URL REDIS_URL LOG_LEVEL FILE_SECRET OPERATOR_PASSWORD TOKEN_KEY VIEWER_SECRET COLUMN_KEYS INDEX_KEY',
    );
  });

  it('X-06 takes a ring of column keys, the first of which seals', () => {
    const [old, next] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];

    const { secrets: read } = loadConfig({ ...given, COLUMN_KEYS: `k2:${next}, k1:${old}` });

    expect(read?.columnKeys).toEqual([
      { id: 'k2', key: next },
      { id: 'k1', key: old },
    ]);
  });

  it.each([
    ['no id', `${Buffer.alloc(32).toString('base64')}`],
    ['a short key', `k1:${Buffer.alloc(31).toString('base64')}`],
    ['a long key', `k1:${Buffer.alloc(33).toString('base64')}`],
    ['an id twice', [1, 2].map((byte) => `k1:${Buffer.alloc(32, byte).toString('base64')}`).join(',')],
    ['a point in an id', `k.1:${Buffer.alloc(32).toString('base64')}`],
    ['an empty entry', `k1:${Buffer.alloc(32).toString('base64')},`],
  ])('X-06 refuses column keys with %s', (_what, COLUMN_KEYS) => {
    expect(problemsOf({ ...given, COLUMN_KEYS })).toEqual([expect.stringMatching(/^COLUMN_KEYS: must look like/)]);
  });

  it('S16 takes old token keys with their ends, and a grace for lost replies', () => {
    const { id } = openSigningKey(secrets.tokenKey);
    const publicKey = String(createPublicKey(secrets.tokenKey).export({ type: 'spki', format: 'pem' }));
    const written = `${id}@2027-01-31T00:00:00Z:${Buffer.from(publicKey).toString('base64')}`;

    expect(loadConfig({})).toMatchObject({ oldTokenKeys: [], refreshGraceSeconds: 30 });
    expect(loadConfig({ TOKEN_KEYS_OLD: written, REFRESH_GRACE_SECONDS: '0' })).toMatchObject({
      oldTokenKeys: [{ id, publicKey, endsAtMs: Date.parse('2027-01-31T00:00:00Z') }],
      refreshGraceSeconds: 0,
    });
    expect(problemsOf({ TOKEN_KEYS_OLD: 'k1:x', REFRESH_GRACE_SECONDS: '301' })).toEqual([
      expect.stringMatching(/^REFRESH_GRACE_SECONDS: /),
      expect.stringMatching(/^TOKEN_KEYS_OLD: must look like/),
    ]);
  });

  it('ACC-25 believes no proxy unless told, and knows what it is told', () => {
    expect(loadConfig({}).trustedProxies).toBe(0);
    expect(loadConfig({ TRUSTED_PROXIES: '1' }).trustedProxies).toBe(1);
    expect(problemsOf({ TRUSTED_PROXIES: 'everybody' })).toEqual([expect.stringMatching(/^TRUSTED_PROXIES: must be/)]);
  });

  it('ACC-26 wants all of a vendor of challenges or nothing', () => {
    const vendor = { CHALLENGE_PROVIDER: 'turnstile', CHALLENGE_SITE_KEY: 'site', CHALLENGE_SECRET: 'hidden' };

    expect(loadConfig({}).challenge).toBeNull();
    expect(loadConfig(vendor).challenge).toEqual({ provider: 'turnstile', siteKey: 'site', secret: 'hidden' });
    for (const name of Object.keys(vendor))
      expect(problemsOf({ ...vendor, [name]: '' })).toEqual([expect.stringMatching(/^CHALLENGE_PROVIDER: needs/)]);
  });

  it('ACC-11 wants both halves of the client at Google or none', () => {
    expect(loadConfig({}).google).toBeNull();
    expect(loadConfig({ GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'hidden' }).google).toEqual({
      clientId: 'id',
      clientSecret: 'hidden',
    });
    for (const name of ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'])
      expect(problemsOf({ [name]: 'half' })).toEqual([expect.stringMatching(/^GOOGLE_CLIENT_ID: needs/)]);
  });

  it('X-09 has no default for a secret beside a shared database', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://db' }).map((line) => line.split(':')[0])).toEqual([
      'TOKEN_KEY',
      'VIEWER_SECRET',
      'FILE_SECRET',
      'COLUMN_KEYS',
      'INDEX_KEY',
    ]);
    expect(problemsOf({ VIEWER_SECRET: secrets.viewerSecret }).map((line) => line.split(':')[0])).toEqual([
      'TOKEN_KEY',
      'FILE_SECRET',
      'COLUMN_KEYS',
      'INDEX_KEY',
    ]);
  });
});
