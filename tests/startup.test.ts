import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Ended {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** Starts the product with nothing but the given variables and waits for its end. */
function start(env: Record<string, string>, nodeOptions: readonly string[] = []): Promise<Ended> {
  const child = spawn(process.execPath, [...nodeOptions, 'dist/bin/all.js', '--empty'], {
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, lines: output.trim().split('\n') })));
}

describe('a start that cannot succeed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twin-start-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const oldNode =
    'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.1.0"}});Object.defineProperty(process,"version",{value:"v20.1.0"})';

  it('names the Node it needs', async () => {
    expect(await start({}, ['--import', oldNode])).toEqual({
      code: 1,
      lines: [expect.stringMatching(/needs Node 24 or newer; this is v20\.1\.0\. Run "npm ci"/)],
    });
  });

  it('names a taken port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;

    const ended = await start({ PORT: String(port), DATA_DIR: join(folder, 'port') });
    await new Promise((resolve) => server.close(resolve));

    expect(ended).toEqual({
      code: 1,
      lines: [expect.stringMatching(new RegExp(`^The port is taken .*:${port}.*PORT\\.$`))],
    });
  });

  it('names a database that does not answer', async () => {
    const secrets = {
      TOKEN_KEY: '-----BEGIN PRIVATE KEY-----',
      VIEWER_SECRET: 'x'.repeat(32),
      FILE_SECRET: 'x'.repeat(32),
      COLUMN_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
      INDEX_KEY: 'x'.repeat(32),
    };

    const ended = await start({ DATABASE_URL: 'mysql://twin@127.0.0.1:1', DATA_DIR: join(folder, 'db'), ...secrets });

    expect(ended).toEqual({
      code: 1,
      lines: [expect.stringMatching(/^The database at DATABASE_URL cannot be reached.*ECONNREFUSED/)],
    });
  });

  it('names every variable that is missing or malformed', async () => {
    const ended = await start({ PORT: 'http', LOG_LEVEL: 'loud', DATABASE_URL: 'oracle://db' });

    expect(ended.code).toBe(1);
    expect(ended.lines.map((line) => line.split(':')[0]).join(' ')).toBe(
      'PORT DATABASE_URL LOG_LEVEL TOKEN_KEY VIEWER_SECRET FILE_SECRET COLUMN_KEYS INDEX_KEY',
    );
  });

  it('names a data folder that cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');

    const ended = await start({ DATA_DIR: join(folder, 'file', 'data') });

    expect(ended).toEqual({
      code: 1,
      lines: [expect.stringMatching(/^The data folder cannot be written: .*DATA_DIR/)],
    });
  });

  it('names secrets that cannot be read', async () => {
    writeFileSync(join(folder, 'secrets.json'), '{"tokenKey": 1}');

    const ended = await start({ DATA_DIR: folder });

    expect(ended).toEqual({ code: 1, lines: [expect.stringMatching(/secrets\.json/)] });
  });
});
