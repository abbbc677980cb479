import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { StockUnit } from '../../../platform/domain/quantity.js';
import { Decimal, LocalDate } from '../../../platform/graphql/scalars.js';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { InventoryItem, StockUnitEnum } from '../item/inventory-item.graphql.js';
import { movementKinds, type MovementKind } from './stock-movement.entity.js';

/** Movement kinds as an enum of the graph. */
export const MovementKindEnum = Object.fromEntries(movementKinds.map((kind) => [kind, kind]));
registerEnumType(MovementKindEnum, {
  name: 'StockMovementKind',
  description: 'Why stock moved.',
  valuesConfig: {
    RECEIVE: { description: 'A delivery came in.' },
    ADJUST: { description: 'A count differed from the books.' },
    DEDUCT: { description: 'Somebody took it out.' },
    CONSUME: { description: 'An order was fired whose recipes use it.' },
    SHORTFALL: { description: 'An order was fired that needed more than there was; on hand did not change.' },
  },
});

const Direction = { INCREASE: 'INCREASE', DECREASE: 'DECREASE' } as const;
registerEnumType(Direction, {
  name: 'StockAdjustmentDirection',
  description: 'Which way a count differed from the books.',
  valuesConfig: {
    INCREASE: { description: 'There is more than the books say.' },
    DECREASE: { description: 'There is less than the books say.' },
  },
});

/** One line of the ledger as clients see it. */
@ObjectType({ description: 'One line of the stock ledger; never changed. Readable with inventory.read at its outlet.' })
export class StockMovement {
  @Field(() => ID, { description: 'Identifier, such as "mov_01J…".' })
  id!: string;

  @Field(() => MovementKindEnum, { description: 'Why it moved.' })
  kind!: MovementKind;

  @Field(() => String, { nullable: true, description: 'The reason people gave; at most 500 characters.' })
  reason!: string | null;

  @Field(() => Date, { description: 'When it moved.' })
  at!: Date;
}

export const StockMovementConnection = connectionOf('StockMovement', () => StockMovement);

/** What every input of stock says. */
@InputType()
abstract class StockInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => ID, { description: 'At which outlet.' })
  outletId!: string;

  @Field(() => Decimal, { description: 'How much, above zero.' })
  quantity!: string;

  @Field(() => StockUnitEnum, { description: "The quantity's unit; it must convert into the item's." })
  unit!: StockUnit;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a repeated request have one effect; needed here or as the Idempotency-Key header.',
  })
  idempotencyKey?: string | null;
}

/** What every payload of stock carries. */
@ObjectType()
abstract class StockPayload extends Payload {
  @Field(() => InventoryItem, { nullable: true, description: 'The item.' })
  inventoryItem?: InventoryItem | null;

  @Field(() => [StockMovement], { nullable: true, description: 'What moved: one movement for each batch.' })
  movements?: StockMovement[] | null;
}

/** What receiveStock needs. */
@InputType({ description: 'A delivery to add.' })
export class ReceiveStockInput extends StockInput {
  @Field(() => String, { nullable: true, description: "The supplier's lot; at most 60 characters." })
  lot?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Its last good day; absent if it does not expire.' })
  expiresOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Where it is kept; at most 60 characters.' })
  location?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, such as the delivery note; at most 500 characters.' })
  reason?: string | null;
}

/** What receiveStock answers. */
@ObjectType({ description: 'What came of receiveStock.' })
export class ReceiveStockPayload extends StockPayload {}

/** What adjustStock needs. */
@InputType({ description: 'A counted difference to book.' })
export class AdjustStockInput extends StockInput {
  @Field(() => Direction, { description: 'Which way the count differed.' })
  direction!: 'INCREASE' | 'DECREASE';

  @Field(() => String, { description: 'Why; 1 to 500 characters.' })
  reason!: string;
}

/** What adjustStock answers. */
@ObjectType({ description: 'What came of adjustStock.' })
export class AdjustStockPayload extends StockPayload {}

/** What deductStock needs. */
@InputType({ description: 'Stock to take out.' })
export class DeductStockInput extends StockInput {
  @Field(() => String, { description: 'Why; 1 to 500 characters.' })
  reason!: string;
}

/** What deductStock answers. */
@ObjectType({ description: 'What came of deductStock.' })
export class DeductStockPayload extends StockPayload {}

/** What stockLevelChanged sends. */
@ObjectType({ description: 'What an outlet has of an item changed.' })
export class StockLevelEvent {
  @Field(() => String, { description: 'Where to continue after this event: send it as `since`.' })
  cursor!: string;
}
