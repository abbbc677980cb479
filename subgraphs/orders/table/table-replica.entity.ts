import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What is known here of a place on the floor: enough to take an order for it. */
@Entity({ tableName: 'table_replica' })
export class TableReplicaEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 120 })
  label!: string;

  @Property({ type: 'boolean' })
  isRemoved!: boolean;

  /** The node's version this row was made from; older news is ignored. */
  @Property({ type: 'integer' })
  sourceVersion!: number;

  /** Who sits there now; null when nobody does. */
  @Property({ type: 'string', length: 32, nullable: true })
  currentSeatingId: string | null = null;
}
