import { request, type ClientRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type Connection } from 'mysql2/promise';
import { WebSocket } from 'ws';
import type { ClusterProcess } from '../../bin/cluster/supervised-process.js';
import type { TestClient } from '../harness/client.js';
import { isDone } from '../harness/order-flow.js';
import { atGateway, goOn, halt, until, type World } from './world.js';

const SOCKETS = 50;
const IN_FLIGHT = 20;
const GUESTS = 8;
const LIVE = `subscription ($outletId: ID!) { orderStatusChanged(outletId: $outletId) { cursor } }`;
const REPORT = `mutation ($input: RequestReportInput!) { requestReport(input: $input) { reportJob { id } userErrors { message } } }`;
const STATE = `query ($id: ID!) { reportJob(id: $id) { state progressPercent file { url } } }`;

const endings = ({ twin }: World, { name }: ClusterProcess) =>
  twin.lines().filter((line) => line.startsWith(name) && line.includes('ended with'));

/** What gateways have said since that line of answers they did not get. */
function missedSince({ twin }: World, line: number): readonly string[] {
  return twin
    .lines()
    .slice(line)
    .filter((text) => text.includes('subgraph unavailable'));
}

/** A machine that is too busy to answer in time has lost nothing. */
function isLost(missed: string): boolean {
  return !/no answer within|answered 504/.test(missed);
}

/** Processes that are told to end while they have work. */
export function testDrain(world: () => World): void {
  it('F11: a gateway answers every mutation under way, sends every socket away, and ends well', async () => {
    const [gateway] = world().twin.of('gateway');
    const waiter = await atGateway(world(), 'waiter', gateway);
    const codes: number[] = [];
    const sockets = await Promise.all(
      Array.from({ length: SOCKETS }, (_, n) => openSocket(world(), { gateway, waiter, isSubscribing: n % 2 === 0 })),
    );
    for (const socket of sockets) socket.on('close', (code) => codes.push(code));
    const mutations = await Promise.all(
      Array.from({ length: IN_FLIGHT }, (_, n) => beginOrder(world(), { gateway, waiter, key: `gateway-ends-${n}` })),
    );
    const before = endings(world(), gateway).length;
    const linesBefore = world().twin.lines().length;

    const ended = gateway.kill('SIGTERM');
    const answers = await Promise.all(mutations.map((finish) => finish()));
    await ended;
    await until(() => codes.length === SOCKETS);

    expect(answers.map(({ status }) => status)).toEqual(Array(IN_FLIGHT).fill(200));
    const unknown = answers.filter(({ body }) => !JSON.parse(body).data?.placeOrder?.order);
    expect(unknown.length).toBeLessThanOrEqual(missedSince(world(), linesBefore).length);
    expect(missedSince(world(), linesBefore).filter(isLost)).toEqual([]);
    expect(codes).toEqual(Array(SOCKETS).fill(1001));
    expect(endings(world(), gateway).slice(before)).toEqual([expect.stringContaining('ended with exit code 0')]);
    await gateway.ready();
  }, 60_000);

  it.each([0, 1])(
    'F11: no mutation fails while replica %i of orders is replaced',
    async (index) => {
      const { twin, flow } = world();
      const replica = twin.of('orders')[index as 0 | 1];
      const people = await Promise.all(twin.of('gateway').map((gateway) => atGateway(world(), 'waiter', gateway)));
      const before = endings(world(), replica).length;
      const linesBefore = twin.lines().length;
      const failed: string[] = [];
      let placed = 0;
      let isOver = false;
      const order = async (guest: number) => {
        for (let n = 0; !isOver; n += 1) {
          const answer = await flow.send(people[guest % 2] ?? world().waiter, `replaced-${index}-${guest}-${n}`);
          if (isDone(answer, 'placeOrder')) placed += 1;
          else failed.push(JSON.stringify(answer.body));
          await sleep(10);
        }
      };
      const guests = Promise.all(Array.from({ length: GUESTS }, (_, guest) => order(guest)));
      await until(() => placed > 20);
      await replica.kill('SIGTERM');
      const placedByThen = placed;
      await until(() => placed > placedByThen + 20);
      await replica.ready();
      await sleep(1_500);
      isOver = true;
      await guests;

      // Each has its line in the log, which may come after the answer.
      await until(() => missedSince(world(), linesBefore).length >= failed.length);
      expect(missedSince(world(), linesBefore).filter(isLost)).toEqual([]);
      expect(endings(world(), replica).slice(before)).toEqual([expect.stringContaining('ended with exit code 0')]);
    },
    90_000,
  );

  it('F11 R13: a worker in the middle of a report hands it back, and the other one finishes it, once', async () => {
    const { twin, manager } = world();
    const [one, other] = twin.of('worker');
    const rows = await createConnection(twin.place.location.url ?? '');
    const states = async (id: string) => (await manager.ask(STATE, { id })).body.data?.['reportJob'];
    // Only one of them can take it.
    halt(other);
    const input = { outletId: twin.outletId, type: 'SALES', range: '2025-12-01..2026-11-20', format: 'PDF' };
    const asked = await manager.ask(REPORT, { input: { ...input, idempotencyKey: 'long-report' } });
    const id = asked.body.data?.['requestReport'].reportJob.id;
    await until(async () => (await states(id)).progressPercent > 0);
    // It cannot end before it is told to stop.
    await holdReport(rows, world(), id);
    const { progressPercent } = await states(id);
    goOn(other);
    const ended = one.kill('SIGTERM');
    await sleep(300);
    await rows.rollback();
    await ended;
    await until(async () => (await states(id)).state === 'DONE');

    const [job] = await jobsOf(rows, world(), id);
    await rows.end();
    const outcomes = () => twin.lines().filter((line) => line.includes(job?.['id']) && line.includes('outcome='));
    await until(() => outcomes().some((line) => line.includes('outcome=DONE')));
    expect(progressPercent).toBeLessThan(70);
    expect(outcomes().map((line) => [line.split(' ')[0], /outcome=(\w+)/.exec(line)?.[1]])).toEqual([
      [one.name, 'HANDED_BACK'],
      [other.name, 'DONE'],
    ]);
    expect(job).toMatchObject({ state: 'DONE', attempts: 0, fence: 2 });
    expect(endings(world(), one).at(-1)).toContain('ended with exit code 0');
  }, 90_000);
}

