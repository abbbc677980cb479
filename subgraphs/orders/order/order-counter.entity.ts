import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** The last order number an outlet has given out on a business day; its row lock is what makes numbers unique. */
@Entity({ tableName: 'order_counter' })
export class OrderCounterEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  outletId!: string;

  @PrimaryKey({ type: 'string', length: 10 })
  businessDay!: string;

  @Property({ type: 'integer' })
  lastNumber!: number;
}
