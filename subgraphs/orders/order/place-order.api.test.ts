import { IdempotencyKeyEntity } from '../../../platform/data/idempotency.entity.js';
import { failures, openKitchen, outlets, tellOutlet, viewers, wanted, type Kitchen } from '../orders.fixture.js';
import { OrderTicketEntity } from './order.entity.js';

describe('placing an order', () => {
  let kitchen: Kitchen;
  let dosa: string;
  let chai: string;
  beforeAll(async () => {
    kitchen = await openKitchen();
    dosa = await kitchen.dish('Masala dosa', '120.50');
    chai = await kitchen.dish('Chai', '30');
  });
  afterAll(() => kitchen.subgraph.stop());

  it('ORD-10 ORD-25 queues what staff order, at the outlet’s prices and with the business day’s next number', async () => {
    const first = await kitchen.order([chai]);
    const lines = [
      { menuItemId: dosa, quantity: 2, note: 'No onions' },
      { menuItemId: chai, quantity: 3 },
    ];
    const { order } = await kitchen.make(viewers.waiter, 'placeOrder', wanted([], { lines, note: 'Birthday' }));

    expect(order).toMatchObject({
      number: first.number + 1,
      status: 'QUEUED',
      businessDay: '2026-03-14',
      fulfilmentType: 'DINE_IN',
      channel: 'POS',
      note: 'Birthday',
      covers: 0,
      total: { amount: '331.00', currency: 'INR' },
      paid: { amount: '0.00' },
      due: { amount: '331.00' },
      paymentState: 'UNPAID',
      outlet: { id: outlets.cafe },
      customer: null,
      placedBy: { id: viewers.waiter.id },
      placedAt: '2026-03-14T12:00:00.000Z',
      firedAt: '2026-03-14T12:00:00.000Z',
      completedAt: null,
      version: 1,
      lines: [
        {
          name: 'Masala dosa',
          quantity: 2,
          note: 'No onions',
          unitPrice: { amount: '120.50' },
          total: { amount: '241.00' },
          menuItem: { id: dosa },
        },
        {
          name: 'Chai',
          quantity: 3,
          note: null,
          unitPrice: { amount: '30.00' },
          total: { amount: '90.00' },
          menuItem: { id: chai },
        },
      ],
      workflowEvents: [
        { fromStatus: null, toStatus: 'QUEUED', channel: 'POS', reason: null, takenBy: { id: viewers.waiter.id } },
      ],
    });
    const [[placed], [fired]] = [
      (await kitchen.events('order.placed')).slice(-1),
      (await kitchen.events('order.fired')).slice(-1),
    ];
    expect(placed).toMatchObject({
      aggregateId: order.id,
      outletId: outlets.cafe,
      channel: 'POS',
      payload: {
        status: 'QUEUED',
        businessDay: '2026-03-14',
        totalMinor: 33_100,
        currency: 'INR',
        covers: 0,
        customerId: null,
      },
    });
    expect(fired?.payload).toEqual({
      businessDay: '2026-03-14',
      lines: [
        { lineId: order.lines[0].id, menuItemId: dosa, name: 'Masala dosa', quantity: 2, totalMinor: 24_100 },
        { lineId: order.lines[1].id, menuItemId: chai, name: 'Chai', quantity: 3, totalMinor: 9_000 },
      ],
    });
  });

  it('keeps what a guest orders pending, as theirs, and fires nothing', async () => {
    const fired = (await kitchen.events('order.fired')).length;

    const order = await kitchen.order([dosa], viewers.eve);

    expect(order).toMatchObject({
      status: 'PENDING',
      firedAt: null,
      customer: { id: viewers.eve.id },
      placedBy: { id: viewers.eve.id },
    });
    expect(await kitchen.events('order.fired')).toHaveLength(fired);
  });

  it('LES-18 takes the same few statements for three lines as for one, and two more where portions are counted', async () => {
    const counted = await kitchen.dish('Counted', '10', 50);
    const count = (ids: string[]) =>
      kitchen.statementsOf(() =>
        kitchen.subgraph.run(
          viewers.waiter,
          'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
          { input: wanted(ids) },
        ),
      );

    const figures = [await count([dosa]), await count([dosa, chai, dosa]), await count([dosa, chai, counted])];

    // Key, outlet, number (2), items, prices, stocks, order, lines, step, key's result, and the order that is returned.
    expect(figures).toEqual([13, 13, 15]);
  });

  it.each([
    ['no lines', { lines: [] }, 'INVALID_INPUT', ['lines']],
    [
      '101 lines',
      { lines: Array.from({ length: 101 }, () => ({ menuItemId: 'itm_x', quantity: 1 })) },
      'INVALID_INPUT',
      ['lines'],
    ],
    [
      'a negative quantity',
      { lines: [{ menuItemId: 'itm_x', quantity: -1 }] },
      'INVALID_INPUT',
      ['lines', '0', 'quantity'],
    ],
    [
      'a long note',
      { lines: [{ menuItemId: 'itm_x', quantity: 1, note: 'x'.repeat(201) }] },
      'INVALID_INPUT',
      ['lines', '0', 'note'],
    ],
    ['no key', { idempotencyKey: null }, 'IDEMPOTENCY_KEY_REQUIRED', ['idempotencyKey']],
  ])('refuses %s and changes nothing', async (_name, more, code, field) => {
    const before = await kitchen.rows();

    const answer = await kitchen.send(viewers.waiter, 'placeOrder', wanted([dosa], more));

    expect(failures(answer)).toMatchObject([{ code, field }]);
    expect(await kitchen.rows()).toEqual(before);
  });

  it('refuses what is unpublished, sold elsewhere or taken off, and other brands’ dishes, and changes nothing', async () => {
    const hidden = await kitchen.dish('Hidden', '10');
    await kitchen.make(viewers.owner, 'updateMenuItem', { id: hidden, isPublished: false });
    const off = await kitchen.dish('Off', '10');
    await kitchen.make(viewers.chef, 'setMenuItemAvailability', {
      menuItemId: off,
      outletId: outlets.cafe,
      isAvailable: false,
    });
    const { menuItem: unpriced } = await kitchen.make(viewers.owner, 'createMenuItem', {
      categoryId: kitchen.categoryId,
      name: 'Unpriced',
    });
    const { menuCategory } = await kitchen.make(viewers.stranger, 'createMenuCategory', {
      brandId: 'brd_theirs',
      name: 'Theirs',
    });
    const prices = [{ outletId: outlets.foreign, price: { amount: '1', currency: 'INR' } }];
    const { menuItem: theirs } = await kitchen.make(viewers.stranger, 'createMenuItem', {
      categoryId: menuCategory.id,
      name: 'Theirs',
      prices,
    });
    const before = await kitchen.rows();

    const answers = [];
    for (const id of [hidden, unpriced.id, off, theirs.id])
      answers.push(failures(await kitchen.send(viewers.waiter, 'placeOrder', wanted([dosa, id]))));

    const field = ['lines', '1', 'menuItemId'];
    expect(answers).toMatchObject([
      [{ code: 'INVALID_INPUT', message: 'Hidden is not sold here.', field }],
      [{ code: 'INVALID_INPUT', message: 'Unpriced is not sold here.', field }],
      [{ code: 'OUT_OF_STOCK', message: 'Off is sold out.', field }],
      ['NOT_FOUND'],
    ]);
    expect(await kitchen.rows()).toEqual(before);
  });

  it.each([
    ['nobody', 'UNAUTHENTICATED'],
    ['chef', 'FORBIDDEN'],
    ['stranger', 'NOT_FOUND'],
  ] as const)('LES-07 refuses the %s with %s and changes nothing', async (who, code) => {
    const before = await kitchen.rows();

    const answer = await kitchen.send(viewers[who], 'placeOrder', wanted([dosa]));

    expect(failures(answer)).toEqual([code]);
    expect(await kitchen.rows()).toEqual(before);
  });

  it('refuses an outlet that does not trade', async () => {
    await tellOutlet(kitchen.subgraph, outlets.bistro, { isActive: false });

    const answer = await kitchen.send(viewers.owner, 'placeOrder', wanted([dosa], { outletId: outlets.bistro }));

    expect(failures(answer)).toMatchObject([{ code: 'INVALID_STATE', field: ['outletId'] }]);
  });

  it.each([['unitPrice'], ['price'], ['total'], ['discount']])('LES-06 takes no %s from a client', async (name) => {
    const before = await kitchen.rows();

    const answer = await kitchen.send(
      viewers.manager,
      'placeOrder',
      wanted([], { lines: [{ menuItemId: dosa, quantity: 1, [name]: '0.01' }] }),
    );

    expect(answer.errors?.[0]?.message).toContain(`Field "${name}" is not defined`);
    expect(await kitchen.rows()).toEqual(before);
  });

  it('TS-10 counts portions down to nothing, tells what is left, and takes nothing where one line fails', async () => {
    const special = await kitchen.dish('Special', '200', 3);
    const other = await kitchen.dish('Other', '200', 9);
    const want = (quantity: number) =>
      kitchen.send(
        viewers.waiter,
        'placeOrder',
        wanted([], {
          lines: [
            { menuItemId: other, quantity: 1 },
            { menuItemId: special, quantity },
          ],
        }),
      );
    const soldOut = async () =>
      (await kitchen.events('menu-item.availability-changed'))
        .filter(({ aggregateId }) => aggregateId === special)
        .slice(1);

    await want(1);
    const tooMany = await want(3);
    expect([await kitchen.remaining(special), await kitchen.remaining(other), await soldOut()]).toEqual([2, 8, []]);
    await want(2);
    const none = await want(1);

    expect(failures(tooMany)).toEqual([
      { code: 'OUT_OF_STOCK', message: 'Only 2 left.', field: ['lines', '1', 'quantity'] },
    ]);
    expect(failures(none)).toEqual([
      { code: 'OUT_OF_STOCK', message: 'Special is sold out.', field: ['lines', '1', 'menuItemId'] },
    ]);
    expect([await kitchen.remaining(special), await kitchen.remaining(other)]).toEqual([0, 7]);
    expect(await soldOut()).toMatchObject([
      { aggregateVersion: 3, outletId: outlets.cafe, payload: { remaining: 0, isAvailable: true } },
    ]);
  });

  it('R7 PAY-01 has one effect under one key, sent by argument or header, and refuses another order under it', async () => {
    const input = wanted([dosa]);
    const document =
      'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code field } } }';
    const run = (more: object, header?: string) =>
      kitchen.subgraph.run(viewers.waiter, document, { input: { ...input, ...more } }, header);

    const first = await run({});
    const again = await run({ idempotencyKey: null }, input.idempotencyKey);
    const other = await run({ note: 'Another' });
    const both = await run({}, 'another-key');

    expect(again.data).toEqual(first.data);
    expect(failures(other)).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(failures(both)).toMatchObject([{ code: 'INVALID_INPUT', field: ['idempotencyKey'] }]);
  });

  it('TS-15 belongs to the day before until the cut-off, and numbers begin again after it', async () => {
    const advance = async (time: string) =>
      kitchen.subgraph.clock.advance(Date.parse(time) - kitchen.subgraph.clock.now().getTime());
    // 04:00 in Kolkata is 22:30 UTC.
    await advance('2026-03-14T22:29:59.999Z');
    const late = await kitchen.order([chai]);
    await advance('2026-03-14T22:30:00.000Z');
    const early = await kitchen.order([chai]);

    expect([late.businessDay, early.businessDay, early.number]).toEqual(['2026-03-14', '2026-03-15', 1]);
  });

  it('keeps nothing of a refused placement, its key included', async () => {
    const em = kitchen.subgraph.running.database.em.fork();
    const [keys, count] = [await em.count(IdempotencyKeyEntity, {}), await em.count(OrderTicketEntity, {})];

    await kitchen.send(viewers.waiter, 'placeOrder', wanted(['itm_unknown']));

    expect([await em.count(IdempotencyKeyEntity, {}), await em.count(OrderTicketEntity, {})]).toEqual([keys, count]);
  });
});
