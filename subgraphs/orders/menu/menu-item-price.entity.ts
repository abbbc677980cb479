import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** That an outlet sells a menu item, and for how much; without such a row it does not. */
@Entity({ tableName: 'menu_item_price' })
@Index({ properties: ['outletId', 'menuItemId'] })
export class MenuItemPriceEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  menuItemId!: string;

  @PrimaryKey({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: new BigIntType('number') })
  priceMinor!: number;

  /** The outlet's. */
  @Property({ type: 'string', length: 3 })
  currency!: string;
}
