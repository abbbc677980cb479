import { readPdfPages } from '../platform/documents/pdf-text.js';
import type { TestClient, TestSubscription } from './harness/client.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { ManualTime, quietAfternoon } from './harness/manual-time.js';

const SEAT = `mutation ($input: SeatPartyInput!) { seatParty(input: $input) { seating { id covers } userErrors { code message } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id number status covers total { amount currency } } userErrors { code message field } } }`;
const step = (field: string) =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { order { id status } userErrors { code message } } }`;
const PAY = `mutation ($input: PayOrderInput!) { payOrder(input: $input) { payment { id amount { amount } } order { paymentState due { amount } } userErrors { code message } } }`;
const LIVE = `subscription ($outletId: ID!, $since: String) { orderStatusChanged(outletId: $outletId, since: $since) {
  cursor at status order { id number table { label } seating { covers } covers lines { quantity name menuItem { name } } } } }`;
const STOCK = `query ($outletId: ID!) { inventoryItems(outletId: $outletId, first: 100) { edges { node { sku onHand(outletId: $outletId) } } } }`;
const DAY = `query ($outletId: ID!) { dashboard(outletId: $outletId) { businessDay sales { amount currency } paid { amount } ordersPlaced ordersCompleted covers } }`;
const SUMMARY = `query ($outletId: ID!, $businessDay: LocalDate!) { dailySummary(outletId: $outletId, businessDay: $businessDay) { sales { amount } paid { amount } ordersCompleted } }`;
const REQUEST = `mutation ($input: RequestReportInput!) { requestReport(input: $input) { reportJob { id state } userErrors { code message } } }`;
const PROGRESS = `subscription ($id: ID!, $since: String) { reportProgress(reportJobId: $id, since: $since) { cursor reportJob { state progressPercent file { url total { amount } expiresAt } } } }`;
const REPORT = `query ($id: ID!) { reportJob(id: $id) { state file { url total { amount } } } }`;

describe('an evening', () => {
  const time = new ManualTime(quietAfternoon);
  let twin: TestProduct;
  let manager: TestClient;
  let waiter: TestClient;
  let chef: TestClient;
  let kitchen: TestSubscription;
  let outletId: string;
  let tableId: string;
  let dishes: Map<string, string>;
  let orderId: string;
  let seatingId: string;
  let total: { amount: string; currency: string };

  const stockOf = async (...skus: string[]) => {
    const { body } = await chef.ask(STOCK, { outletId });
    const bySku = new Map<string, string>(
      body.data?.['inventoryItems'].edges.map(({ node }: any) => [node.sku, node.onHand]),
    );
    return skus.map((sku) => Number(bySku.get(sku)));
  };
  const move = async (client: TestClient, field: string) =>
    (await client.ask(step(field), { input: { orderId } })).body.data?.[field];

  beforeAll(async () => {
    twin = await startTestProduct({ clock: time });
    outletId = twin.demo.brands[0]?.outlets[0]?.id ?? '';
    [manager, waiter, chef] = await Promise.all([twin.signIn('manager'), twin.signIn('waiter'), twin.signIn('chef')]);
    const { body } = await waiter.ask(
      `query ($outletId: ID!) { serviceNodes(outletId: $outletId, kind: TABLE) { edges { node { id label } } } menu(outletId: $outletId) { categories { items { id name } } } }`,
      { outletId },
    );
    tableId = body.data?.['serviceNodes'].edges.find(({ node }: any) => node.label === 'T3').node.id;
    dishes = new Map(
      body.data?.['menu'].categories.flatMap(({ items }: any) => items.map(({ id, name }: any) => [name, id])),
    );
    kitchen = chef.subscribe(LIVE, { outletId });
    await time.settled(100);
  }, 180_000);
  afterAll(() => twin.stop());

  it('LES-17 ORD-10 SRV-03 seats four guests and sends two dishes and a drink to the kitchen', async () => {
    const before = await stockOf('PRO-CHICKEN', 'DAI-BUTTER', 'VEG-MANGO');

    const seated = await manager.ask(SEAT, { input: { tableId, covers: 4 } });
    seatingId = seated.body.data?.['seatParty'].seating.id;
    const lines = [
      { menuItemId: dishes.get('Butter Chicken'), quantity: 2 },
      { menuItemId: dishes.get('Butter Naan'), quantity: 4 },
      { menuItemId: dishes.get('Mango Lassi'), quantity: 3 },
    ];
    const placed = await waiter.ask(PLACE, {
      input: {
        outletId,
        fulfilmentType: 'DINE_IN',
        channel: 'POS',
        tableId,
        seatingId,
        lines,
        idempotencyKey: 'evening-1',
      },
    });
    const order = placed.body.data?.['placeOrder'].order;
    orderId = order.id;
    total = order.total;
    const [event] = await kitchen.take(1);
    await twin.settle();
    const after = await stockOf('PRO-CHICKEN', 'DAI-BUTTER', 'VEG-MANGO');

    expect(placed.body.data?.['placeOrder']).toMatchObject({
      userErrors: [],
      order: { status: 'QUEUED', covers: 4, total: { amount: '1750.00', currency: 'INR' } },
    });
    expect(event?.['orderStatusChanged']).toMatchObject({
      status: 'QUEUED',
      order: {
        id: orderId,
        table: { label: 'T3' },
        seating: { covers: 4 },
        covers: 4,
        lines: [
          { quantity: 2, name: 'Butter Chicken', menuItem: { name: 'Butter Chicken' } },
          { quantity: 4, name: 'Butter Naan', menuItem: { name: 'Butter Naan' } },
          { quantity: 3, name: 'Mango Lassi', menuItem: { name: 'Mango Lassi' } },
        ],
      },
    });
    // Recipes: 220 g chicken and 30 g butter a dish, 12 g butter a naan, 70 g mango a lassi.
    expect(before.map((quantity, index) => Math.round((quantity - (after[index] ?? 0)) * 1_000))).toEqual([
      440, 108, 210,
    ]);
  });

  it('places nothing twice under the same key', async () => {
    const lines = [
      { menuItemId: dishes.get('Butter Chicken'), quantity: 2 },
      { menuItemId: dishes.get('Butter Naan'), quantity: 4 },
      { menuItemId: dishes.get('Mango Lassi'), quantity: 3 },
    ];
    const again = await waiter.ask(PLACE, {
      input: {
        outletId,
        fulfilmentType: 'DINE_IN',
        channel: 'POS',
        tableId,
        seatingId,
        lines,
        idempotencyKey: 'evening-1',
      },
    });

    expect(again.body.data?.['placeOrder'].order.id).toBe(orderId);
  });

  it('ORD-14 ORD-16 lets the kitchen see each change in order', async () => {
    expect(await move(waiter, 'startOrder')).toBeUndefined();
    expect(await move(chef, 'startOrder')).toMatchObject({ order: { status: 'PREPARING' }, userErrors: [] });
    expect(await move(chef, 'markOrderReady')).toMatchObject({ order: { status: 'READY' }, userErrors: [] });
    expect(await move(waiter, 'completeOrder')).toMatchObject({ order: { status: 'COMPLETED' }, userErrors: [] });

    const events = await kitchen.take(4);

    expect(events.map((event) => event['orderStatusChanged'].status)).toEqual([
      'QUEUED',
      'PREPARING',
      'READY',
      'COMPLETED',
    ]);
    expect(kitchen.errors).toEqual([]);
  });

  it('ORD-14 continues a dropped subscription with since and misses nothing', async () => {
    const [first] = await kitchen.take(1);

    const resumed = chef.subscribe(LIVE, { outletId, since: first?.['orderStatusChanged'].cursor });
    const missed = await resumed.take(3);
    await resumed.close();

    expect(missed.map((event) => event['orderStatusChanged'].status)).toEqual(['PREPARING', 'READY', 'COMPLETED']);
  });

  it('PAY-01 takes cash once under one key', async () => {
    const input = { orderId, method: 'CASH', amount: total, idempotencyKey: 'cash-1' };

    const first = await waiter.ask(PAY, { input });
    const again = await waiter.ask(PAY, { input });
    const other = await waiter.ask(PAY, { input: { ...input, amount: { ...total, amount: '1.00' } } });

    expect(first.body.data?.['payOrder']).toMatchObject({
      payment: { amount: { amount: '1750.00' } },
      order: { paymentState: 'PAID', due: { amount: '0.00' } },
      userErrors: [],
    });
    expect(again.body.data?.['payOrder'].payment.id).toBe(first.body.data?.['payOrder'].payment.id);
    expect(other.body.data?.['payOrder'].userErrors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('INS-01 INS-11 shows the sale on the business day of the outlet', async () => {
    await twin.settle();

    const { dashboard } = (await manager.ask(DAY, { outletId })).body.data ?? {};
    const { dailySummary } = (await manager.ask(SUMMARY, { outletId, businessDay: '2026-03-14' })).body.data ?? {};

    expect(dashboard).toEqual({
      businessDay: '2026-03-14',
      sales: { amount: '1750.00', currency: 'INR' },
      paid: { amount: '1750.00' },
      ordersPlaced: 1,
      ordersCompleted: 1,
      covers: 4,
    });
    expect(dailySummary).toEqual({ sales: { amount: '1750.00' }, paid: { amount: '1750.00' }, ordersCompleted: 1 });
  });

  it('INS-05 INS-06 INS-08 makes the day a PDF whose total is the ledger, behind a link that ends', async () => {
    const requested = await manager.ask(REQUEST, {
      input: { outletId, type: 'SALES', range: '2026-03-14..2026-03-14', format: 'PDF' },
    });
    const id = requested.body.data?.['requestReport'].reportJob.id;
    const progress = manager.subscribe(PROGRESS, { id });
    const report = await time.until(async () => {
      const { reportJob } = (await manager.ask(REPORT, { id })).body.data ?? {};
      return reportJob?.state === 'DONE' ? reportJob : null;
    });
    await progress.close();
    const answer = await fetch(report.file.url.replace(/^http:\/\/[^/]+/, twin.url));
    const pdf = new Uint8Array(await answer.arrayBuffer());
    const ledger = await manager.ask(
      `query ($outletId: ID!) { payments(outletId: $outletId) { edges { node { amount { amount } } } } }`,
      { outletId },
    );
    const byOthers = await (await twin.signIn('manager', 1)).ask(REPORT, { id });
    time.advance(16 * 60_000);
    const late = await fetch(report.file.url.replace(/^http:\/\/[^/]+/, twin.url));
    const foreign = await fetch(
      report.file.url.replace(/^http:\/\/[^/]+/, twin.url).replace(/brd_\w+/, twin.demo.brands[1]?.id ?? ''),
    );

    const paid = ledger.body.data?.['payments'].edges.reduce(
      (sum: number, { node }: any) => sum + Number(node.amount.amount),
      0,
    );
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(Number(report.file.total.amount)).toBe(paid);
    expect(readPdfPages(pdf).join('\n')).toContain('1,750.00');
    expect(byOthers.body.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect([late.status, foreign.status]).toEqual([410, 404]);
  });
});
