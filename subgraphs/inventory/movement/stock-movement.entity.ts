import { BigIntType } from '@mikro-orm/core';
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** Why stock moved. */
export const movementKinds = ['RECEIVE', 'ADJUST', 'DEDUCT', 'CONSUME', 'SHORTFALL'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** One line of the stock ledger; rows are only ever added. */
@Entity({ tableName: 'stock_movement' })
@Unique({ properties: ['causeId', 'itemId', 'kind', 'batchId'] })
@Index({ properties: ['outletId', 'orderKey', 'id'] })
@Index({ properties: ['outletId', 'itemId', 'orderKey', 'id'] })
@Check({ expression: 'on_hand_after_micro >= 0' })
export class StockMovementEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 32 })
  itemId!: string;

  @Property({ type: 'string', length: 12 })
  kind!: MovementKind;

  /** What it changed on hand by, in micro base units; 0 for a SHORTFALL. On hand is the sum of these. */
  @Property({ type: new BigIntType('number') })
  quantityMicro!: number;

  /** What was sold but not there, in micro base units; 0 but for a SHORTFALL. */
  @Property({ type: new BigIntType('number') })
  missingMicro!: number;

  @Property({ type: new BigIntType('number') })
  onHandAfterMicro!: number;

  /** The batch it went into or came out of; empty for a SHORTFALL, since nulls would not be unique. */
  @Property({ type: 'string', length: 32 })
  batchId!: string;

  @Property({ type: 'string', length: 500, nullable: true })
  reason: string | null = null;

  /** The one thing that caused it: the order, or the change a client asked for. */
  @Property({ type: 'string', length: 32 })
  causeId!: string;

  @Property({ type: 'Date', length: 3 })
  at!: Date;

  /** Its instant and its number among the item's movements, as text that sorts. */
  @Property({ type: 'string', length: 40 })
  orderKey!: string;

  @Property({ type: 'string', length: 12 })
  byKind!: string;

  @Property({ type: 'string', length: 32 })
  byId!: string;
}
