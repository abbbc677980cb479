import { IdempotencyKeyEntity } from '../../../platform/data/idempotency.entity.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { failures, openKitchen, outlets, viewers, type Kitchen } from '../orders.fixture.js';
import { PaymentLogEntity } from './payment-log.entity.js';
import { PaymentEntity } from './payment.entity.js';

const PAYMENTS = `query ($outletId: ID!, $businessDay: LocalDate, $first: Int! = 25, $after: String) {
  payments(outletId: $outletId, businessDay: $businessDay, first: $first, after: $after) {
    edges { node { id businessDay amount { amount } order { id number } log { kind } } } pageInfo { hasNextPage endCursor } } }`;

describe('payments', () => {
  let kitchen: Kitchen;
  let dish: string;
  let keys = 0;
  beforeAll(async () => {
    kitchen = await openKitchen();
    dish = await kitchen.dish('Biryani', '200');
  });
  afterAll(() => kitchen.subgraph.stop());

  const cash = (orderId: string, amount: string, more: object = {}) => {
    keys += 1;
    return { orderId, method: 'CASH', amount: { amount, currency: 'INR' }, idempotencyKey: `pay-${keys}`, ...more };
  };
  const list = (viewer: Viewer, variables: object = {}) =>
    kitchen.subgraph.run(viewer, PAYMENTS, { outletId: outlets.cafe, ...variables });

  it('PAY-03 PAY-04 takes cash in parts, logs each, and leaves the status as it is', async () => {
    const { id } = await kitchen.order([dish]);

    const first = await kitchen.make(viewers.waiter, 'payOrder', cash(id, '80'));
    const second = await kitchen.make(viewers.waiter, 'payOrder', cash(id, '120.00'));

    const by = { id: viewers.waiter.id };
    expect(first.payment).toEqual({
      id: first.payment.id,
      method: 'CASH',
      status: 'CAPTURED',
      businessDay: '2026-03-14',
      capturedAt: '2026-03-14T12:00:00.000Z',
      amount: { amount: '80.00', currency: 'INR' },
      takenBy: by,
      log: [{ kind: 'CAPTURED', amount: { amount: '80.00' }, by }],
    });
    expect(first.order).toMatchObject({
      status: 'QUEUED',
      version: 2,
      paid: { amount: '80.00' },
      due: { amount: '120.00' },
      paymentState: 'PARTIALLY_PAID',
    });
    expect(second.order).toMatchObject({
      status: 'QUEUED',
      version: 3,
      paid: { amount: '200.00' },
      due: { amount: '0.00' },
      paymentState: 'PAID',
    });
    expect((await kitchen.events('payment.captured')).slice(-2)).toMatchObject([
      {
        aggregateId: first.payment.id,
        outletId: outlets.cafe,
        payload: { orderId: id, businessDay: '2026-03-14', amountMinor: 8_000, currency: 'INR', method: 'CASH' },
      },
      { aggregateId: second.payment.id, payload: { amountMinor: 12_000 } },
    ]);
  });

  it.each([
    ['more than is due', '200.01', 'INR', 'AMOUNT_MISMATCH', 'Due is 200.00 INR.', ['amount', 'amount']],
    ['another currency', '10', 'AED', 'CURRENCY_MISMATCH', 'The order is in INR, not AED.', ['amount', 'currency']],
    ['nothing', '0', 'INR', 'INVALID_INPUT', 'An amount is more than zero.', ['amount', 'amount']],
    ['less than nothing', '-5', 'INR', 'INVALID_INPUT', 'An amount is more than zero.', ['amount', 'amount']],
    ['a fraction of a paisa', '1.001', 'INR', 'INVALID_INPUT', 'INR has 2 decimals.', ['amount', 'amount']],
  ])('refuses %s and changes nothing', async (_name, amount, currency, code, message, field) => {
    const { id } = await kitchen.order([dish]);
    const before = await kitchen.rows();

    const answer = await kitchen.send(viewers.waiter, 'payOrder', cash(id, '1', { amount: { amount, currency } }));

    expect(failures(answer)).toEqual([{ code, message, field }]);
    expect(await kitchen.rows()).toEqual(before);
  });

  it('refuses a cancelled order and a second full payment', async () => {
    const [cancelled, paid] = [await kitchen.order([dish]), await kitchen.order([dish])];
    await kitchen.make(viewers.waiter, 'cancelOrder', { orderId: cancelled.id });
    await kitchen.make(viewers.waiter, 'payOrder', cash(paid.id, '200'));

    const answers = [
      await kitchen.send(viewers.waiter, 'payOrder', cash(cancelled.id, '1')),
      await kitchen.send(viewers.waiter, 'payOrder', cash(paid.id, '0.01')),
    ];

    expect(answers.map(failures)).toMatchObject([
      [{ code: 'INVALID_STATE' }],
      [{ code: 'AMOUNT_MISMATCH', message: 'Due is 0.00 INR.' }],
    ]);
  });

  it('takes what a guest owes on an order that is not accepted yet', async () => {
    const { id } = await kitchen.order([dish], viewers.eve);

    const { order } = await kitchen.make(viewers.waiter, 'payOrder', cash(id, '200'));

    expect(order).toMatchObject({ status: 'PENDING', paymentState: 'PAID' });
  });

  it.each([
    ['nobody', 'UNAUTHENTICATED'],
    ['chef', 'FORBIDDEN'],
    ['eve', 'FORBIDDEN'],
    ['stranger', 'NOT_FOUND'],
  ] as const)('LES-07 refuses the %s with %s and changes nothing', async (who, code) => {
    const { id } = await kitchen.order([dish]);
    const before = await kitchen.rows();

    expect(failures(await kitchen.send(viewers[who], 'payOrder', cash(id, '1')))).toEqual([code]);
    expect(await kitchen.rows()).toEqual(before);
  });

  it('PAY-01 wants a key, replays the first payment under it, and refuses another body', async () => {
    const { id } = await kitchen.order([dish]);
    const input = cash(id, '50');
    const document =
      'mutation ($input: PayOrderInput!) { payOrder(input: $input) { payment { id } order { paid { amount } } userErrors { code field } } }';
    const run = (more: object, header?: string) =>
      kitchen.subgraph.run(viewers.waiter, document, { input: { ...input, ...more } }, header);

    const first = await run({});
    const again = await run({ idempotencyKey: null }, input.idempotencyKey);
    const other = await run({ amount: { amount: '60', currency: 'INR' } });
    const keyless = await run({ idempotencyKey: null });

    expect(first.data?.['payOrder']).toMatchObject({ order: { paid: { amount: '50.00' } }, userErrors: [] });
    expect(again.data).toEqual(first.data);
    expect(failures(other)).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }]);
    expect(failures(keyless)).toEqual([{ code: 'IDEMPOTENCY_KEY_REQUIRED', field: ['idempotencyKey'] }]);
    expect(await kitchen.subgraph.running.database.em.fork().count(PaymentEntity, { orderId: id })).toBe(1);
  });

  it('R7 one key eight times at once: one payment, told eight times', async () => {
    const { id } = await kitchen.order([dish]);
    const input = cash(id, '150');

    const answers = await Promise.all(Array.from({ length: 8 }, () => kitchen.make(viewers.waiter, 'payOrder', input)));

    expect(new Set(answers.map(({ payment }) => payment.id)).size).toBe(1);
    expect(answers.map(({ order }) => order.paid.amount)).toEqual(Array.from({ length: 8 }, () => '150.00'));
  });

  it('takes no more than is due where eight payments race', async () => {
    const { id } = await kitchen.order([dish]);

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => kitchen.send(viewers.waiter, 'payOrder', cash(id, '60'))),
    );

    const codes = answers.flatMap((answer) => failures(answer).map((failure: any) => failure.code));
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'AMOUNT_MISMATCH'));
    const em = kitchen.subgraph.running.database.em.fork();
    const payments = await em.find(PaymentEntity, { orderId: id });
    expect(payments.map(({ amountMinor }) => amountMinor)).toEqual([6_000, 6_000, 6_000]);
    expect(await em.count(PaymentLogEntity, { paymentId: { $in: payments.map((payment) => payment.id) } })).toBe(3);
  });

  it('R8 paying and cancelling at once leaves either a paid order or an unpaid cancelled one', async () => {
    const { id } = await kitchen.order([dish]);

    const [pay, cancel] = await Promise.all([
      kitchen.send(viewers.waiter, 'payOrder', cash(id, '200')),
      kitchen.send(viewers.waiter, 'cancelOrder', { orderId: id }),
    ]);

    // Cancelling a paid order is allowed and leaves its refund to be made; paying a cancelled one is not.
    expect(failures(cancel)).toEqual([]);
    const paid = await kitchen.subgraph.running.database.em.fork().count(PaymentEntity, { orderId: id });
    expect([paid, failures(pay).length]).toEqual(paid === 1 ? [1, 0] : [0, 1]);
  });

  it('TS-15 belongs to the business day on which the money came', async () => {
    const { id } = await kitchen.order([dish]);
    kitchen.subgraph.clock.advance(24 * 3_600_000);

    const { payment, order } = await kitchen.make(viewers.waiter, 'payOrder', cash(id, '200'));

    expect([order.businessDay, payment.businessDay]).toEqual(['2026-03-14', '2026-03-15']);
    const today = (await list(viewers.waiter, { businessDay: '2026-03-15' })).data?.['payments'].edges;
    expect(today).toEqual([
      {
        node: {
          id: payment.id,
          businessDay: '2026-03-15',
          amount: { amount: '200.00' },
          order: { id, number: order.number },
          log: [{ kind: 'CAPTURED' }],
        },
      },
    ]);
  });

  it('PAY-08 GW-06 lists an outlet’s payments newest first, by pages, in a constant number of statements', async () => {
    const count = await kitchen.subgraph.running.database.em.fork().count(PaymentEntity, {});
    const seen: string[] = [];
    const figures: number[] = [];
    let after: string | null = null;
    do {
      let answer: any;
      figures.push(await kitchen.statementsOf(async () => (answer = await list(viewers.waiter, { first: 4, after }))));
      seen.push(...answer.data.payments.edges.map(({ node }: any) => node.id));
      after = answer.data.payments.pageInfo.hasNextPage ? answer.data.payments.pageInfo.endCursor : null;
    } while (after);
    const whole = await kitchen.statementsOf(() => list(viewers.waiter, { first: 100 }));

    expect(seen).toHaveLength(count);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect(new Set([...figures, whole])).toEqual(new Set([4]));
    expect(failures(await list(viewers.waiter, { first: 101 }))).toEqual(['BAD_USER_INPUT']);
    expect([failures(await list(viewers.chef)), failures(await list(viewers.stranger))]).toEqual([
      ['FORBIDDEN'],
      ['NOT_FOUND'],
    ]);
  });

  it('keeps no key of a refused payment, so that the corrected one may use it', async () => {
    const { id } = await kitchen.order([dish]);
    const em = kitchen.subgraph.running.database.em.fork();
    const keysBefore = await em.count(IdempotencyKeyEntity, {});
    const input = cash(id, '500');

    const refused = await kitchen.send(viewers.waiter, 'payOrder', input);
    const keysAfter = await em.count(IdempotencyKeyEntity, {});
    const taken = await kitchen.make(viewers.waiter, 'payOrder', {
      ...input,
      amount: { amount: '200', currency: 'INR' },
    });

    expect(failures(refused)).toMatchObject([{ code: 'AMOUNT_MISMATCH' }]);
    expect([keysAfter, taken.order.paymentState]).toEqual([keysBefore, 'PAID']);
  });
});
