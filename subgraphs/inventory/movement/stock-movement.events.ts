import type { Aggregate, DomainEvent } from '../../../platform/data/outbox.js';
import type { StockLevelEntity } from '../item/stock-level.entity.js';
import type { MovementLine } from './stock-movement.ledger.js';

/** What an outlet has of an item changed by one cause; the lines are one item's and not empty. */
export function stockMoved(level: StockLevelEntity, lines: readonly MovementLine[]): DomainEvent<'stock.moved'> {
  const quantityMicro = lines.reduce((sum, line) => sum + line.quantityMicro, 0);
  const { kind = '', causeId = '', reason = null } = lines[0] ?? {};
  return {
    type: 'stock.moved',
    aggregate: aggregateOf(level),
    payload: { kind, quantityMicro, onHandMicro: level.onHandMicro, causeId },
    ...(reason === null ? {} : { reason }),
  };
}

/** More of an item was sold than an outlet had. */
export function stockRanShort(
  level: StockLevelEntity,
  missingMicro: number,
  orderId: string,
): DomainEvent<'stock.ran-short'> {
  return { type: 'stock.ran-short', aggregate: aggregateOf(level), payload: { missingMicro, orderId } };
}

// The item at the outlet; its movements are what counts its versions.
function aggregateOf({ itemId, brandId, outletId, version }: StockLevelEntity): Aggregate {
  return { id: itemId, brandId, outletId, version };
}
