import { setTimeout as sleep } from 'node:timers/promises';
import { signIn, type TestClient } from './harness/client.js';
import { environmentOf, startProcess, type ProductProcess } from './harness/process.js';
import { makeTestPlace, type TestPlace } from './harness/target.js';

const MENU = `query ($outletId: ID!) { menu(outletId: $outletId) { categories { items { id name } } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { message } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { status workflowEvents { toStatus } } }`;
const ORDERS = `query ($outletId: ID!) { orders(outletId: $outletId, status: [QUEUED]) { edges { node { id } } } }`;
const MOVEMENTS = `query ($outletId: ID!) { stockMovements(outletId: $outletId, kind: CONSUME) { edges { node { quantity item { sku } } } } }`;
const REPORT = `mutation ($input: RequestReportInput!) { requestReport(input: $input) { reportJob { id } userErrors { message } } }`;
const REPORTS = `query ($outletId: ID!) { reportJobs(outletId: $outletId) { edges { node { id state progressPercent file { url } } } } }`;
const LIVE = `subscription ($outletId: ID!, $since: String) { orderStatusChanged(outletId: $outletId, since: $since) { cursor status order { id } } }`;

describe('a process that is killed', () => {
  let place: TestPlace;
  let running: ProductProcess | null = null;
  let outletId = '';

  const start = async () => {
    running = await startProcess(env);
    const demo = running.demo();
    const brand = demo.brands[0];
    outletId = brand?.outlets[0]?.id ?? '';
    const manager = await signIn(running.url, brand?.users.manager);
    return manager;
  };
  const crash = async () => {
    await running?.kill('SIGKILL');
    running = null;
  };
  const until = async <Answer>(ask: () => Promise<Answer | null | undefined | false>): Promise<Answer> => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const answer = await ask();
      if (answer) return answer;
      await sleep(100);
    }
    throw new Error('It did not happen within twenty seconds.');
  };
  const movementsOf = async (client: TestClient) => {
    const { body } = await client.ask(MOVEMENTS, { outletId });
    return body.data?.['stockMovements']?.edges.map(({ node }: any) => `${node.item.sku} ${node.quantity}`).toSorted();
  };
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    place = makeTestPlace();
    env = environmentOf(place);
  });
  afterAll(async () => {
    await crash();
    await place.remove();
  });

  it('F1 I15 I20 keeps an acknowledged order, its event and its stock movement, each once', async () => {
    const before = await start();
    const { body } = await before.ask(MENU, { outletId });
    const dish = body.data?.['menu'].categories
      .flatMap(({ items }: any) => items)
      .find(({ name }: any) => name === 'Mango Lassi');
    const live = before.subscribe(LIVE, { outletId });
    await sleep(200);
    const input = { outletId, fulfilmentType: 'PICKUP', channel: 'POS', lines: [{ menuItemId: dish.id, quantity: 2 }] };
    await before.ask(PLACE, { input: { ...input, idempotencyKey: 'crash-0' } });
    const [first] = await live.take(1);
    const placed = await before.ask(PLACE, { input: { ...input, idempotencyKey: 'crash-1' } });
    await crash();

    const after = await start();
    const again = await after.ask(PLACE, { input: { ...input, idempotencyKey: 'crash-1' } });
    const id = placed.body.data?.['placeOrder'].order.id;
    const order = (await after.ask(ORDER, { id })).body.data?.['order'];
    const resumed = after.subscribe(LIVE, { outletId, since: first?.['orderStatusChanged'].cursor });
    const [event] = await resumed.take(1);
    const movements = await until(async () => {
      const rows = await movementsOf(after);
      return rows?.length >= 6 && rows;
    });
    await sleep(500);

    expect(again.body.data?.['placeOrder'].order.id).toBe(id);
    expect(order).toEqual({ status: 'QUEUED', workflowEvents: [{ toStatus: 'QUEUED' }] });
    expect((await after.ask(ORDERS, { outletId })).body.data?.['orders'].edges).toHaveLength(2);
    expect(event?.['orderStatusChanged'].order.id).toBe(id);
    expect(resumed.events).toHaveLength(1);
    // Two orders of two lassis each: yoghurt, mango and sugar once per order.
    expect(movements).toEqual(await movementsOf(after));
    expect(movements).toHaveLength(6);
    await crash();
  }, 120_000);

  it('F1 R13 finishes a report that was interrupted, once', async () => {
    const before = await start();
    const requested = await before.ask(REPORT, { input: { outletId, type: 'SALES', range: '30d', format: 'PDF' } });
    await crash();

    const after = await start();
    const done = await until(async () => {
      const { body } = await after.ask(REPORTS, { outletId });
      const [edge] = body.data?.['reportJobs']?.edges ?? [];
      return edge?.node.state === 'DONE' && body.data?.['reportJobs']?.edges;
    });
    const file = await fetch(done[0].node.file.url.replace(/^http:\/\/[^/]+/, running?.url ?? ''));

    expect(done.map(({ node }: any) => [node.id, node.progressPercent])).toEqual([
      [requested.body.data?.['requestReport'].reportJob.id, 100],
    ]);
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('%PDF');
    expect(await running?.kill('SIGTERM')).toBe(0);
  }, 120_000);
});
