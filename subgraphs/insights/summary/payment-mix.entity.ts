import { BigIntType, PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What was paid by one method on one business day of an outlet. */
@Entity({ tableName: 'payment_mix' })
export class PaymentMixEntity {
  [PrimaryKeyProp]?: ['outletId', 'businessDay', 'method'];

  @PrimaryKey({ type: 'string', length: 32 })
  outletId!: string;

  @PrimaryKey({ type: 'string', length: 10 })
  businessDay!: string;

  /** Such as CASH; the methods are those of the subgraph that takes payments. */
  @PrimaryKey({ type: 'string', length: 40 })
  method!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: new BigIntType('number') })
  amountMinor = 0;

  /** How many payments. */
  @Property({ type: 'integer' })
  count = 0;

  /** Counts a captured payment. */
  add(amountMinor: number): void {
    this.amountMinor += amountMinor;
    this.count += 1;
  }
}
