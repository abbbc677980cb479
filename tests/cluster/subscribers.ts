import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import type { TestSubscription } from '../harness/client.js';
import { servedStatuses } from '../harness/order-flow.js';
import { atGateway, until, type World } from './world.js';

const LIVE = `subscription ($outletId: ID!, $since: String) { orderStatusChanged(outletId: $outletId, since: $since) { cursor status order { id } } }`;
const WITHOUT_CURSOR = `subscription ($outletId: ID!) { orderStatusChanged(outletId: $outletId) { status order { id } } }`;
const ORDERS = 20;
const GUESTS = 4;
const KILL_AFTER = 6;

const told = ({ events }: TestSubscription) => events.map((event) => event['orderStatusChanged']);
const stepsOf = (stream: TestSubscription) => told(stream).map(({ status, order }) => `${order.id} ${status}`);
const positions = (stream: TestSubscription) => told(stream).map(({ cursor }) => Number(cursor.split('.')[1]));

/** Subscriptions left open at both gateways, while the process that feeds them dies. */
export function testSubscribers(world: () => World): void {
  const holders = new Set<string>();
  let streams: TestSubscription[];

  // A socket hears from some moment on; an order that all of them have told marks one that is later.
  beforeAll(async () => {
    const { twin, flow } = world();
    const chefs = await Promise.all(twin.of('gateway').map((gateway) => atGateway(world(), 'chef', gateway)));
    const { outletId } = twin;
    streams = [LIVE, LIVE, WITHOUT_CURSOR].flatMap((query, index) => {
      const chef = chefs[index % 2];
      return chef ? [chef.subscribe(query, { outletId })] : [];
    });
    let warmUp = '';
    await until(async () => {
      warmUp = await flow.place(`warm-up-${performance.now()}`);
      await sleep(500);
      return streams.every((stream) => stepsOf(stream).includes(`${warmUp} QUEUED`));
    });
    for (const stream of streams) stream.events.splice(0, stepsOf(stream).indexOf(`${warmUp} QUEUED`) + 1);
  }, 60_000);
  afterAll(async () => void (await Promise.all(streams.map((stream) => stream.close()))));

  it.each([0, 1])(
    'F1 I15 both hear every event once and in order while a replica of orders dies: number %i',
    async (index) => {
      const { twin, flow } = world();
      const victim = twin.of('orders')[index as 0 | 1];
      const before = streams.map(({ events }) => events.length);
      const holderBefore = await leaseHolder(world());
      const orders: string[] = [];
      let wanted = 0;
      const guest = async () => {
        while (wanted < ORDERS) {
          const id = await flow.place(`guest-${index}-${(wanted += 1)}`);
          orders.push(id);
          await flow.serve(id);
        }
      };
      const evening = Promise.all(Array.from({ length: GUESTS }, guest));
      await until(() => orders.length >= KILL_AFTER);
      await victim.kill('SIGKILL');
      await evening;
      await until(() => streams.every(({ events }, n) => events.length >= (before[n] ?? 0) + ORDERS * 4));
      await victim.ready();

      const [first, second, wordless] = streams.map((stream, n) => stepsOf(stream).slice(before[n]));
      expect(new Set(orders).size).toBe(ORDERS);
      expect(orders.map((id) => first?.filter((step) => step.startsWith(id)))).toEqual(
        orders.map((id) => servedStatuses.map((status) => `${id} ${status}`)),
      );
      expect(first).toHaveLength(ORDERS * 4);
      expect(second).toEqual(first);
      expect(wordless).toEqual(first);
      expect(streams.map(({ errors }) => errors)).toEqual([[], [], []]);
      expect(victim.restarts).toBeGreaterThan(0);
      holders.add(holderBefore).add(await leaseHolder(world()));
    },
    90_000,
  );

  it('I15 at strictly rising cursors, the same for both, and the same again when they are asked for later', async () => {
    const { chef, twin } = world();
    const [first, second] = streams;
    if (!first || !second) throw new Error('There are no two.');
    const [from] = told(first);

    const again = chef.subscribe(LIVE, { outletId: twin.outletId, since: from.cursor });
    const replayed = await again.take(first.events.length - 1);
    await again.close();

    expect(positions(first)).toEqual([...new Set(positions(first))].toSorted((one, other) => one - other));
    expect(told(second)).toEqual(told(first));
    expect(replayed.map((event) => event['orderStatusChanged'])).toEqual(told(first).slice(1));
  });

  it('F1 one of the two had the relay’s lease, and it moved', () => {
    expect(holders.size).toBeGreaterThan(1);
  });
}

async function leaseHolder({ twin }: World): Promise<string> {
  const { url, prefix } = twin.place.location;
  const connection = await createConnection(url ?? '');
  const [rows] = await connection.query(`select holder from \`${prefix}orders\`.relay_lease`);
  await connection.end();
  return Array.isArray(rows) && rows[0] && 'holder' in rows[0] ? String(rows[0].holder) : '';
}
