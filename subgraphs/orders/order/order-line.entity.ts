import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One dish of an order, at the name and price it had then. */
@Entity({ tableName: 'order_line' })
@Index({ properties: ['orderId', 'position'] })
@Index({ properties: ['outletId', 'nameKey', 'orderId'] })
export class OrderLineEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  orderId!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 32 })
  menuItemId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  /** The name as it is searched by, whatever its case. */
  @Property({ type: 'string', length: 240 })
  nameKey!: string;

  @Property({ type: 'integer' })
  quantity!: number;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  @Property({ type: new BigIntType('number') })
  unitPriceMinor!: number;

  @Property({ type: new BigIntType('number') })
  totalMinor!: number;

  @Property({ type: 'string', length: 200, nullable: true })
  note: string | null = null;

  /** Its place on the order, from 0. */
  @Property({ type: 'integer' })
  position!: number;

  /** Whether its portions were counted down, and so go back when the order is cancelled. */
  @Property({ type: 'boolean' })
  isCounted = false;
}
