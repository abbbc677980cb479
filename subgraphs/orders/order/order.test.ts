import fc from 'fast-check';
import { canTransition } from '../../../platform/domain/state-machine.js';
import type { DomainError } from '../../../platform/domain/errors.js';
import { viewers } from '../orders.fixture.js';
import { requireOrderAct } from './order.policy.js';
import { amountDue, orderTotal, paymentStateOf } from './order.pricing.js';
import { countedPortions, outOfStock, priceLines, requireLines, requireTableOnlyToDineIn } from './order.rules.js';
import {
  isInQueue,
  orderActs,
  orderGraph,
  orderStatuses,
  requireAct,
  type OrderAct,
  type OrderStatus,
} from './order.state.js';
import { vocabularies, wordFor } from './order.vocabulary.js';

const acts = Object.keys(orderActs) as OrderAct[];

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as DomainError).code;
  }
}

describe('the states of an order', () => {
  it('ORD-16 lets every act follow the graph, and every edge of a placed order belong to an act', () => {
    const edges = acts.flatMap((act) => orderActs[act].from.map((from) => [from, orderActs[act].to] as const));
    expect(edges.filter(([from, to]) => !canTransition(orderGraph, from, to))).toEqual([]);
    const placed = orderStatuses
      .filter((status) => status !== 'DRAFT')
      .flatMap((from) => orderGraph[from].map((to) => `${from}>${to}`));
    expect(edges.map(([from, to]) => `${from}>${to}`).toSorted()).toEqual(placed.toSorted());
  });

  it('says what an act needs', () => {
    expect(() => requireAct('start', 'READY')).toThrow('An order that is READY cannot be started; it must be QUEUED.');
    expect(() => requireAct('cancel', 'COMPLETED')).toThrow('it must be PENDING or QUEUED or PREPARING');
  });

  it('ORD-13 the queue is what the kitchen works on', () => {
    expect(orderStatuses.filter(isInQueue)).toEqual(['QUEUED', 'PREPARING', 'READY']);
  });

  it('has a word or none in every vocabulary', () => {
    const words = vocabularies.map((vocabulary) => orderStatuses.map((status) => wordFor(status, vocabulary)));
    expect(words).toEqual([
      [null, 'pending', 'in_queue', 'in_progress', 'ready', 'completed', 'cancelled'],
      ['cart', 'Pending', 'Processing', 'Preparing', 'Ready', 'Delivered', null],
      ['draft', null, 'queued', 'preparing', 'ready', 'completed', 'cancelled'],
    ]);
  });
});

describe('who does what with an order', () => {
  const place = { brandId: 'brd_ours', outletId: 'out_cafe' };
  const judge = (who: keyof typeof viewers, act: OrderAct, status: OrderStatus) => {
    const order = { ...place, status, customerId: viewers.eve.id };
    return codeOf(() => {
      if (requireOrderAct(viewers[who], order, { act, reason: 'because' }).isOverride)
        throw Object.assign(new Error(), { code: 'override' });
    });
  };

  // A row is who and act; its columns are the statuses PENDING, QUEUED, PREPARING, READY, COMPLETED, CANCELLED.
  const [ok, no, over, bad] = ['allowed', 'FORBIDDEN', 'override', 'INVALID_STATE'];
  it.each([
    ['waiter', 'accept', [ok, bad, bad, bad, bad, bad]],
    ['waiter', 'start', [bad, no, bad, bad, bad, bad]],
    ['waiter', 'markReady', [bad, bad, no, bad, bad, bad]],
    ['waiter', 'complete', [bad, bad, bad, ok, bad, bad]],
    ['waiter', 'cancel', [ok, ok, no, bad, bad, bad]],
    ['waiter', 'refire', [bad, bad, bad, no, bad, bad]],
    ['chef', 'accept', [no, bad, bad, bad, bad, bad]],
    ['chef', 'start', [bad, ok, bad, bad, bad, bad]],
    ['chef', 'markReady', [bad, bad, ok, bad, bad, bad]],
    ['chef', 'complete', [bad, bad, bad, no, bad, bad]],
    ['chef', 'cancel', [no, no, no, bad, bad, bad]],
    ['manager', 'accept', [ok, bad, bad, bad, bad, bad]],
    ['manager', 'start', [bad, ok, bad, bad, bad, bad]],
    ['manager', 'complete', [bad, bad, bad, ok, bad, bad]],
    ['manager', 'cancel', [ok, ok, over, bad, bad, bad]],
    ['manager', 'refire', [bad, bad, bad, over, bad, bad]],
    ['overrider', 'accept', [over, bad, bad, bad, bad, bad]],
    ['overrider', 'start', [bad, over, bad, bad, bad, bad]],
    ['overrider', 'markReady', [bad, bad, over, bad, bad, bad]],
    ['overrider', 'complete', [bad, bad, bad, over, bad, bad]],
    ['overrider', 'cancel', [over, over, over, bad, bad, bad]],
    ['eve', 'cancel', [ok, no, no, bad, bad, bad]],
    ['eve', 'accept', [no, bad, bad, bad, bad, bad]],
    ['ann', 'cancel', [no, no, no, bad, bad, bad]],
    ['stranger', 'cancel', [no, no, no, bad, bad, bad]],
  ] as const)('ORD-16 %s may %s: %j', (who, act, expected) => {
    const statuses = ['PENDING', 'QUEUED', 'PREPARING', 'READY', 'COMPLETED', 'CANCELLED'] as const;
    expect(statuses.map((status) => judge(who, act, status))).toEqual(expected);
  });

  it('ORD-19 wants a reason for every override', () => {
    const order = { ...place, status: 'PREPARING' as const, customerId: null };
    expect(codeOf(() => requireOrderAct(viewers.manager, order, { act: 'cancel', reason: null }))).toBe(
      'REASON_REQUIRED',
    );
  });
});

