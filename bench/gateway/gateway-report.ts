import { figuresOf, spreadOf, type Figures, type Slice, type Spread } from '../figures.js';

/** A contender's slices, one a round. */
export interface Measured {
  readonly name: string;
  readonly slices: readonly Slice[];
}

/** Where a contender's main thread was, and what a request costs it. */
export interface Profiled {
  readonly name: string;
  readonly cpuMsPerRequest: number;
  /** Milliseconds by area. */
  readonly areas: Readonly<Record<string, number>>;
}

/** Contenders as rows of ratios to the first, with the figures they come from. */
export function ratioRows(measured: readonly Measured[]): string[][] {
  const baseline = measured[0]?.slices ?? [];
  const header = ['', 'requests/s', '', 'CPU a request', '', 'p50 ms', 'p99 ms'];
  const rows = measured.map(({ name, slices }) => {
    const { perSecond, cpuMsPerRequest, p50Ms, p99Ms } = figuresOf(slices);
    const ratio = (figure: (figures: Figures) => number) => spreadText(spreadOf(slices, baseline, figure));
    return [
      name,
      ratio((figures) => figures.perSecond),
      perSecond.toFixed(0),
      ratio((figures) => figures.cpuMsPerRequest),
      `${cpuMsPerRequest.toFixed(2)} ms`,
      p50Ms.toFixed(1),
      p99Ms.toFixed(1),
    ];
  });
  return [header, ...rows];
}

/** Areas as rows and contenders as columns: each area's share of the samples, as milliseconds of the CPU a request costs; the largest first. */
export function profileRows(profiled: readonly Profiled[]): string[][] {
  const columns = profiled.map(({ areas, cpuMsPerRequest }) => {
    const total = Object.values(areas).reduce((sum, ms) => sum + ms, 0);
    return (area: string) => ((areas[area] ?? 0) / total) * cpuMsPerRequest;
  });
  const most = (area: string) => Math.max(...columns.map((msOf) => msOf(area)));
  const names = [...new Set(profiled.flatMap(({ areas }) => Object.keys(areas)))];
  return [
    ['', ...profiled.map(({ name }) => name)],
    ...names
      .toSorted((a, b) => most(b) - most(a))
      .map((area) => [area, ...columns.map((msOf) => msOf(area).toFixed(2))]),
    ['together', ...profiled.map(({ cpuMsPerRequest }) => cpuMsPerRequest.toFixed(2))],
  ];
}

function spreadText({ median, lowest, highest }: Spread): string {
  return `${median.toFixed(2)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`;
}
