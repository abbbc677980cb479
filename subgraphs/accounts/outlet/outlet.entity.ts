import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One place of a brand that serves guests. */
@Entity({ tableName: 'outlet' })
export class OutletEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Index()
  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  @Property({ type: 'string', length: 120, nullable: true })
  city: string | null = null;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  @Property({ type: 'string', length: 64 })
  timeZone!: string;

  @Property({ type: 'string', length: 5 })
  cutOff!: string;

  @Property({ type: 'boolean' })
  isActive = true;

  @Property({ type: 'integer', version: true })
  version = 1;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;
}
