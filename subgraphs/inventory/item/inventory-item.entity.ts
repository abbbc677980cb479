import { BigIntType } from '@mikro-orm/core';
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { StockUnit } from '../../../platform/domain/quantity.js';

/** Something a brand keeps in stock. How much there is of it is counted per outlet, in a table of its own. */
@Entity({ tableName: 'inventory_item' })
@Unique({ properties: ['brandId', 'skuKey'] })
@Index({ properties: ['brandId', 'name', 'id'] })
@Check({ expression: 'critical_micro >= 0 and critical_micro <= minimum_micro' })
export class InventoryItemEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 64 })
  sku!: string;

  /** The SKU without differences of case and spelling; unique per brand. */
  @Property({ type: 'string', length: 255 })
  skuKey!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  @Property({ type: 'string', length: 60 })
  category!: string;

  /** The unit it is shown in; quantities are micro base units of the unit's dimension. */
  @Property({ type: 'string', length: 4 })
  unit!: StockUnit;

  /** Minor units of `currency` for one `unit`. */
  @Property({ type: new BigIntType('number'), nullable: true })
  unitCostMinor: number | null = null;

  @Property({ type: 'string', length: 3, nullable: true })
  currency: string | null = null;

  /** Whether guests buy it through a menu item, so that a recipe must use it. */
  @Property({ type: 'boolean' })
  isSold!: boolean;

  @Property({ type: new BigIntType('number') })
  minimumMicro!: number;

  /** At most the minimum, so that what is critical is always low as well. */
  @Property({ type: new BigIntType('number') })
  criticalMicro!: number;

  @Property({ type: 'boolean' })
  isArchived = false;

  @Property({ type: 'integer', version: true })
  version = 1;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;
}
