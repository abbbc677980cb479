import { BigIntType } from '@mikro-orm/core';
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What came in at once: one lot with one expiry date. Changes only under the lock of its item's stock level. */
@Entity({ tableName: 'stock_batch' })
@Index({ properties: ['outletId', 'isEmpty', 'expiryKey', 'id'] })
@Index({ properties: ['outletId', 'itemId', 'isEmpty', 'expiryKey', 'id'] })
@Check({ expression: 'quantity_micro >= 0' })
export class StockBatchEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 32 })
  itemId!: string;

  @Property({ type: 'string', length: 60, nullable: true })
  lot: string | null = null;

  /** The last good day, or `neverExpires`, which sorts after every day. */
  @Property({ type: 'string', length: 10 })
  expiryKey!: string;

  @Property({ type: 'string', length: 60, nullable: true })
  location: string | null = null;

  @Property({ type: 'Date', length: 3 })
  receivedAt!: Date;

  /** Micro base units left. */
  @Property({ type: new BigIntType('number') })
  quantityMicro!: number;

  /** Whether nothing is left; so that lists never walk over the past. */
  @Property({ type: 'boolean' })
  isEmpty = false;

  /** Takes so many micro base units out of it. */
  take(micro: number): void {
    this.quantityMicro -= micro;
    this.isEmpty = this.quantityMicro === 0;
  }
}