describe('the money of an order', () => {
  const line = fc.record({
    quantity: fc.integer({ min: 1, max: 999 }),
    priceMinor: fc.integer({ min: 0, max: 10_000_000_000 }),
  });

  it('LES-08 a total is exactly the sum of its lines, and paid and due are exactly the total', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 100 }), fc.nat(), (wanted, seed) => {
        const offer = (priceMinor: number) => ({
          name: 'Dish',
          isPublished: true,
          offer: { priceMinor, currency: 'INR', remaining: null, isAvailable: true },
        });
        const items = new Map(wanted.map(({ priceMinor }, index) => [String(index), offer(priceMinor)]));
        const priced = priceLines(
          wanted.map(({ quantity }, index) => ({ menuItemId: String(index), quantity })),
          items,
        );
        const totalMinor = orderTotal(priced, 'INR').amountMinor;
        const paidMinor = seed % (totalMinor + 1);
        const order = { status: 'QUEUED' as const, totalMinor, paidMinor, currency: 'INR' };

        const exact = wanted.reduce((sum, { quantity, priceMinor }) => sum + BigInt(quantity) * BigInt(priceMinor), 0n);
        expect(BigInt(totalMinor)).toBe(exact);
        expect(paidMinor + amountDue(order).amountMinor).toBe(totalMinor);
        expect(paymentStateOf(order) === 'PAID').toBe(amountDue(order).amountMinor === 0);
      }),
      { numRuns: 300 },
    );
  });

  it('S26 refuses a total that a number cannot hold exactly', () => {
    const offer = { priceMinor: Number.MAX_SAFE_INTEGER, currency: 'INR', remaining: null, isAvailable: true };
    expect(() =>
      priceLines([{ menuItemId: 'a', quantity: 2 }], new Map([['a', { name: 'A', isPublished: true, offer }]])),
    ).toThrow('too large');
  });

  it.each([
    [100, 0, 'UNPAID'],
    [100, 1, 'PARTIALLY_PAID'],
    [100, 100, 'PAID'],
    [0, 0, 'PAID'],
  ])('of %s with %s paid is %s', (totalMinor, paidMinor, expected) => {
    expect(paymentStateOf({ totalMinor, paidMinor })).toBe(expected);
  });

  it('is not due for a cancelled order', () => {
    expect(amountDue({ status: 'CANCELLED', totalMinor: 100, paidMinor: 0, currency: 'INR' }).amountMinor).toBe(0);
  });
});

describe('the lines of an order', () => {
  const lines = (count: number) => Array.from({ length: count }, () => ({ menuItemId: 'a', quantity: 1 }));
  const offer = { priceMinor: 100, currency: 'INR', remaining: 3, isAvailable: true };

  it.each([[0], [101]])('are not %s', (count) => {
    expect(() => requireLines(lines(count))).toThrow('1 to 100 lines');
  });

  it.each([[0], [-1], [1_000]])('hold no quantity of %s', (quantity) => {
    expect(() => requireLines([{ menuItemId: 'a', quantity }])).toThrow('A quantity is 1 to 999.');
  });

  it.each([
    ['unknown', undefined, 'NOT_FOUND'],
    ['sold out', { name: 'A', isPublished: true, offer: { ...offer, remaining: 0 } }, 'OUT_OF_STOCK'],
    ['taken off', { name: 'A', isPublished: true, offer: { ...offer, isAvailable: false } }, 'OUT_OF_STOCK'],
  ])('cannot hold an item that is %s', (_name, item, code) => {
    expect(codeOf(() => priceLines(lines(1), new Map(item ? [['a', item]] : [])))).toBe(code);
  });

  it.each([
    ['unpublished', { name: 'A', isPublished: false, offer }],
    ['not sold at the outlet', { name: 'A', isPublished: true, offer: null }],
  ])('cannot hold an item that is %s', (_name, item) => {
    expect(() => priceLines(lines(1), new Map([['a', item]]))).toThrow('A is not sold here.');
  });

  it('count the portions of counted items together', () => {
    const counted = [
      ['b', 2, true],
      ['a', 1, true],
      ['b', 3, true],
      ['c', 9, false],
    ] as const;
    const portions = countedPortions(
      counted.map(([menuItemId, quantity, isCounted]) => ({ menuItemId, quantity, isCounted })),
    );
    expect(portions).toEqual([
      { menuItemId: 'b', quantity: 5 },
      { menuItemId: 'a', quantity: 1 },
    ]);
  });

  it('TS-10 tell what is left at the first line that wants it', () => {
    const error = outOfStock({ menuItemId: 'b', remaining: 2 }, [
      { menuItemId: 'a', quantity: 1 },
      { menuItemId: 'b', quantity: 3 },
    ]);
    expect([error.code, error.message, error.field]).toEqual([
      'OUT_OF_STOCK',
      'Only 2 left.',
      ['lines', '1', 'quantity'],
    ]);
  });

  it('have a table only where the guest dines in', () => {
    expect(() => requireTableOnlyToDineIn('PICKUP', 'nod_1', null)).toThrow('DINE_IN');
    expect(() => requireTableOnlyToDineIn('PICKUP', null, null)).not.toThrow();
    expect(() => requireTableOnlyToDineIn('DINE_IN', 'nod_1', 'sea_1')).not.toThrow();
  });
});
