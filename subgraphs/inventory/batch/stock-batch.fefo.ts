/** Stands for no expiry date; sorts after every day. */
export const neverExpires = '9999-12-31';

/** A batch as the rule sees it; quantities in micro base units. */
export interface FefoBatch {
  readonly id: string;
  readonly expiryKey: string;
  readonly receivedAt: Date;
  readonly quantityMicro: number;
}

/** How much to take from which batch, and what no batch has. */
export interface FefoTakes<Batch> {
  readonly takes: readonly { readonly batch: Batch; readonly quantityMicro: number }[];
  readonly missingMicro: number;
}

/** First expired, first out: by expiry date, then by arrival; what never expires comes last. */
export function takeFefo<Batch extends FefoBatch>(batches: readonly Batch[], neededMicro: number): FefoTakes<Batch> {
  const takes: { batch: Batch; quantityMicro: number }[] = [];
  let missingMicro = neededMicro;
  for (const batch of batches.toSorted(byExpiryThenArrival)) {
    const quantityMicro = Math.min(batch.quantityMicro, missingMicro);
    if (quantityMicro === 0) continue;
    takes.push({ batch, quantityMicro });
    missingMicro -= quantityMicro;
  }
  return { takes, missingMicro };
}

function byExpiryThenArrival(a: FefoBatch, b: FefoBatch): number {
  return compare(a.expiryKey, b.expiryKey) || a.receivedAt.getTime() - b.receivedAt.getTime() || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
