import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One thing that happened to a payment. Only ever added to. */
@Entity({ tableName: 'payment_log' })
@Index({ properties: ['paymentId', 'id'] })
export class PaymentLogEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  paymentId!: string;

  @Property({ type: 'string', length: 20 })
  kind!: 'CAPTURED';

  @Property({ type: new BigIntType('number') })
  amountMinor!: number;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  @Property({ type: 'string', length: 12 })
  viewerKind!: string;

  @Property({ type: 'string', length: 32 })
  viewerId!: string;

  @Property({ type: 'Date', length: 3 })
  at!: Date;
}
