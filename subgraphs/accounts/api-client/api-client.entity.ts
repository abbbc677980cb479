import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** A program of a third party that may run the documents it was given, and nothing else. */
@Entity({ tableName: 'api_client' })
export class ApiClientEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Index()
  @Property({ type: 'string', length: 32 })
  brandId!: string;

  /** null means every outlet of the brand. */
  @Property({ type: 'string', length: 32, nullable: true })
  outletId: string | null = null;

  @Property({ type: 'string', length: 120 })
  name!: string;

  /** SHA-256 of the key; the key itself is shown once. */
  @Unique()
  @Property({ type: 'string', length: 64 })
  keyHash!: string;

  /** Ids of the registered documents it may run, such as "sha256:…". */
  @Property({ type: 'json' })
  documentIds!: readonly string[];

  @Property({ type: 'boolean' })
  isActive = true;

  @Property({ type: 'integer', version: true })
  version = 1;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;
}
