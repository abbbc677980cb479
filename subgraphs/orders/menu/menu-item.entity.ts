import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Diet } from './menu.rules.js';

/** A dish or drink a brand sells; where and for how much is told by its prices. */
@Entity({ tableName: 'menu_item' })
@Index({ properties: ['brandId', 'nameKey', 'id'] })
@Index({ properties: ['categoryId'] })
export class MenuItemEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  categoryId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  /** The name as it is searched and sorted by, whatever its case. */
  @Property({ type: 'string', length: 240 })
  nameKey!: string;

  @Property({ type: 'string', length: 500, nullable: true })
  description: string | null = null;

  @Property({ type: 'boolean' })
  isPublished = true;

  @Property({ type: 'json' })
  diets: readonly Diet[] = [];

  @Property({ type: 'string', length: 500, nullable: true })
  imageUrl: string | null = null;

  // Raised by hand under the row's lock, because a new price is a new version too.
  @Property({ type: 'integer' })
  version = 1;
}
