import { BigIntType } from '@mikro-orm/core';
import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * How much of an item an outlet has: the row that is locked before its stock or batches change.
 * Apart from the item's row, because every sale changes it.
 */
@Entity({ tableName: 'stock_level' })
@Check({ expression: 'on_hand_micro >= 0' })
export class StockLevelEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  outletId!: string;

  @PrimaryKey({ type: 'string', length: 32 })
  itemId!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  /** Micro base units; the sum of its movements and of what its batches have left. */
  @Property({ type: new BigIntType('number') })
  onHandMicro!: number;

  /** How many movements it has had; counted by hand under the row's lock, and what orders movements of one instant. */
  @Property({ type: 'integer' })
  version!: number;
}
