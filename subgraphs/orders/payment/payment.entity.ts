import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Money taken for an order. */
@Entity({ tableName: 'payment' })
@Index({ properties: ['orderId', 'id'] })
@Index({ properties: ['outletId', 'id'] })
@Index({ properties: ['outletId', 'businessDay', 'id'] })
export class PaymentEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 32 })
  orderId!: string;

  /** The guest of the order, who may see the payment too. */
  @Property({ type: 'string', length: 32, nullable: true })
  customerId: string | null = null;

  @Property({ type: 'string', length: 20 })
  method!: 'CASH';

  @Property({ type: new BigIntType('number') })
  amountMinor!: number;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  @Property({ type: 'string', length: 20 })
  status!: 'CAPTURED';

  @Property({ type: 'Date', length: 3 })
  capturedAt!: Date;

  /** The person who took it; null when it was a program. */
  @Property({ type: 'string', length: 32, nullable: true })
  takenById: string | null = null;

  /** The outlet's day on which it was captured, which may be later than the order's. */
  @Property({ type: 'string', length: 10 })
  businessDay!: string;

  @Property({ type: 'integer' })
  version = 1;
}
