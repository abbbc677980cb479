import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { FulfilmentTypes, OrderChannels } from './order-enums.graphql.js';
import { OrderTicket } from './order.graphql.js';
import type { FulfilmentType, OrderChannel } from './order.rules.js';

/** One thing a guest wants. */
@InputType({ description: 'One thing a guest wants.' })
export class OrderLineInput {
  @Field(() => ID, { description: 'The menu item; it costs what the outlet sells it for.' })
  menuItemId!: string;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  quantity!: number;

  @Field(() => String, { nullable: true, description: 'What the kitchen should know of it; at most 200 characters.' })
  note?: string | null;
}

/** What placeOrder needs. */
@InputType({ description: 'What a guest wants, where and how.' })
export class PlaceOrderInput {
  @Field(() => ID, { description: 'The outlet.' })
  outletId!: string;

  @Field(() => FulfilmentTypes, { description: 'How the guest gets it.' })
  fulfilmentType!: FulfilmentType;

  @Field(() => OrderChannels, { description: 'The way it comes in.' })
  channel!: OrderChannel;

  @Field(() => ID, { nullable: true, description: 'Table it is served at; who sits there now is taken as its party.' })
  tableId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Party it is for; it must sit at the table where one is given.' })
  seatingId?: string | null;

  @Field(() => [OrderLineInput], { description: 'What is wanted, 1 to 100 lines.' })
  lines!: OrderLineInput[];

  @Field(() => String, { nullable: true, description: 'What the kitchen should know; at most 500 characters.' })
  note?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Same key, same order: required here or as Idempotency-Key header; at most 128 characters.',
  })
  idempotencyKey?: string | null;
}

/** What placeOrder answers. */
@ObjectType({ description: 'What came of placeOrder.' })
export class PlaceOrderPayload extends Payload {
  @Field(() => OrderTicket, { nullable: true, description: 'The order.' })
  order?: OrderTicket | null;
}

/** What every step of an order needs; never in the graph itself. */
@InputType()
abstract class OrderStepInput {
  @Field(() => ID, { description: 'Which order.' })
  orderId!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the step if the order is no longer at this version.' })
  expectedVersion?: number | null;

  @Field(() => OrderChannels, { nullable: true, description: 'Where the step is taken.' })
  channel?: OrderChannel | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why; required where a manager overrides what the rules allow others; at most 500 characters.',
  })
  reason?: string | null;
}

/** What every step of an order answers; never in the graph itself. */
@ObjectType()
abstract class OrderStepPayload extends Payload {
  @Field(() => OrderTicket, { nullable: true, description: 'The order as it is now.' })
  order?: OrderTicket | null;
}

/** What acceptOrder needs. */
@InputType({ description: "The guest's order to take on." })
export class AcceptOrderInput extends OrderStepInput {}

/** What acceptOrder answers. */
@ObjectType({ description: 'What came of acceptOrder.' })
export class AcceptOrderPayload extends OrderStepPayload {}

/** What startOrder needs. */
@InputType({ description: 'The order the kitchen begins to cook.' })
export class StartOrderInput extends OrderStepInput {}

/** What startOrder answers. */
@ObjectType({ description: 'What came of startOrder.' })
export class StartOrderPayload extends OrderStepPayload {}

/** What markOrderReady needs. */
@InputType({ description: 'The order that can be handed over.' })
export class MarkOrderReadyInput extends OrderStepInput {}

/** What markOrderReady answers. */
@ObjectType({ description: 'What came of markOrderReady.' })
export class MarkOrderReadyPayload extends OrderStepPayload {}

/** What completeOrder needs. */
@InputType({ description: 'The order that has been handed over.' })
export class CompleteOrderInput extends OrderStepInput {}

/** What completeOrder answers. */
@ObjectType({ description: 'What came of completeOrder.' })
export class CompleteOrderPayload extends OrderStepPayload {}

/** What cancelOrder needs. */
@InputType({ description: 'The order to give up.' })
export class CancelOrderInput extends OrderStepInput {}

/** What cancelOrder answers. */
@ObjectType({ description: 'What came of cancelOrder.' })
export class CancelOrderPayload extends OrderStepPayload {}

/** What refireOrder needs. */
@InputType({ description: 'The ready order to be cooked again.' })
export class RefireOrderInput extends OrderStepInput {}

/** What refireOrder answers. */
@ObjectType({ description: 'What came of refireOrder.' })
export class RefireOrderPayload extends OrderStepPayload {}
