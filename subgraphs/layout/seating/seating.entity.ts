import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** A party at a table, from being seated until the table is released. */
@Entity({ tableName: 'seating' })
@Index({ properties: ['serviceNodeId', 'seatedAt'] })
export class SeatingEntity {
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

  @Property({ type: 'Date', length: 3 })
  seatedAt!: Date;

  @Property({ type: 'Date', length: 3, nullable: true })
  releasedAt: Date | null = null;

  /** Who seated the party; empty for the product itself. */
  @Property({ type: 'string', length: 32 })
  seatedById!: string;

  /** The table's id while the party is there: unique, so that two parties never sit at one table. */
  @Unique()
  @Property({ type: 'string', length: 32, nullable: true })
  openKey: string | null = null;

  @Property({ type: 'integer', version: true })
  version = 1;

  /** Ends the seating and frees its table. */
  release(at: Date): void {
    this.releasedAt = at;
    this.openKey = null;
  }
}
