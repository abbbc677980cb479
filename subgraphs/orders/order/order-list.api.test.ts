import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { failures, openKitchen, outlets, viewers, wanted, type Kitchen } from '../orders.fixture.js';

const FULL = `id number status statusIn(vocabulary: TECHNOMART) paymentState total { amount } outlet { id } table { id } placedBy { id }
  lines { name total { amount } menuItem { name category { name } price(outletId: $outletId) { amount } } }
  payments { amount { amount } log { kind } } workflowEvents { toStatus }`;
const ORDERS = `query ($first: Int! = 25, $after: String, $page: Int, $limit: Int, $outletId: ID, $status: [OrderStatus!], $businessDay: LocalDate, $search: String) {
  orders(first: $first, after: $after, page: $page, limit: $limit, outletId: $outletId, status: $status, businessDay: $businessDay, search: $search) {
    edges { node { id number status } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

describe('lists of orders', () => {
  let kitchen: Kitchen;
  let dishes: string[];
  let first: any;
  beforeAll(async () => {
    kitchen = await openKitchen();
    dishes = [
      await kitchen.dish('Masala dosa', '120'),
      await kitchen.dish('Chai', '30'),
      await kitchen.dish('50_50 naan', '60'),
    ];
    first = await kitchen.order(dishes.slice(0, 2));
  });
  afterAll(() => kitchen.subgraph.stop());

  const list = (viewer: Viewer, variables: object = {}) => kitchen.subgraph.run(viewer, ORDERS, { ...variables });
  const numbers = (answer: any) => answer.data.orders.edges.map(({ node }: any) => node.number);

  it('LES-18 costs the same statements for 1, 20 and 100 orders with lines, dishes and payments', async () => {
    const cash = (orderId: string, index: number) => ({
      orderId,
      method: 'CASH',
      amount: { amount: '1', currency: 'INR' },
      idempotencyKey: `pay-${index}`,
    });
    await kitchen.make(viewers.waiter, 'payOrder', cash(first.id, 0));
    const figures: number[] = [];
    for (const [index, count] of [1, 20, 100].entries()) {
      for (let have = [1, 1, 20][index] ?? 0; have < count; have += 1) {
        const { id } = await kitchen.order([dishes[have % 3] ?? '', dishes[(have + 1) % 3] ?? '']);
        await kitchen.make(viewers.waiter, 'payOrder', cash(id, have));
      }
      figures.push(
        await kitchen.statementsOf(async () => {
          const document = `query ($outletId: ID!) { orders(first: 100, outletId: $outletId) { edges { node { ${FULL} } } } }`;
          const answer = await kitchen.subgraph.run(viewers.waiter, document, { outletId: outlets.cafe });
          const edges = answer.data?.['orders'].edges;
          expect([edges.length, edges[0].node.payments.length, edges[0].node.lines.length]).toEqual([count, 1, 2]);
        }),
      );
    }

    // The outlet, orders, lines, items, headings, prices, stocks, payments, their logs, steps.
    expect(figures).toEqual([10, 10, 10]);
  }, 60_000);

  it('GW-06 pages by cursor, newest first, and refuses a page of 101', async () => {
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const answer: any = await list(viewers.waiter, { first: 40, after, outletId: outlets.cafe });
      seen.push(...numbers(answer));
      after = answer.data.orders.pageInfo.hasNextPage ? answer.data.orders.pageInfo.endCursor : null;
    } while (after);

    expect(seen).toHaveLength(100);
    expect(new Set(seen).size).toBe(100);
    expect(failures(await list(viewers.waiter, { first: 101 }))).toEqual(['BAD_USER_INPUT']);
    expect(failures(await list(viewers.waiter, { after: 'nonsense' }))).toEqual(['BAD_USER_INPUT']);
  });

  it('GW-07 pages by number through the same list', async () => {
    const byCursor = await list(viewers.waiter, { first: 100 });
    const pages = [1, 2, 3, 4].map((page) => list(viewers.waiter, { page, limit: 40 }));
    const [one, two, three, beyond] = await Promise.all(pages);

    expect([...numbers(one), ...numbers(two), ...numbers(three)]).toEqual(numbers(byCursor));
    expect(
      [one, two, three, beyond].map((answer) => [
        numbers(answer).length,
        answer?.data?.['orders'].pageInfo.hasNextPage,
      ]),
    ).toEqual([
      [40, true],
      [40, true],
      [20, false],
      [0, false],
    ]);
    expect(numbers(await list(viewers.waiter, { limit: 2 }))).toEqual(numbers(byCursor).slice(0, 2));
  });

  it.each([[{ page: 1, limit: 101 }], [{ page: 1, limit: 0 }], [{ page: 0 }], [{ page: 1_000, limit: 100 }]])(
    'GW-07 refuses %j',
    async (variables) => {
      expect(failures(await list(viewers.waiter, variables))).toEqual(['BAD_USER_INPUT']);
    },
  );

  it('GW-07 refuses a page number together with a cursor', async () => {
    const { data } = await list(viewers.waiter, { first: 1 });

    expect(failures(await list(viewers.waiter, { page: 2, after: data?.['orders'].pageInfo.endCursor }))).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  it('ORD-03 ORD-11 filters by status and day, and searches by number and by how a dish begins', async () => {
    const search = async (text: string, more: object = {}) =>
      numbers(await list(viewers.waiter, { first: 100, search: text, outletId: outlets.cafe, ...more }));
    await kitchen.make(viewers.chef, 'startOrder', { orderId: first.id });
    const naan = await search('50_50 NAAN');

    expect(numbers(await list(viewers.waiter, { status: ['PREPARING'] }))).toEqual([first.number]);
    expect(numbers(await list(viewers.waiter, { businessDay: '2026-03-14', first: 100 }))).toHaveLength(100);
    expect(numbers(await list(viewers.waiter, { businessDay: '2026-03-13' }))).toEqual([]);
    expect(await search(`#${first.number}`)).toEqual([first.number]);
    expect(naan.length).toBeGreaterThan(50);
    expect(naan).not.toContain(first.number);
    expect(await search('masala', { status: ['PREPARING'] })).toEqual([first.number]);
    expect(await search('5%')).toEqual([]);
    expect(await search('dosa')).toEqual([]);
    expect(await search('50')).toEqual(
      [...naan, 50]
        .filter((number, index, all) => all.indexOf(number) === index)
        .toSorted((a: number, b: number) => b - a),
    );
  });

  it('LES-07 shows guests their own orders and strangers none, in lists, by id, by reference and in payments', async () => {
    const own = await kitchen.order([dishes[0] ?? ''], viewers.eve);
    await kitchen.make(viewers.waiter, 'payOrder', {
      orderId: own.id,
      method: 'CASH',
      amount: { amount: '20', currency: 'INR' },
      idempotencyKey: 'eve',
    });
    const document = `query ($own: ID!, $other: ID!, $r: [_Any!]!) {
      own: order(id: $own) { id payments { amount { amount } } }
      _entities(representations: $r) { ... on OrderTicket { id } ... on Payment { id } } }`;
    const [payment] = await payments(viewers.waiter);
    const representations = [own.id, first.id].map((id) => ({ __typename: 'OrderTicket', id }));
    const look = (viewer: Viewer) =>
      kitchen.subgraph.run(viewer, document.replace(', $other: ID!', ''), {
        own: own.id,
        r: [...representations, { __typename: 'Payment', id: payment.node.id }],
      });
    const other = (viewer: Viewer) =>
      kitchen.subgraph.run(viewer, 'query ($id: ID!) { order(id: $id) { id } }', { id: first.id });

    const [eve, ann, stranger, chef] = await Promise.all(
      [viewers.eve, viewers.ann, viewers.stranger, viewers.chef].map(look),
    );

    expect(eve?.data).toEqual({
      own: { id: own.id, payments: [{ amount: { amount: '20.00' } }] },
      _entities: [{ id: own.id }, null, { id: payment.node.id }],
    });
    expect([failures(ann ?? {}), failures(stranger ?? {})]).toEqual([['NOT_FOUND'], ['NOT_FOUND']]);
    expect(chef?.data).toEqual({
      own: { id: own.id, payments: null },
      _entities: [{ id: own.id }, { id: first.id }, null],
    });
    expect(numbers(await list(viewers.eve))).toEqual([own.number]);
    expect(numbers(await list(viewers.eve, { search: 'Masala' }))).toEqual([own.number]);
    expect([numbers(await list(viewers.ann)), numbers(await list(viewers.stranger))]).toEqual([[], []]);
    expect([
      failures(await other(viewers.eve)),
      failures(await other(viewers.stranger)),
      failures(await other(anonymous)),
    ]).toEqual([['NOT_FOUND'], ['NOT_FOUND'], ['UNAUTHENTICATED']]);
  });

  it('ORD-13 shows the kitchen what is queued, being cooked or ready, oldest first', async () => {
    const document = `query ($outletId: ID!) { kitchenQueue(outletId: $outletId) { ${FULL} } }`;
    const look = (viewer: Viewer) => kitchen.subgraph.run(viewer, document, { outletId: outlets.cafe });
    const { id } = await kitchen.order([dishes[0] ?? '']);
    await kitchen.make(viewers.waiter, 'cancelOrder', { orderId: id });
    kitchen.subgraph.clock.advance(60_000);
    const last = await kitchen.order([dishes[0] ?? '']);

    const answer = await look(viewers.chef);

    const queue = answer.data?.['kitchenQueue'];
    expect(queue).toHaveLength(101);
    expect([queue.at(-1).id, queue.at(-1).statusIn]).toEqual([last.id, 'in_queue']);
    expect(queue.filter(({ status }: any) => status === 'PREPARING').map((order: any) => order.id)).toEqual([first.id]);
    expect([failures(await look(viewers.eve)), failures(await look(viewers.stranger))]).toEqual([
      ['FORBIDDEN'],
      ['NOT_FOUND'],
    ]);
  });

  const payments = async (viewer: Viewer, variables: object = {}) => {
    const document =
      'query ($o: ID!, $d: LocalDate) { payments(outletId: $o, businessDay: $d) { edges { node { id order { id } } } } }';
    return (await kitchen.subgraph.run(viewer, document, { o: outlets.cafe, ...variables })).data?.['payments'].edges;
  };

  it('LES-07 answers another brand’s outlet as if it did not exist', async () => {
    const answer = await list(viewers.stranger, { outletId: outlets.cafe });

    expect(answer.errors?.map((error) => error.extensions['code'])).toEqual(['NOT_FOUND']);
    expect(failures(await kitchen.send(viewers.stranger, 'placeOrder', wanted(dishes)))).toEqual(['NOT_FOUND']);
  });
});
