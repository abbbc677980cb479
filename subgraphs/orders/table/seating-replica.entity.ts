import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What is known here of a party at a table. */
@Entity({ tableName: 'seating_replica' })
export class SeatingReplicaEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 32 })
  serviceNodeId!: string;

  @Property({ type: 'integer' })
  covers!: number;

  @Property({ type: 'boolean' })
  isOpen!: boolean;

  /** The seating's version this row was made from; older news is ignored. */
  @Property({ type: 'integer' })
  sourceVersion!: number;
}
