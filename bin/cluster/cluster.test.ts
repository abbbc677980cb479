import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startCluster, type Cluster } from './cluster.js';
import { fakeOptions, isAlive, makeFakePrograms, until } from './fake-programs.fixture.js';

const programs = makeFakePrograms();
afterAll(() => programs.remove());

const ask = async (url: string) => (await fetch(url, { headers: { connection: 'close' } })).text();

describe('a cluster', () => {
  const options = fakeOptions(programs.folder);
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster({ ...options, demoDays: 7 });
  });
  afterAll(() => cluster.stop());

  const find = (name: string) => {
    const found = cluster.processes.find((process) => process.name === name);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  };

  it('has as many processes of each role as it is told', () => {
    const roles = ['accounts', 'layout', 'orders', 'inventory', 'insights', 'worker', 'gateway'];
    expect(cluster.processes.map(({ name }) => name)).toEqual(roles.flatMap((role) => [`${role}-1`, `${role}-2`]));
    expect(new Set(cluster.processes.map(({ port }) => port)).size).toBe(14);
  });

  it('prepares the data first, and tells every line after the name of who said it', () => {
    const { lines } = options;
    expect(lines[0]).toBe('migrate     | migrated mysql://db');
    expect(lines[1]).toBe(`demo        | demo --days 7 for ${cluster.url}`);
    expect(lines.slice(2)).toContainEqual(
      expect.stringMatching(/^orders-2 {4}\| \d\d:\d\d:\d\d info {2}orders starts$/),
    );
    expect(lines.slice(2)).toContainEqual(expect.stringMatching(/^inventory-1 \| on 127\.0\.0\.1:\d+ among accounts=/));
  });

  it('tells every process where the subgraphs are', () => {
    const urls = ['accounts', 'layout', 'orders', 'inventory', 'insights'].map(
      (name) => `${name}=${find(`${name}-1`).url}|${find(`${name}-2`).url}`,
    );
    expect(find('gateway-2').output()).toContain(`among ${urls.join(',')}`);
    expect(find('worker-1').output()).toContain(`on 127.0.0.1:${find('worker-1').port} among ${urls.join(',')}`);
  });

  it('answers on one port by every gateway in turn', async () => {
    const answers = [await ask(cluster.url), await ask(cluster.url), await ask(cluster.url)];

    expect(new Set(answers)).toEqual(
      new Set(['gateway-1', 'gateway-2'].map((name) => `gateway on ${find(name).port}`)),
    );
    expect(answers[2]).toBe(answers[0]);
  });

  it('starts a killed process again on its port', async () => {
    const orders = find('orders-1');
    const { pid, port } = orders;

    await orders.kill('SIGKILL');
    expect(orders.pid).toBeNull();
    await orders.ready();

    expect(orders).toMatchObject({ restarts: 1, port });
    expect(orders.pid).not.toBe(pid);
    expect(await ask(orders.url)).toBe(`orders on ${port}`);
    expect(options.lines).toContain('orders-1    | ended with SIGKILL; starts again');
    expect(orders.output().match(/orders starts/g)).toHaveLength(2);
  });

  it('goes on answering while a gateway is away', async () => {
    await find('gateway-1').kill('SIGKILL');

    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(cluster.url)));

    expect(answers.filter((answer) => !answer.startsWith('gateway on'))).toEqual([]);
  });
});

describe('the end of a cluster', () => {
  it('comes to the gateways before it comes to the others', async () => {
    const options = fakeOptions(programs.folder);
    const cluster = await startCluster({ ...options, demoDays: null });
    const pids = cluster.processes.map(({ pid }) => pid);
    options.lines.length = 0;

    await cluster.stop();

    const stops = options.lines.map((line) => line.replace(/-\d *\|/, ''));
    const others = ['accounts', 'layout', 'orders', 'inventory', 'insights', 'worker'].flatMap((name) => [name, name]);
    expect(stops.slice(0, 4)).toEqual(['gateway stops', 'gateway stops', 'gateway has stopped', 'gateway has stopped']);
    expect(stops.slice(4, 16).toSorted()).toEqual(others.map((name) => `${name} stops`).toSorted());
    expect(stops.slice(16).toSorted()).toEqual(others.map((name) => `${name} has stopped`).toSorted());
    expect(pids.filter((pid) => pid !== null && isAlive(pid))).toEqual([]);
    await expect(fetch(cluster.url)).rejects.toThrow('fetch failed');
  });

  it('leaves nothing behind when the launcher is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'twin-killed-'));
    const module = new URL('./cluster.js', import.meta.url).href;
    const script = `import { startCluster } from ${JSON.stringify(module)};
      const cluster = await startCluster({ env: {}, replicas: 1, port: 0, host: '127.0.0.1', write: () => undefined,
        demoDays: null, programs: ${JSON.stringify(programs.folder)}, temporaryFolder: ${JSON.stringify(folder)} });
      console.log(JSON.stringify(cluster.processes.map(({ pid }) => pid)));`;
    const launcher = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(launcher.stdout), 'line');
    const pids: number[] = JSON.parse(line);
    expect(pids.filter(isAlive)).toHaveLength(7);

    launcher.kill('SIGKILL');

    await until(() => !pids.some(isAlive) && !existsSync(folder));
  });
});

describe('a cluster that cannot start', () => {
  it('tells the last lines of the process that ended, and ends the others', async () => {
    const options = fakeOptions(programs.folder, { FAKE_FAILS: 'layout' });

    await expect(startCluster(options)).rejects.toThrow(
      /^layout-[12] ended with exit code 3 before it was ready: .*layout.*starts.* \| The cellar is locked\.$/,
    );

    const ports = options.lines.flatMap((line) => / on 127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? []);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow('fetch failed');
  });

  it('starts nothing when the tables could not be migrated', async () => {
    const options = fakeOptions(programs.folder, { FAKE_FAILS: 'migrate' });

    await expect(startCluster(options)).rejects.toThrow(
      'migrate ended with exit code 4: The tables are of another version.',
    );

    expect(options.lines).toEqual(['migrate     | The tables are of another version.']);
  });

  it('removes what is temporary', async () => {
    const temporaryFolder = mkdtempSync(join(tmpdir(), 'twin-failed-'));

    await expect(startCluster({ ...fakeOptions('/no/such/folder'), temporaryFolder })).rejects.toThrow('migrate ended');

    expect(existsSync(temporaryFolder)).toBe(false);
  });
});
