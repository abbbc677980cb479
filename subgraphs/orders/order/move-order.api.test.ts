import { failures, openKitchen, outlets, viewers, type Kitchen } from '../orders.fixture.js';

describe('steps of an order', () => {
  let kitchen: Kitchen;
  let dosa: string;
  let chai: string;
  beforeAll(async () => {
    kitchen = await openKitchen();
    dosa = await kitchen.dish('Masala dosa', '120.50');
    chai = await kitchen.dish('Chai', '30');
  });
  afterAll(() => kitchen.subgraph.stop());

  const step = async (mutation: string, orderId: string, viewer: keyof typeof viewers, more: object = {}) =>
    (await kitchen.make(viewers[viewer], mutation, { orderId, ...more })).order;

  it('ORD-16 ORD-17 go from queue to hand-over, each with who and when, and the last is a sale', async () => {
    const { id } = await kitchen.order([dosa, chai]);

    await step('startOrder', id, 'chef', { channel: 'KIOSK', expectedVersion: 1 });
    await step('markOrderReady', id, 'chef');
    const order = await step('completeOrder', id, 'waiter', { channel: 'MOBILE' });

    expect(order).toMatchObject({
      status: 'COMPLETED',
      version: 4,
      completedAt: kitchen.subgraph.clock.now().toISOString(),
    });
    expect(
      order.workflowEvents.map(({ fromStatus, toStatus, channel, takenBy }: any) => [
        fromStatus,
        toStatus,
        channel,
        takenBy.id,
      ]),
    ).toEqual([
      [null, 'QUEUED', 'POS', viewers.waiter.id],
      ['QUEUED', 'PREPARING', 'KIOSK', viewers.chef.id],
      ['PREPARING', 'READY', null, viewers.chef.id],
      ['READY', 'COMPLETED', 'MOBILE', viewers.waiter.id],
    ]);
    const changes = (await kitchen.events('order.status-changed')).filter(({ aggregateId }) => aggregateId === id);
    expect(changes.map(({ payload, aggregateVersion }) => [payload, aggregateVersion])).toMatchObject([
      [{ from: 'QUEUED', to: 'PREPARING', businessDay: order.businessDay, customerId: null }, 2],
      [{ from: 'PREPARING', to: 'READY' }, 3],
      [{ from: 'READY', to: 'COMPLETED' }, 4],
    ]);
    const sales = (await kitchen.events('order.completed')).filter(({ aggregateId }) => aggregateId === id);
    expect(sales).toHaveLength(1);
    expect(sales[0]?.payload).toMatchObject({
      businessDay: order.businessDay,
      totalMinor: 15_050,
      currency: 'INR',
      completedAt: order.completedAt,
      lines: [{ quantity: 1 }, { quantity: 1 }],
    });
    expect((await kitchen.events('order.fired')).filter(({ aggregateId }) => aggregateId === id)).toHaveLength(1);
  });

  it('fires a guest’s order when it is accepted', async () => {
    const { id } = await kitchen.order([dosa], viewers.eve);

    const order = await step('acceptOrder', id, 'waiter');

    expect(order).toMatchObject({ status: 'QUEUED', firedAt: kitchen.subgraph.clock.now().toISOString() });
    expect((await kitchen.events('order.fired')).filter(({ aggregateId }) => aggregateId === id)).toMatchObject([
      { payload: { lines: [{ menuItemId: dosa, quantity: 1 }] } },
    ]);
  });

  it('gives portions back where nothing was cooked, and tells that they are back', async () => {
    const counted = await kitchen.dish('Last one', '50', 1);
    const { id } = await kitchen.order([counted], viewers.eve);
    expect(await kitchen.remaining(counted)).toBe(0);

    const order = await step('cancelOrder', id, 'eve', { reason: 'Changed my mind' });

    expect(order).toMatchObject({ status: 'CANCELLED', cancelReason: 'Changed my mind', due: { amount: '0.00' } });
    expect(await kitchen.remaining(counted)).toBe(1);
    const told = (await kitchen.events('menu-item.availability-changed')).filter(
      ({ aggregateId }) => aggregateId === counted,
    );
    expect(told.map(({ payload }) => payload)).toEqual(
      [1, 0, 1].map((remaining) => ({ remaining, isAvailable: true })),
    );
    expect((await kitchen.events('order.status-changed')).slice(-1)).toMatchObject([
      { aggregateId: id, reason: 'Changed my mind', payload: { to: 'CANCELLED', customerId: viewers.eve.id } },
    ]);
  });

  it('LES-12 keeps the portions of what was being cooked, and gives none back that were never counted', async () => {
    const cooked = await kitchen.dish('Cooked', '50', 5);
    const uncounted = await kitchen.dish('Uncounted', '50');
    const { id } = await kitchen.order([cooked]);
    const { id: other } = await kitchen.order([uncounted]);
    await step('startOrder', id, 'chef');
    await kitchen.make(viewers.chef, 'setMenuItemAvailability', {
      menuItemId: uncounted,
      outletId: outlets.cafe,
      remaining: 7,
    });

    await step('cancelOrder', id, 'manager', { reason: 'Burnt' });
    await step('cancelOrder', other, 'waiter');

    expect([await kitchen.remaining(cooked), await kitchen.remaining(uncounted)]).toEqual([4, 7]);
  });

  it('ORD-19 records what only a manager may as an override, with its reason', async () => {
    const { id } = await kitchen.order([dosa]);
    await step('startOrder', id, 'chef');
    await step('markOrderReady', id, 'chef');
    const before = await kitchen.rows();

    const unexplained = await kitchen.send(viewers.manager, 'refireOrder', { orderId: id, reason: ' ' });
    expect(failures(unexplained)).toMatchObject([{ code: 'REASON_REQUIRED', field: ['reason'] }]);
    expect(await kitchen.rows()).toEqual(before);
    const refired = await step('refireOrder', id, 'manager', { reason: 'Cold', channel: 'POS' });
    const cancelled = await step('cancelOrder', id, 'manager', { reason: 'Guest left' });

    expect([refired.status, cancelled.status]).toEqual(['PREPARING', 'CANCELLED']);
    expect(cancelled.workflowEvents.slice(-2)).toMatchObject([
      { fromStatus: 'READY', toStatus: 'PREPARING', channel: 'MANAGER_OVERRIDE', reason: 'Cold' },
      { fromStatus: 'PREPARING', toStatus: 'CANCELLED', channel: 'MANAGER_OVERRIDE', reason: 'Guest left' },
    ]);
    expect((await kitchen.events('order.status-changed')).slice(-1)).toMatchObject([
      { channel: 'MANAGER_OVERRIDE', reason: 'Guest left' },
    ]);
  });

  it.each([
    ['acceptOrder', 'chef', 'FORBIDDEN'],
    ['acceptOrder', 'stranger', 'NOT_FOUND'],
    ['acceptOrder', 'waiter', 'INVALID_STATE'],
    ['startOrder', 'waiter', 'FORBIDDEN'],
    ['startOrder', 'stranger', 'NOT_FOUND'],
    ['markOrderReady', 'waiter', 'FORBIDDEN'],
    ['markOrderReady', 'chef', 'INVALID_STATE'],
    ['markOrderReady', 'stranger', 'NOT_FOUND'],
    ['completeOrder', 'chef', 'FORBIDDEN'],
    ['completeOrder', 'waiter', 'INVALID_STATE'],
    ['completeOrder', 'stranger', 'NOT_FOUND'],
    ['cancelOrder', 'nobody', 'UNAUTHENTICATED'],
    ['cancelOrder', 'chef', 'FORBIDDEN'],
    ['cancelOrder', 'eve', 'NOT_FOUND'],
    ['cancelOrder', 'stranger', 'NOT_FOUND'],
    ['refireOrder', 'waiter', 'FORBIDDEN'],
    ['refireOrder', 'manager', 'INVALID_STATE'],
    ['refireOrder', 'stranger', 'NOT_FOUND'],
  ] as const)('LES-07 %s of a queued order by the %s: %s, and nothing changed', async (mutation, who, code) => {
    const { id } = await kitchen.order([dosa]);
    const before = await kitchen.rows();

    const answer = await kitchen.send(viewers[who], mutation, { orderId: id, reason: 'Because' });

    expect(failures(answer).map((failure: any) => failure.code ?? failure)).toEqual([code]);
    expect(await kitchen.rows()).toEqual(before);
  });

  it('TS-22 refuses a step of an order that changed since it was read', async () => {
    const { id } = await kitchen.order([dosa]);
    await step('startOrder', id, 'chef', { expectedVersion: 1 });

    const answer = await kitchen.send(viewers.chef, 'markOrderReady', { orderId: id, expectedVersion: 1 });

    expect(failures(answer)).toMatchObject([{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }]);
  });
});
