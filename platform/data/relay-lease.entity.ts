import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Which process tells the others what this subgraph publishes, and until when it may; one row. */
@Entity({ tableName: 'relay_lease' })
export class RelayLeaseEntity {
  @PrimaryKey({ type: 'integer', autoincrement: false })
  id!: number;

  /** Names one process, no two alike. */
  @Property({ type: 'string', length: 64 })
  holder!: string;

  @Property({ type: 'Date', length: 3 })
  leaseUntil!: Date;
}
