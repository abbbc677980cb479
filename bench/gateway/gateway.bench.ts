import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figuresOf, type Slice } from '../figures.js';
import { load, type LoadRequest } from '../load.js';
import { textTable } from '../text-table.js';
import { startContender, type ContenderHandle } from './contender-handle.js';
import { contenderNames, type ContenderName } from './contender-names.js';
import { profileRows, ratioRows } from './gateway-report.js';
import { orderListQuery, requireSameAnswers } from './order-list.js';
import { makeScene, type Scene } from './scene.js';

const concurrencies = [1, 16] as const;
const busiest = 16;
const sliceSeconds = 0.5;
const warmUpSeconds = 3;
const profileSeconds = 3;

/** A contender with the request it is sent. */
interface Runner {
  readonly contender: ContenderHandle;
  readonly request: LoadRequest;
}

/** A contender's slices at one concurrency, one a round. */
interface Series {
  readonly runner: Runner;
  readonly connections: number;
  readonly slices: Slice[];
}

/** Lists orders through the stock gateway and ours, over HTTP and in process: prints ratios, then where the time goes. `--seconds` is how long is measured. */
export async function benchGateway(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { seconds: { type: 'string', default: '40' } } });
  const rounds = Math.round(Number(values.seconds) / (contenderNames.length * concurrencies.length * sliceSeconds));
  if (!(rounds >= 1)) throw new Error('--seconds takes a number of at least 4.');
  const folder = mkdtempSync(join(tmpdir(), 'bench-gateway-'));
  const runners: Runner[] = [];
  try {
    say('Making the demo and its orders …');
    const scene = await makeScene(join(folder, 'scene'));
    for (const name of contenderNames) runners.push(await startRunner(name, scene));
    await requireSameAnswers(runners.map(({ request }) => request));
    say(`All answer the same. Warming up, then ${rounds} rounds …`);
    for (const { request } of runners) await load(request, { connections: busiest, seconds: warmUpSeconds });
    const measured = await measureRounds(runners, rounds);
    say(`\n${rounds} rounds, Node ${process.version}, ${availableParallelism()} cores; ratio: median (lowest–highest)`);
    tellRatios(measured);
    await tellProfiles(measured);
  } finally {
    for (const { contender } of runners) await contender.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startRunner(name: ContenderName, { dataDir, outletId, accessToken }: Scene): Promise<Runner> {
  // An embedded database belongs to one process.
  const own = `${dataDir}-${name.replaceAll(' ', '-')}`;
  cpSync(dataDir, own, { recursive: true });
  const contender = await startContender(name, own);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
  const body = JSON.stringify({ query: orderListQuery, variables: { outletId } });
  return { contender, request: { url: contender.url, headers, body } };
}

async function measureRounds(runners: readonly Runner[], rounds: number): Promise<Series[]> {
  const all = concurrencies.flatMap((connections) =>
    runners.map((runner): Series => ({ runner, connections, slices: [] })),
  );
  for (let round = 0; round < rounds; round += 1)
    // To and fro, so that nobody always comes after the same one.
    for (const series of round % 2 === 0 ? all : all.toReversed()) series.slices.push(await measure(series));
  return all;
}

async function measure({ runner: { contender, request }, connections }: Series): Promise<Slice> {
  const before = await contender.cpuMs();
  const loaded = await load(request, { connections, seconds: sliceSeconds });
  return { ...loaded, cpuMs: (await contender.cpuMs()) - before };
}

function tellRatios(measured: readonly Series[]): void {
  for (const connections of concurrencies) {
    const at = measured.filter((series) => series.connections === connections);
    const rows = ratioRows(at.map(({ runner, slices }) => ({ name: runner.contender.name, slices })));
    say(`\n${connections} at once\n${textTable(rows)}`);
  }
}

async function tellProfiles(measured: readonly Series[]): Promise<void> {
  const profiled = [];
  for (const { runner, slices } of measured.filter(({ connections }) => connections === busiest)) {
    const { name } = runner.contender;
    profiled.push({ name, cpuMsPerRequest: figuresOf(slices).cpuMsPerRequest, areas: await profile(runner) });
  }
  say(`Where it goes: ms of CPU a request by the samples of the main thread, ${busiest} at once`);
  say(textTable(profileRows(profiled)));
}

async function profile({ contender, request }: Runner): Promise<Readonly<Record<string, number>>> {
  await contender.startProfile();
  await load(request, { connections: busiest, seconds: profileSeconds });
  return contender.stopProfile();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
