import { newId } from '../../../platform/domain/id.js';
import { takeFefo, type FefoBatch } from '../batch/stock-batch.fefo.js';
import type { MovementKind } from './stock-movement.entity.js';

/** What made stock move, when and by whom. */
export interface Cause {
  readonly id: string;
  readonly kind: MovementKind;
  readonly reason: string | null;
  readonly at: Date;
  readonly byKind: string;
  readonly byId: string;
}

/** A locked stock level. */
interface Level {
  readonly brandId: string;
  readonly outletId: string;
  readonly itemId: string;
  onHandMicro: number;
  version: number;
}

/** A batch that can be taken from, under the lock of its level. */
interface TakeableBatch extends FefoBatch {
  take(micro: number): void;
}

/** A line to add to the ledger. */
export type MovementLine = ReturnType<typeof line>;

/** Counts what came in with a new batch. */
export function putIn(
  level: Level,
  batch: { readonly id: string; readonly quantityMicro: number },
  cause: Cause,
): MovementLine {
  return line(level, { quantityMicro: batch.quantityMicro, missingMicro: 0, batchId: batch.id }, cause);
}

/** Takes micro base units out of batches, first expired first; returns a line per batch and what no batch had. */
export function takeOut(
  { level, batches }: { readonly level: Level; readonly batches: readonly TakeableBatch[] },
  neededMicro: number,
  cause: Cause,
): { lines: MovementLine[]; missingMicro: number } {
  const { takes, missingMicro } = takeFefo(batches, neededMicro);
  const lines = takes.map(({ batch, quantityMicro }) => {
    batch.take(quantityMicro);
    return line(level, { quantityMicro: -quantityMicro, missingMicro: 0, batchId: batch.id }, cause);
  });
  return { lines, missingMicro };
}

/** Notes what was sold but not there; on hand stays as it is. */
export function noteShortfall(level: Level, missingMicro: number, cause: Cause): MovementLine {
  return line(level, { quantityMicro: 0, missingMicro, batchId: '' }, { ...cause, kind: 'SHORTFALL' });
}

interface Move {
  readonly quantityMicro: number;
  readonly missingMicro: number;
  readonly batchId: string;
}

function line(level: Level, move: Move, { id: causeId, ...cause }: Cause) {
  level.onHandMicro += move.quantityMicro;
  level.version += 1;
  const { brandId, outletId, itemId, onHandMicro, version } = level;
  const orderKey = `${cause.at.toISOString()}#${String(version).padStart(10, '0')}`;
  return {
    ...cause,
    ...move,
    id: newId('mov'),
    brandId,
    outletId,
    itemId,
    causeId,
    orderKey,
    onHandAfterMicro: onHandMicro,
  };
}
