import { addDays, businessDayBounds, businessDayOf, type DayRule } from '../../platform/domain/business-day.js';
import { plusMs } from '../../platform/process/clock.js';
import { demandOn } from './demand.js';
import type { Country } from './holidays.js';
import type { Random } from './random.js';

/** A dish as history needs it: what it costs here and how often it is ordered. */
export interface HistoryDish {
  readonly menuItemId: string;
  readonly name: string;
  readonly category: string;
  readonly priceMinor: number;
  readonly weight: number;
}

/** One order of the past. */
export interface PastOrder {
  readonly businessDay: string;
  readonly number: number;
  readonly placedAt: Date;
  readonly completedAt: Date;
  readonly covers: number;
  readonly tableIndex: number;
  readonly isCancelled: boolean;
  readonly lines: readonly { readonly dish: HistoryDish; readonly quantity: number }[];
}

/** What the past of one outlet is made from. */
export interface HistoryPlan {
  readonly now: Date;
  readonly days: number;
  readonly rule: DayRule;
  readonly country: Country;
  /** On an average day of now. */
  readonly ordersPerDay: number;
  readonly dishes: readonly HistoryDish[];
  readonly tables: number;
}

// Share of a day's guests by local hour: lunch and, larger, dinner.
const hourShare: readonly (readonly [hour: number, share: number])[] = [
  [9, 2],
  [10, 3],
  [11, 4],
  [12, 10],
  [13, 12],
  [14, 6],
  [15, 3],
  [16, 4],
  [17, 5],
  [18, 8],
  [19, 14],
  [20, 15],
  [21, 10],
  [22, 4],
];
const MINUTE = 60_000;
const cancelledShare = 0.02;

/** The orders of the business days before today, oldest first: with weekdays, holidays, growth, lunch and dinner; the same for the same random source. */
export function pastOrders(plan: HistoryPlan, random: Random): PastOrder[] {
  const today = businessDayOf(plan.now, plan.rule);
  return Array.from({ length: plan.days }, (_, index) => plan.days - index).flatMap((daysAgo) => {
    const day = addDays(today, -daysAgo);
    const expected = plan.ordersPerDay * demandOn(day, { daysAgo, country: plan.country });
    return ordersOfDay(day, { expected, plan, random });
  });
}

function ordersOfDay(
  day: string,
  { expected, plan, random }: { expected: number; plan: HistoryPlan; random: Random },
): PastOrder[] {
  const count = Math.round(expected * (0.88 + random.next() * 0.24));
  const midnight = businessDayBounds(day, { ...plan.rule, cutOff: '00:00' }).from;
  const times = Array.from({ length: count }, () => {
    const [hour] = random.pickWeighted(hourShare, ([, weight]) => weight);
    return plusMs(midnight, hour * 60 * MINUTE + random.between(0, 3_599) * 1_000);
  });
  return times
    .toSorted((a, b) => a.getTime() - b.getTime())
    .map((placedAt, index) => orderAt(placedAt, { day, number: index + 1, plan, random }));
}

function orderAt(
  placedAt: Date,
  { day, number, plan, random }: { day: string; number: number; plan: HistoryPlan; random: Random },
): PastOrder {
  const covers = random.pickWeighted([1, 2, 3, 4, 5, 6], (size) => [2, 9, 4, 6, 1, 2][size - 1] ?? 1);
  return {
    businessDay: day,
    number,
    placedAt,
    completedAt: plusMs(placedAt, random.between(28, 75) * MINUTE),
    covers,
    tableIndex: random.between(0, plan.tables - 1),
    isCancelled: random.next() < cancelledShare,
    lines: chooseLines(covers, plan.dishes, random),
  };
}

// About one main, one drink and half a side dish a person; the same dish chosen twice becomes one line.
function chooseLines(covers: number, dishes: readonly HistoryDish[], random: Random): PastOrder['lines'] {
  const chosen = new Map<HistoryDish, number>();
  const add = (candidates: readonly HistoryDish[]) => {
    const dish = random.pickWeighted(candidates, ({ weight }) => weight);
    chosen.set(dish, (chosen.get(dish) ?? 0) + 1);
  };
  const drinks = dishes.filter(({ category }) => category === 'Drinks');
  const mains = dishes.filter(({ category }) => category === 'Mains' || category === 'Rice and breads');
  const extras = dishes.filter(({ category }) => category === 'Starters' || category === 'Desserts');
  for (let guest = 0; guest < covers; guest += 1) {
    add(mains);
    if (random.next() < 0.85) add(drinks);
    if (random.next() < 0.4) add(extras);
  }
  return [...chosen].map(([dish, quantity]) => ({ dish, quantity }));
}

/** What an order of the past came to. */
export function orderTotalMinor({ lines }: PastOrder): number {
  return lines.reduce((sum, { dish, quantity }) => sum + dish.priceMinor * quantity, 0);
}
