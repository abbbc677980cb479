import { BigIntType, PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * What one quarter of an hour sold on one business day of an outlet. Quarters of UTC and not local hours, because they can be
 * counted before the outlet's zone is known here, and every zone is a whole number of quarters away.
 */
@Entity({ tableName: 'time_sales' })
export class TimeSalesEntity {
  [PrimaryKeyProp]?: ['outletId', 'businessDay', 'startsAt'];

  @PrimaryKey({ type: 'string', length: 32 })
  outletId!: string;

  @PrimaryKey({ type: 'string', length: 10 })
  businessDay!: string;

  /** Start of the quarter as ISO 8601 text in UTC. */
  @PrimaryKey({ type: 'string', length: 24 })
  startsAt!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  /** Completed orders. */
  @Property({ type: 'integer' })
  orders = 0;

  @Property({ type: new BigIntType('number') })
  salesMinor = 0;

  /** Counts a completed order. */
  add(totalMinor: number): void {
    this.orders += 1;
    this.salesMinor += totalMinor;
  }
}
