import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecrets, secretVariables } from '../platform/process/secrets.js';

const CANARY = 'Canary4711';

interface Ended {
  readonly code: number | null;
  readonly printed: string;
}

/** Runs a program with these variables and no others, and waits for its end. */
function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  child.stderr.on('data', (chunk) => (printed += String(chunk)));
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, printed })));
}

describe('S25 a process that cannot go on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twin-secrets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (env: Record<string, string>) =>
    run(['dist/bin/all.js', '--empty'], { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'trace', ...env });

  it('names every variable it cannot use, and what is in none of them', async () => {
    const malformed = {
      DATABASE_URL: `postgres://root:${CANARY}@127.0.0.1/`,
      REDIS_URL: `http://:${CANARY}@127.0.0.1`,
      SMTP_URL: `http://clerk:${CANARY}@127.0.0.1`,
      TOKEN_KEY: CANARY,
      TOKEN_KEYS_OLD: CANARY,
      VIEWER_SECRET: CANARY,
      FILE_SECRET: CANARY,
      COLUMN_KEYS: CANARY,
      INDEX_KEY: CANARY,
      OPERATOR_PASSWORD: CANARY,
      CHALLENGE_PROVIDER: CANARY,
      SUBGRAPH_URLS: CANARY,
      TRUSTED_PROXIES: CANARY,
    };

    const { code, printed } = await start(malformed);

    expect(code).toBe(1);
    for (const name of Object.keys(malformed)) expect(printed).toContain(`${name}:`);
    expect(printed).not.toContain(CANARY);
  });

  it.each([
    [
      'servers that are away',
      { DATABASE_URL: `mysql://root:${CANARY}@127.0.0.1:1`, REDIS_URL: `redis://:${CANARY}@127.0.0.1:1` },
      /cannot be reached/,
    ],
    ['a key that is none', { TOKEN_KEY: `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----` }, /./],
  ])('says of %s nothing that opens them', async (_what, env, words) => {
    const { code, printed } = await start({ ...secretVariables(newSecrets()), ...env });

    expect(code).toBe(1);
    expect(printed).toMatch(words);
    expect(printed).not.toContain(CANARY);
  });

  it.each(['thrown', 'rejected'])(
    'tells of a failure that is %s and that nobody catches neither statement nor values',
    async (how) => {
      const failure = `Object.assign(new Error("Duplicate entry '${CANARY}'"), { errno: 1062, code: 'ER_DUP_ENTRY', sql: "'${CANARY}'" })`;
      const fail = how === 'thrown' ? `setTimeout(() => { throw ${failure}; })` : `void Promise.reject(${failure})`;
      const program = `
      const { exitOnFailure } = await import('./dist/platform/process/startup.js');
      await exitOnFailure(async () => { ${fail}; setTimeout(() => {}, 60_000); });`;

      const { code, printed } = await run(['--input-type=module', '--eval', program]);

      expect(code).toBe(1);
      expect(printed).toContain('ER_DUP_ENTRY');
      expect(printed).not.toContain(CANARY);
    },
  );

  it('would be heard telling it', async () => {
    const { printed } = await run(['--input-type=module', '--eval', `throw new Error('${CANARY}')`]);

    expect(printed).toContain(CANARY);
  });
});
