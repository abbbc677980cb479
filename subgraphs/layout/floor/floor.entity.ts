import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One floor, room or terrace of an outlet. */
@Entity({ tableName: 'floor' })
@Index({ properties: ['outletId', 'sortOrder', 'id'] })
export class FloorEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 80 })
  name!: string;

  @Property({ type: 'integer' })
  sortOrder!: number;

  @Property({ type: 'integer', version: true })
  version = 1;
}
