import { renderChart } from '../../../platform/documents/chart.js';
import { currencyDigits } from '../../../platform/domain/money.js';
import type { HourSales } from '../summary/summary.rules.js';
import { totalsOf, type DayFigures } from './report.figures.js';
import { scaleText, shortDayText } from './report.text.js';

const SIZE = { width: 720, height: 250 };
const BAR = '#2f6f73';
const LINE = '#d98324';
const INK = '#5b6770';
const GRID = '#e4e8ea';
// More points than this would run into each other.
const MARKED_POINTS = 62;

/** Sales of each step, a day or some days named by the first, as bars and what was paid as a line; as SVG text. */
export function salesOverTimeChart(steps: readonly (readonly DayFigures[])[], currency: string): string {
  const totals = steps.map(totalsOf);
  return draw(
    steps.map(([first]) => (first ? shortDayText(first.businessDay) : '')),
    [
      bars(totals.map(({ salesMinor }) => toMajor(salesMinor, currency))),
      line(totals.map(({ paidMinor }) => toMajor(paidMinor, currency))),
    ],
  );
}

/** Sales of each hour of one day as bars, as SVG text. */
export function salesPerHourChart(hours: readonly HourSales[], currency: string): string {
  return draw(
    hours.map(({ hour }) => `${String(hour).padStart(2, '0')}:00`),
    [bars(hours.map(({ salesMinor }) => toMajor(salesMinor, currency)))],
  );
}

type Series = ReturnType<typeof bars> | ReturnType<typeof line>;

function draw(labels: readonly string[], series: Series[]): string {
  const label = { color: INK, fontSize: 11 };
  return renderChart(
    {
      legend: { show: series.length > 1, top: 0, right: 0, itemWidth: 12, itemHeight: 8, textStyle: label },
      grid: { left: 4, right: 4, top: 30, bottom: 2, containLabel: true },
      xAxis: {
        type: 'category',
        data: [...labels],
        axisTick: { show: false },
        axisLine: { lineStyle: { color: GRID } },
        axisLabel: label,
      },
      yAxis: {
        type: 'value',
        axisLabel: { ...label, formatter: scaleText },
        splitLine: { lineStyle: { color: GRID } },
        splitNumber: 4,
      },
      series,
    },
    SIZE,
  );
}

function bars(data: number[]) {
  return {
    type: 'bar' as const,
    name: 'Sales',
    data,
    barCategoryGap: '35%',
    barMaxWidth: 34,
    itemStyle: { color: BAR, borderRadius: [3, 3, 0, 0] },
  };
}

function line(data: number[]) {
  return {
    type: 'line' as const,
    name: 'Paid',
    data,
    symbolSize: 5,
    showSymbol: data.length <= MARKED_POINTS,
    lineStyle: { color: LINE, width: 2 },
    itemStyle: { color: LINE },
  };
}

// A picture needs no exact amounts; the tables have them.
function toMajor(amountMinor: number, currency: string): number {
  return amountMinor / 10 ** currencyDigits(currency);
}
