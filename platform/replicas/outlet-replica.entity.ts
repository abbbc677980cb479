import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What a subgraph must know of an outlet to decide on its own: whose it is, its currency and when its day begins. */
@Entity({ tableName: 'outlet_replica' })
export class OutletReplicaEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  @Property({ type: 'string', length: 64 })
  timeZone!: string;

  /** Local time at which one business day ends, such as "04:00". */
  @Property({ type: 'string', length: 5 })
  cutOff!: string;

  @Property({ type: 'boolean' })
  isActive!: boolean;

  /** The outlet's version this row was made from; older news is ignored. */
  @Property({ type: 'integer' })
  sourceVersion!: number;
}
