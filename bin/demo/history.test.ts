import { addDays, businessDayOf, daysBetween } from '../../platform/domain/business-day.js';
import { instant } from '../../platform/process/clock.js';
import { demoDishes } from './menu.js';
import { orderTotalMinor, pastOrders, type HistoryPlan } from './history.js';
import { createRandom } from './random.js';

const plan: HistoryPlan = {
  now: instant('2026-03-30T12:00:00.000Z'),
  days: 120,
  country: 'PT',
  rule: { timeZone: 'Europe/Lisbon', cutOff: '03:00' },
  ordersPerDay: 40,
  tables: 12,
  dishes: demoDishes.map((dish, index) => ({ ...dish, menuItemId: `itm_${index}`, priceMinor: dish.price * 100 })),
};

describe('the demo past', () => {
  const orders = pastOrders(plan, createRandom(7));
  const ordersOn = (day: string) => orders.filter(({ businessDay }) => businessDay === day).length;
  const ordersBetween = (first: string, last: string) =>
    orders.filter(({ businessDay }) => first <= businessDay && businessDay <= last).length;

  it('X-21 is the same for the same seed and another for another', () => {
    expect(pastOrders(plan, createRandom(7))).toEqual(orders);
    expect(pastOrders(plan, createRandom(8))).not.toEqual(orders);
  });

  it('ends yesterday and puts every order on the business day of its instant, across a change of clocks', () => {
    expect(orders[0]?.businessDay).toBe('2025-11-30');
    expect(orders.at(-1)?.businessDay).toBe('2026-03-29');
    expect(orders.filter((order) => businessDayOf(order.placedAt, plan.rule) !== order.businessDay)).toEqual([]);
  });

  it('numbers the orders of a day from 1 in order of time', () => {
    const day = orders.filter(({ businessDay }) => businessDay === '2026-03-20');
    expect(day.map(({ number }) => number)).toEqual(day.map((_order, index) => index + 1));
    expect(day.toSorted((a, b) => a.placedAt.getTime() - b.placedAt.getTime())).toEqual(day);
  });

  it('has the rhythm of a week: Saturdays sell more than Mondays', () => {
    const soldOn = (weekday: number) =>
      orders
        .filter(({ placedAt }) => placedAt.getUTCDay() === weekday)
        .reduce((sum, order) => sum + orderTotalMinor(order), 0);
    expect(soldOn(6)).toBeGreaterThan(soldOn(1) * 1.2);
  });

  it('rests on the days of rest and on no other', () => {
    const days = new Set(orders.map(({ businessDay }) => businessDay));

    expect(daysBetween('2025-11-30', '2026-03-29').filter((day) => !days.has(day))).toEqual([
      '2025-12-25',
      '2026-01-01',
    ]);
  });

  it('sells more on a public holiday than on the same weekday of other weeks', () => {
    for (const holiday of ['2025-12-08', '2025-12-01'])
      for (const days of [14, 21]) expect(ordersOn(holiday)).toBeGreaterThan(ordersOn(addDays(holiday, days)));
  });

  it('grows: the last four weeks sell more than four weeks at the start', () => {
    const growth = ordersBetween('2026-03-02', '2026-03-29') / ordersBetween('2026-01-05', '2026-02-01');

    expect(growth).toBeGreaterThan(1.01);
    expect(growth).toBeLessThan(1.08);
  });

  it('has dishes on every order, none twice', () => {
    expect(
      orders.every(({ lines }) => lines.length > 0 && new Set(lines.map(({ dish }) => dish)).size === lines.length),
    ).toBe(true);
  });
});
