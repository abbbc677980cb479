import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What must be known of a menu item to keep its recipe: whose it is and its name. */
@Entity({ tableName: 'menu_item_replica' })
export class MenuItemReplicaEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  /** The menu item's version this row was made from; older news is ignored. */
  @Property({ type: 'integer' })
  sourceVersion!: number;
}
