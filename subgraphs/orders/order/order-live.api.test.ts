import type { Viewer } from '../../../platform/domain/viewer.js';
import { failures, openKitchen, outlets, viewers, wanted, type Kitchen } from '../orders.fixture.js';

const STATUS = `subscription ($outletId: ID!, $since: String) {
  orderStatusChanged(outletId: $outletId, since: $since) { cursor at status order { id status version lines { name } payments { amount { amount } } } } }`;
const QUEUE =
  'subscription ($outletId: ID!, $since: String) { orderQueueChanged(outletId: $outletId, since: $since) { cursor order { id status } } }';

describe('live orders', () => {
  let kitchen: Kitchen;
  let dosa: string;
  beforeEach(async () => {
    kitchen = await openKitchen();
    dosa = await kitchen.dish('Dosa', '100');
  });
  afterEach(() => kitchen.subgraph.stop());

  const follow = async (viewer: Viewer, document: string, since: string | null = null) => {
    // What a test did before it subscribes may not have been published yet.
    await kitchen.subgraph.running.relay.flush();
    const live = await kitchen.subgraph.subscribe(viewer, document, { outletId: outlets.cafe, since });
    if (!('next' in live)) throw new Error(JSON.stringify(live));
    return {
      next: async () => Object.values((await live.next()).value.data)[0] as any,
      end: async () => void (await live.return?.()),
    };
  };
  const step = (mutation: string, orderId: string, viewer: Viewer) => kitchen.make(viewer, mutation, { orderId });

  it('ORD-14 tells every step with the status of that step and the order as it is then', async () => {
    const live = await follow(viewers.chef, STATUS);

    const { id } = await kitchen.order([dosa]);
    const placed = await live.next();
    await step('startOrder', id, viewers.chef);
    await step('markOrderReady', id, viewers.chef);
    const [started, ready] = [await live.next(), await live.next()];
    await live.end();

    expect(placed).toMatchObject({
      at: '2026-03-14T12:00:00.000Z',
      status: 'QUEUED',
      order: { id, status: 'QUEUED', version: 1, lines: [{ name: 'Dosa' }], payments: null },
    });
    expect([started.status, ready.status, ready.order.status]).toEqual(['PREPARING', 'READY', 'READY']);
    // Read when it was told, which is before or after the next step.
    expect(['PREPARING', 'READY']).toContain(started.order.status);
  });

  it('reads everything anew for each event', async () => {
    const live = await follow(viewers.waiter, STATUS);
    const { id } = await kitchen.order([dosa]);
    expect((await live.next()).order.payments).toEqual([]);

    await kitchen.make(viewers.waiter, 'payOrder', {
      orderId: id,
      method: 'CASH',
      amount: { amount: '40', currency: 'INR' },
      idempotencyKey: 'live',
    });
    await step('startOrder', id, viewers.chef);

    expect((await live.next()).order).toMatchObject({
      status: 'PREPARING',
      version: 3,
      payments: [{ amount: { amount: '40.00' } }],
    });
    await live.end();
  });

  it('misses nothing after a drop, and asks to read again where a cursor is of another time', async () => {
    const live = await follow(viewers.chef, STATUS);
    const { id } = await kitchen.order([dosa]);
    const { cursor } = await live.next();
    await live.end();
    await step('startOrder', id, viewers.chef);

    const resumed = await follow(viewers.chef, STATUS, cursor);
    const missed = await resumed.next();
    await step('markOrderReady', id, viewers.chef);
    const next = await resumed.next();
    await resumed.end();
    const stale = await kitchen.subgraph.subscribe(viewers.chef, STATUS, {
      outletId: outlets.cafe,
      since: `ep_${'0'.repeat(26)}.1`,
    });
    const nonsense = await kitchen.subgraph.subscribe(viewers.chef, STATUS, {
      outletId: outlets.cafe,
      since: 'yesterday',
    });

    expect([missed.status, next.status]).toEqual(['PREPARING', 'READY']);
    expect([failures(stale as object), failures(nonsense as object)]).toEqual([
      ['RESYNC_REQUIRED'],
      ['BAD_USER_INPUT'],
    ]);
  });

  it('S15 tells a guest of own orders only, and strangers nothing', async () => {
    const eve = await follow(viewers.eve, STATUS);

    await kitchen.order([dosa]);
    const ann = await kitchen.order([dosa], viewers.ann);
    await step('acceptOrder', ann.id, viewers.waiter);
    const own = await kitchen.order([dosa], viewers.eve);
    await step('acceptOrder', own.id, viewers.waiter);
    const told = [await eve.next(), await eve.next()];
    await eve.end();

    expect(told.map(({ status, order }) => [status, order.id])).toEqual([
      ['PENDING', own.id],
      ['QUEUED', own.id],
    ]);
    const refused = [viewers.stranger, viewers.nobody].map((viewer) =>
      kitchen.subgraph.subscribe(viewer, STATUS, { outletId: outlets.cafe }),
    );
    expect((await Promise.all(refused)).map((answer) => failures(answer as object))).toEqual([
      ['NOT_FOUND'],
      ['UNAUTHENTICATED'],
    ]);
  });

  it('S15 replays to a guest own orders only', async () => {
    const live = await follow(viewers.waiter, STATUS);
    await kitchen.order([dosa]);
    const { cursor } = await live.next();
    await live.end();
    await kitchen.order([dosa], viewers.ann);
    const own = await kitchen.order([dosa], viewers.eve);

    const eve = await follow(viewers.eve, STATUS, cursor);
    const told = await eve.next();
    await eve.end();

    expect(told).toMatchObject({ status: 'PENDING', order: { id: own.id } });
  });

  it('ORD-14 tells the kitchen what comes onto its list, moves on it and leaves it, and nothing else', async () => {
    const queue = await follow(viewers.chef, QUEUE);

    const declined = await kitchen.order([dosa], viewers.eve);
    await step('cancelOrder', declined.id, viewers.eve);
    const accepted = await kitchen.order([dosa], viewers.eve);
    await step('acceptOrder', accepted.id, viewers.waiter);
    const placed = await kitchen.order([dosa]);
    await step('cancelOrder', placed.id, viewers.waiter);
    await step('startOrder', accepted.id, viewers.chef);
    const told = [];
    for (let count = 0; count < 4; count += 1) told.push((await queue.next()).order.id);
    await queue.end();

    expect(told).toEqual([accepted.id, placed.id, placed.id, accepted.id]);
    const refused = [viewers.eve, viewers.stranger].map((viewer) =>
      kitchen.subgraph.subscribe(viewer, QUEUE, { outletId: outlets.cafe }),
    );
    expect((await Promise.all(refused)).map((answer) => failures(answer as object))).toEqual([
      ['FORBIDDEN'],
      ['NOT_FOUND'],
    ]);
  });

  it('tells an outlet its own orders only', async () => {
    const live = await follow(viewers.owner, STATUS);
    await kitchen.make(viewers.owner, 'setMenuItemPrice', {
      menuItemId: dosa,
      outletId: outlets.bistro,
      price: { amount: '10', currency: 'AED' },
    });

    await kitchen.make(viewers.owner, 'placeOrder', wanted([dosa], { outletId: outlets.bistro }));
    const here = await kitchen.order([dosa]);

    expect((await live.next()).order.id).toBe(here.id);
    await live.end();
  });
});