interface Asking {
  readonly gateway: ClusterProcess;
  readonly waiter: TestClient;
}

/** A socket that is signed in, and may listen to orders. */
async function openSocket(
  { twin }: World,
  { gateway, waiter, isSubscribing }: Asking & { isSubscribing: boolean },
): Promise<WebSocket> {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const acknowledged = Promise.withResolvers<void>();
  const tell = (message: object) => socket.send(JSON.stringify(message));
  const payload = { query: LIVE, variables: { outletId: twin.outletId } };
  socket.on('open', () =>
    tell({ type: 'connection_init', payload: { authorization: `Bearer ${waiter.accessToken}` } }),
  );
  socket.on('message', (data) => {
    if (JSON.parse(String(data)).type !== 'connection_ack') return;
    if (isSubscribing) tell({ id: '1', type: 'subscribe', payload });
    acknowledged.resolve();
  });
  await acknowledged.promise;
  return socket;
}

/** Sends an order without its last byte; the gateway has the rest when this resolves. */
async function beginOrder({ flow }: World, { gateway, waiter, key }: Asking & { key: string }) {
  const body = JSON.stringify(flow.operation(key));
  const answer = Promise.withResolvers<{ status: number; body: string }>();
  const sending: ClientRequest = request(`${gateway.url}/graphql`, {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${waiter.accessToken}`,
    },
  });
  sending.on('error', answer.reject).on('response', (response) => {
    void response
      .toArray()
      .then((chunks) => answer.resolve({ status: response.statusCode ?? 0, body: chunks.join('') }));
  });
  await new Promise<void>((resolve) => sending.write(body.slice(0, -1), () => resolve()));
  return () => {
    sending.end(body.slice(-1));
    return answer.promise;
  };
}

async function holdReport(rows: Connection, { twin }: World, reportId: string): Promise<void> {
  await rows.beginTransaction();
  await rows.query(`select id from \`${twin.place.location.prefix}insights\`.report_job where id = ? for update`, [
    reportId,
  ]);
}

async function jobsOf(rows: Connection, { twin }: World, reportId: string): Promise<Record<string, any>[]> {
  const sql = `select * from \`${twin.place.location.prefix}insights\`.job where json_value(payload, '$.reportId') = ?`;
  const [found] = await rows.query(sql, [reportId]);
  return Array.isArray(found) ? found.map((row) => ({ ...row })) : [];
}
