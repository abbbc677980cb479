import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { stockUnits, type StockUnit } from '../../../platform/domain/quantity.js';
import { Decimal } from '../../../platform/graphql/scalars.js';
import { connectionOf, MoneyInput, Payload } from '../../../platform/graphql/shared-types.js';
import { stockStates } from './stock-level.state.js';

/** Units as an enum of the graph. */
export const StockUnitEnum = Object.fromEntries(stockUnits.map((unit) => [unit, unit]));
registerEnumType(StockUnitEnum, {
  name: 'StockUnit',
  description: 'What stock is counted in; G and KG convert into each other exactly, and so do ML and L.',
  valuesConfig: {
    G: { description: 'Grams.' },
    KG: { description: 'Kilograms.' },
    ML: { description: 'Millilitres.' },
    L: { description: 'Litres.' },
    EACH: { description: 'Pieces.' },
  },
});

/** Stock states as an enum of the graph. */
export const StockStateEnum = Object.fromEntries(stockStates.map((state) => [state, state]));
registerEnumType(StockStateEnum, {
  name: 'StockState',
  description: 'How urgent restocking is.',
  valuesConfig: {
    OK: { description: 'Above the minimum.' },
    WARNING: { description: 'At or below the minimum.' },
    CRITICAL: { description: 'At or below the critical level.' },
  },
});

/** Something kept in stock as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something a brand keeps in stock. Readable with inventory.read in any of its outlets.' })
export class InventoryItem {
  @Field(() => ID, { description: 'Identifier, such as "inv_01J…".' })
  id!: string;

  @Field(() => String, {
    description: 'Stock-keeping unit, unique in the brand whatever its case; at most 64 characters.',
  })
  sku!: string;

  @Field(() => String, { description: 'What it is called; at most 120 characters.' })
  name!: string;

  @Field(() => String, { description: 'What it is grouped under; at most 60 characters.' })
  category!: string;

  @Field(() => StockUnitEnum, { description: 'The unit its quantities are shown in; fixed when the item is made.' })
  unit!: StockUnit;

  @Field(() => Boolean, {
    description: 'Whether guests buy it through a menu item; false for what is explicitly not sold.',
  })
  isSold!: boolean;

  @Field(() => Boolean, { description: 'Whether it is out of use.' })
  isArchived!: boolean;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const InventoryItemConnection = connectionOf('InventoryItem', () => InventoryItem);

/** What createInventoryItem needs. */
@InputType({ description: 'The item to keep in stock.' })
export class CreateInventoryItemInput {
  @Field(() => ID, { description: 'Brand that keeps it.' })
  brandId!: string;

  @Field(() => String, {
    description: 'Stock-keeping unit, unique in the brand whatever its case; at most 64 characters.',
  })
  sku!: string;

  @Field(() => String, { description: 'What it is called; at most 120 characters.' })
  name!: string;

  @Field(() => String, { description: 'What to group it under; at most 60 characters.' })
  category!: string;

  @Field(() => StockUnitEnum, { description: 'The unit its quantities are shown in; cannot be changed later.' })
  unit!: StockUnit;

  @Field(() => MoneyInput, { nullable: true, description: 'What one unit of it costs; not negative.' })
  unitCost?: MoneyInput | null;

  @Field(() => Boolean, {
    description: 'True if guests buy it, to be linked by a recipe; false says explicitly that it is not sold.',
  })
  isSold!: boolean;

  @Field(() => Decimal, { defaultValue: '0', description: 'At or below this, in its unit, its state is WARNING.' })
  minimum!: string;

  @Field(() => Decimal, {
    defaultValue: '0',
    description: 'At or below this, in its unit, its state is CRITICAL; at most the minimum.',
  })
  critical!: string;
}

/** What createInventoryItem answers. */
@ObjectType({ description: 'What came of createInventoryItem.' })
export class CreateInventoryItemPayload extends Payload {
  @Field(() => InventoryItem, { nullable: true, description: 'The new item.' })
  inventoryItem?: InventoryItem | null;
}

/** What updateInventoryItem needs. */
@InputType({ description: 'What to change about an item; what is absent stays as it is.' })
export class UpdateInventoryItemInput {
  @Field(() => ID, { description: 'Which item.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the item is no longer at this version.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'New name; at most 120 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New category; at most 60 characters.' })
  category?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: 'New cost of one unit; not negative.' })
  unitCost?: MoneyInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether guests buy it through a menu item.' })
  isSold?: boolean | null;

  @Field(() => Decimal, { nullable: true, description: 'New level for WARNING, in its unit.' })
  minimum?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'New level for CRITICAL, in its unit; at most the minimum.' })
  critical?: string | null;
}

/** What updateInventoryItem answers. */
@ObjectType({ description: 'What came of updateInventoryItem.' })
export class UpdateInventoryItemPayload extends Payload {
  @Field(() => InventoryItem, { nullable: true, description: 'The item as it is now.' })
  inventoryItem?: InventoryItem | null;
}

/** What archiveInventoryItem needs. */
@InputType({ description: 'The item to take out of use.' })
export class ArchiveInventoryItemInput {
  @Field(() => ID, { description: 'Which item.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse if the item is no longer at this version.' })
  expectedVersion?: number | null;
}

/** What archiveInventoryItem answers. */
@ObjectType({ description: 'What came of archiveInventoryItem.' })
export class ArchiveInventoryItemPayload extends Payload {
  @Field(() => InventoryItem, { nullable: true, description: 'The item as it is now.' })
  inventoryItem?: InventoryItem | null;
}
