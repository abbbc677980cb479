import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A tenant: one company and everything it owns. */
@Entity({ tableName: 'brand' })
export class BrandEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  @Property({ type: 'boolean' })
  isActive = true;

  @Property({ type: 'integer', version: true })
  version = 1;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;
}
