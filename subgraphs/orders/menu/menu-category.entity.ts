import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A heading of a brand's menu. */
@Entity({ tableName: 'menu_category' })
@Index({ properties: ['brandId', 'sortOrder', 'id'] })
export class MenuCategoryEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  /** Lower comes first. */
  @Property({ type: 'integer' })
  sortOrder = 0;

  @Property({ type: 'integer', version: true })
  version = 1;
}
