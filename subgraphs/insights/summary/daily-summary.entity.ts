import { BigIntType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** One business day of one outlet in figures; amounts are minor units of the outlet's currency, which never changes. */
@Entity({ tableName: 'daily_summary' })
@Unique({ properties: ['outletId', 'businessDay'] })
export class DailySummaryEntity {
  /** Follows from outlet and day, so that a day has its id before anything has happened on it. */
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 10 })
  businessDay!: string;

  @Property({ type: 'integer' })
  ordersPlaced = 0;

  @Property({ type: 'integer' })
  ordersCompleted = 0;

  @Property({ type: 'integer' })
  ordersCancelled = 0;

  /** Guests of completed orders. */
  @Property({ type: 'integer' })
  covers = 0;

  /** Totals of completed orders, on the business day of the order. */
  @Property({ type: new BigIntType('number') })
  salesMinor = 0;

  /** Captured payments, on the business day of the payment. */
  @Property({ type: new BigIntType('number') })
  paidMinor = 0;

  @Property({ type: 'integer', version: true })
  version = 1;

  /** Counts a completed order. */
  complete(order: { readonly totalMinor: number; readonly covers: number }): void {
    this.ordersCompleted += 1;
    this.covers += order.covers;
    this.salesMinor += order.totalMinor;
  }
}
