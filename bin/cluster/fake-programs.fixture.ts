import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterOptions } from './cluster.js';

const MIGRATE = `
if (process.env.FAKE_FAILS === 'migrate') { console.error('The tables are of another version.'); process.exit(4); }
console.log('migrated ' + process.env.DATABASE_URL);`;

const DEMO = `console.log('demo ' + process.argv.slice(2).join(' ') + ' for ' + process.env.PUBLIC_URL);`;

// Says what it was told, answers with its name, and ends a moment after SIGTERM.
const SERVER = `
const { createServer } = require('node:http');
const { HOST, PORT, SUBGRAPH_URLS, FAKE_FAILS, FAKE_IGNORES } = process.env;
const name = process.argv[2] ?? process.argv[1].match(/(\\w+)\\.js$/)[1];
console.log(JSON.stringify({ level: 30, time: Date.now(), msg: name + ' starts' }));
console.error('on ' + HOST + ':' + PORT + ' among ' + SUBGRAPH_URLS);
if (FAKE_FAILS === name) { console.error('The cellar is locked.'); process.exit(3); }
const server = createServer((request, response) => {
  if (request.url === '/readyz') return response.writeHead(200).end();
  response.end(name + ' on ' + PORT);
});
server.listen(Number(PORT), HOST);
process.on('SIGTERM', () => {
  console.log('stops');
  if (FAKE_IGNORES === 'SIGTERM') return;
  setTimeout(() => { console.log('has stopped'); process.exit(0); }, 200);
});`;

/** A folder with programs that behave like the product's, in a moment and without a database. */
export function makeFakePrograms(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'twin-fakes-'));
  const programs = { migrate: MIGRATE, demo: DEMO, subgraph: SERVER, worker: SERVER, gateway: SERVER };
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, `${name}.js`), text);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Options for a cluster of the fakes that keeps what is logged in `lines`. */
export function fakeOptions(programs: string, env: NodeJS.ProcessEnv = {}): ClusterOptions & { lines: string[] } {
  const lines: string[] = [];
  return {
    env: { DATABASE_URL: 'mysql://db', ...env },
    replicas: 2,
    port: 0,
    host: '127.0.0.1',
    write: (line) => void lines.push(line),
    programs,
    lines,
  };
}

/** Waits until something is true; throws after 10 s. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const startedAt = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - startedAt > 10_000) throw new Error('It did not come true in 10 s.');
    await sleep(20);
  }
}

/** Whether a process of this number is there and not only waiting to be reaped. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
