import { DateTime } from 'luxon';
import type { PdfRequest } from '../../../platform/documents/pdf-renderer.js';
import type { Money } from '../../../platform/domain/money.js';
import type { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import type { ItemTotal } from '../summary/summary.queries.js';
import { averageOf, type HourSales } from '../summary/summary.rules.js';
import { salesOverTimeChart, salesPerHourChart } from './report.chart.js';
import { paidOn, paymentMixOf, totalsOf, type DayFigures, type Totals } from './report.figures.js';
import type { DayRange } from './report.range.js';
import { salesReportTemplate } from './report.template.js';
import { amountText, countText, dayText, rangeText } from './report.text.js';

const LONGEST_DAILY_CHART = 92;
const A_WEEK = 7;

/** Everything the pages of a sales report show. */
export interface SalesDocument {
  readonly outlet: Pick<OutletReplicaEntity, 'name' | 'currency' | 'timeZone' | 'cutOff'>;
  readonly range: DayRange;
  readonly days: readonly DayFigures[];
  readonly topItems: readonly ItemTotal[];
  /** The hours of the day; for a report of one. */
  readonly hours: readonly HourSales[] | null;
  readonly madeAt: Date;
}

/** What the renderer needs to set a sales report. */
export function salesReportRequest(document: SalesDocument): PdfRequest {
  const { outlet, days, hours } = document;
  const chart = hours
    ? salesPerHourChart(hours, outlet.currency)
    : salesOverTimeChart(chartSteps(days), outlet.currency);
  return { template: salesReportTemplate, data: salesReportData(document), images: { 'sales.svg': chart } };
}

/** Every word on the pages, ready to print. */
export function salesReportData(document: SalesDocument) {
  const { outlet, range, days, topItems, madeAt } = document;
  const totals = totalsOf(days);
  const amount = (amountMinor: number) => amountText({ amountMinor, currency: outlet.currency });
  const period = rangeText(range);
  return {
    title: `Sales report · ${outlet.name} · ${period}`,
    summary: `Sales ${amount(totals.salesMinor)}, paid ${amount(totals.paidMinor)}.`,
    kind: 'Sales report',
    outlet: outlet.name,
    range: period,
    place: [outlet.currency, outlet.timeZone, `Days end at ${outlet.cutOff}`],
    made: `Made on ${DateTime.fromJSDate(madeAt, { zone: outlet.timeZone }).toFormat("d MMM yyyy 'at' HH:mm (ZZ)")}`,
    figures: keyFigures(totals, outlet.currency),
    chart: chartWords(document),
    days: { ...dayTable(days, amount), total: totalCells(totals, amount) },
    payments: { ...paymentRows(days, amount), total: { label: 'Total paid', amount: amount(totals.paidMinor) } },
    items: itemRows(topItems, amount),
    notes: [
      'Sales: totals of completed orders, on the business day of the order. Paid: payments captured, on the business day of the payment.',
      `A business day runs from ${outlet.cutOff} to ${outlet.cutOff} of the next calendar day in ${outlet.timeZone}.`,
    ],
  };
}

// A bar a day is too thin to see for more than three months.
function hasWeeks(days: readonly DayFigures[]): boolean {
  return days.length > LONGEST_DAILY_CHART;
}

function chartSteps(days: readonly DayFigures[]): DayFigures[][] {
  const length = hasWeeks(days) ? A_WEEK : 1;
  return Array.from({ length: Math.ceil(days.length / length) }, (_, index) =>
    days.slice(index * length, (index + 1) * length),
  );
}

function chartWords({ days, hours, range }: SalesDocument) {
  const period = rangeText(range);
  if (hours) return { title: 'Sales by hour', alt: `Bars of the sales of each hour of ${period}.` };
  const step = hasWeeks(days) ? 'week' : 'business day';
  return { title: `Sales by ${step}`, alt: `Bars of the sales and a line of the payments of each ${step}, ${period}.` };
}

type AmountText = (amountMinor: number) => string;

function keyFigures({ salesMinor, paidMinor, orders, covers }: Totals, currency: string) {
  const average = averageOf(salesMinor, { orders, currency });
  const amount = (label: string, value: Money | null) => ({
    label,
    value: value ? amountText(value) : '–',
    isAmount: true,
    isTotal: false,
  });
  const count = (label: string, value: number) => ({ label, value: countText(value), isAmount: false, isTotal: false });
  return [
    { ...amount('Paid', { amountMinor: paidMinor, currency }), isTotal: true },
    amount('Sales', { amountMinor: salesMinor, currency }),
    amount('Average order', average),
    count('Orders', orders),
    count('Guests', covers),
  ];
}

function dayTable(days: readonly DayFigures[], amount: AmountText) {
  const rows = days.map((day) => ({
    cells: [
      dayText(day.businessDay),
      countText(day.orders),
      countText(day.covers),
      amount(day.salesMinor),
      amount(paidOn(day)),
    ],
    isQuiet: day.orders === 0 && paidOn(day) === 0,
  }));
  return { title: 'Business days', header: ['Business day', 'Orders', 'Guests', 'Sales', 'Paid'], rows };
}

function totalCells({ orders, covers, salesMinor, paidMinor }: Totals, amount: AmountText): string[] {
  return ['Total', countText(orders), countText(covers), amount(salesMinor), amount(paidMinor)];
}

function paymentRows(days: readonly DayFigures[], amount: AmountText) {
  const mix = paymentMixOf(days);
  const largest = Math.max(1, ...mix.map(({ amountMinor }) => amountMinor));
  const rows = mix.map(({ method, amountMinor, count }) => ({
    name: methodText(method),
    amount: amount(amountMinor),
    note: count === 1 ? '1 payment' : `${countText(count)} payments`,
    share: Math.max(0, amountMinor) / largest,
  }));
  return { title: 'Payments by method', none: 'No payments.', rows };
}

function itemRows(items: readonly ItemTotal[], amount: AmountText) {
  const largest = Math.max(1, ...items.map(({ salesMinor }) => salesMinor));
  const rows = items.map(({ name, quantity, salesMinor }, index) => ({
    rank: String(index + 1),
    name,
    quantity: `× ${countText(quantity)}`,
    amount: amount(salesMinor),
    share: Math.max(0, salesMinor) / largest,
  }));
  return { title: 'Best-selling items', none: 'Nothing was sold.', rows };
}

// CASH_ON_DELIVERY is for programs; what is as short as UPI is an abbreviation.
function methodText(method: string): string {
  if (method.length < 4) return method;
  const words = method.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
