import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { connectionOf } from '../../../platform/graphql/shared-types.js';
import { FulfilmentTypes, OrderChannels, OrderStatuses, WorkflowChannels } from './order-enums.graphql.js';
import type { FulfilmentType, OrderChannel } from './order.rules.js';
import type { OrderStatus } from './order.state.js';

/** An order as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'What a guest ordered. Readable by the guest and the staff of its outlet.' })
export class OrderTicket {
  @Field(() => ID, { description: 'Identifier, such as "ord_01J…".' })
  id!: string;

  @Field(() => Int, { description: 'What people call it; counts from 1 on each business day of the outlet.' })
  number!: number;

  @Field(() => LocalDate, { description: "The outlet's business day on which it was placed." })
  businessDay!: string;

  @Field(() => OrderStatuses, { description: 'How far the work on it is.' })
  status!: OrderStatus;

  @Field(() => FulfilmentTypes, { description: 'How the guest gets it.' })
  fulfilmentType!: FulfilmentType;

  @Field(() => OrderChannels, { description: 'The way it came in.' })
  channel!: OrderChannel;

  @Field(() => Int, { description: 'Guests at the table when it was placed; 0 where nobody was seated.' })
  covers!: number;

  @Field(() => String, { nullable: true, description: 'What the kitchen should know; at most 500 characters.' })
  note!: string | null;

  @Field(() => Date, { description: 'When it was placed.' })
  placedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When the kitchen got it.' })
  firedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was handed over.' })
  completedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled; at most 500 characters.' })
  cancelReason!: string | null;

  @Field(() => Int, { description: 'Raised by every step and payment; send it back as `expectedVersion`.' })
  version!: number;
}

export const OrderTicketConnection = connectionOf('OrderTicket', () => OrderTicket);

/** A line of an order as clients see it. */
@ObjectType({ description: 'One dish of an order, at the name and price it had when it was ordered.' })
export class OrderLine {
  @Field(() => ID, { description: 'Identifier, such as "lin_01J…".' })
  id!: string;

  @Field(() => String, { description: 'Name of the dish when it was ordered.' })
  name!: string;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  quantity!: number;

  @Field(() => String, { nullable: true, description: 'What the kitchen should know of it; at most 200 characters.' })
  note!: string | null;
}

/** A step of an order as clients see it. */
@ObjectType({ description: 'One step of an order: who took it, when and how.' })
export class OrderWorkflowEvent {
  @Field(() => ID, { description: 'Identifier, such as "wfe_01J…".' })
  id!: string;

  @Field(() => OrderStatuses, { nullable: true, description: 'Status before; null for the placing.' })
  fromStatus!: OrderStatus | null;

  @Field(() => OrderStatuses, { description: 'Status after.' })
  toStatus!: OrderStatus;

  @Field(() => WorkflowChannels, {
    nullable: true,
    description: 'The way it came about; null where the client did not tell.',
  })
  channel!: OrderChannel | 'MANAGER_OVERRIDE' | null;

  @Field(() => String, { nullable: true, description: 'Why, where a reason was given; at most 500 characters.' })
  reason!: string | null;

  @Field(() => Date, { description: 'When.' })
  at!: Date;
}

/** What orderStatusChanged tells. */
@ObjectType({ description: 'That an order was placed or went a step on.' })
export class OrderStatusEvent {
  @Field(() => String, { description: 'Where to continue after this event: pass it as `since`.' })
  cursor!: string;
}

/** What orderQueueChanged tells. */
@ObjectType({ description: "That the kitchen's list of an outlet changed." })
export class OrderQueueEvent {
  @Field(() => String, { description: 'Where to continue after this event: pass it as `since`.' })
  cursor!: string;
}
