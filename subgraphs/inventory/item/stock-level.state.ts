/** How urgent restocking is. */
export const stockStates = ['OK', 'WARNING', 'CRITICAL'] as const;
export type StockState = (typeof stockStates)[number];

/** The levels at which an item runs low, in micro base units. */
export interface Thresholds {
  readonly minimumMicro: number;
  readonly criticalMicro: number;
}

/** CRITICAL at or below the critical level, WARNING at or below the minimum. */
export function stockStateOf(onHandMicro: number, { minimumMicro, criticalMicro }: Thresholds): StockState {
  if (onHandMicro <= criticalMicro) return 'CRITICAL';
  return onHandMicro <= minimumMicro ? 'WARNING' : 'OK';
}
