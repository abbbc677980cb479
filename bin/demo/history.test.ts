import { businessDayOf } from '../../platform/domain/business-day.js';
import { instant } from '../../platform/process/clock.js';
import { demoDishes } from './menu.js';
import { orderTotalMinor, pastOrders, type HistoryPlan } from './history.js';
import { createRandom } from './random.js';

const plan: HistoryPlan = {
  now: instant('2026-03-30T12:00:00.000Z'),
  days: 21,
  rule: { timeZone: 'Europe/Lisbon', cutOff: '03:00' },
  ordersPerDay: 40,
  tables: 12,
  dishes: demoDishes.map((dish, index) => ({ ...dish, menuItemId: `itm_${index}`, priceMinor: dish.price * 100 })),
};

describe('the demo past', () => {
  const orders = pastOrders(plan, createRandom(7));

  it('X-21 is the same for the same seed and another for another', () => {
    expect(pastOrders(plan, createRandom(7))).toEqual(orders);
    expect(pastOrders(plan, createRandom(8))).not.toEqual(orders);
  });

  it('ends yesterday and puts every order on the business day of its instant, across a change of clocks', () => {
    expect(new Set(orders.map(({ businessDay }) => businessDay)).size).toBe(21);
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

  it('has dishes on every order, none twice', () => {
    expect(
      orders.every(({ lines }) => lines.length > 0 && new Set(lines.map(({ dish }) => dish)).size === lines.length),
    ).toBe(true);
  });
});
