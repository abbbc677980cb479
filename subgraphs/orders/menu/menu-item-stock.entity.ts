import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** How many portions of a menu item an outlet can still sell. A table of its own, because every order changes it. */
@Entity({ tableName: 'menu_item_stock' })
export class MenuItemStockEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  menuItemId!: string;

  @PrimaryKey({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  /** Counted down by orders; null is unlimited. */
  @Property({ type: 'integer', nullable: true })
  remaining: number | null = null;

  /** Off when the kitchen has taken it from the menu for now. */
  @Property({ type: 'boolean' })
  isAvailable = true;

  // Raised by hand: orders change the row by expression, without reading it.
  @Property({ type: 'integer' })
  version = 1;
}
