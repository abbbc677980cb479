import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { Money, toMoney } from '../../../platform/graphql/shared-types.js';
import { MenuItem } from '../menu/menu.graphql.js';
import { menuItemLoader } from '../menu/menu.loaders.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import { Seating, ServiceNode } from '../table/table.graphql.js';
import { User } from '../user/user.graphql.js';
import { PaymentStates, Vocabularies } from './order-enums.graphql.js';
import type { OrderLineEntity } from './order-line.entity.js';
import type { OrderWorkflowEventEntity } from './order-workflow-event.entity.js';
import type { OrderTicketEntity } from './order.entity.js';
import { OrderLine, OrderTicket, OrderWorkflowEvent } from './order.graphql.js';
import { orderLinesLoader, workflowEventsLoader } from './order.loaders.js';
import { amountDue, paymentStateOf, type PaymentState } from './order.pricing.js';
import { wordFor, type Vocabulary } from './order.vocabulary.js';

/** What an order tells besides its own columns. */
@Resolver(() => OrderTicket)
export class OrderFieldsResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The status in the words of an older front end; null where it has none for it.',
  })
  statusIn(
    @Root() order: OrderTicketEntity,
    @Arg('vocabulary', () => Vocabularies, { description: 'Whose words.' }) vocabulary: Vocabulary,
  ): string | null {
    return wordFor(order.status, vocabulary);
  }

  @FieldResolver(() => Money, { description: 'What it costs: the sum of its lines.' })
  total(@Root() { totalMinor, currency }: OrderTicketEntity): Money {
    return toMoney({ amountMinor: totalMinor, currency });
  }

  @FieldResolver(() => Money, { description: 'What has been paid.' })
  paid(@Root() { paidMinor, currency }: OrderTicketEntity): Money {
    return toMoney({ amountMinor: paidMinor, currency });
  }

  @FieldResolver(() => Money, { description: 'What is still to be paid; nothing for a cancelled order.' })
  due(@Root() order: OrderTicketEntity): Money {
    return toMoney(amountDue(order));
  }

  @FieldResolver(() => PaymentStates, { description: 'Who has the money.' })
  paymentState(@Root() order: OrderTicketEntity): PaymentState {
    return paymentStateOf(order);
  }

  @FieldResolver(() => [OrderLine], { description: 'What was ordered; 1 to 100 lines.' })
  lines(@Root() order: OrderTicketEntity, @Ctx() context: Context) {
    return orderLinesLoader(context).load(order.id);
  }

  @FieldResolver(() => [OrderWorkflowEvent], { description: 'Its steps, oldest first.' })
  workflowEvents(@Root() order: OrderTicketEntity, @Ctx() context: Context) {
    return workflowEventsLoader(context).load(order.id);
  }

  @FieldResolver(() => ServiceNode, { nullable: true, description: 'Table it is served at.' })
  table(@Root() { tableId }: OrderTicketEntity) {
    return tableId && { id: tableId };
  }

  @FieldResolver(() => Seating, { nullable: true, description: 'Party it is for.' })
  seating(@Root() { seatingId }: OrderTicketEntity) {
    return seatingId && { id: seatingId };
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'Outlet it was placed at.' })
  outlet(@Root() { outletId }: OrderTicketEntity) {
    return { id: outletId };
  }

  @FieldResolver(() => User, { nullable: true, description: 'The guest, where they ordered by themselves.' })
  customer(@Root() { customerId }: OrderTicketEntity) {
    return customerId && { id: customerId };
  }

  @FieldResolver(() => User, { nullable: true, description: 'The person who placed it; null where a program did.' })
  placedBy(@Root() { placedById }: OrderTicketEntity) {
    return placedById && { id: placedById };
  }
}

/** What a line tells besides its own columns. */
@Resolver(() => OrderLine)
export class OrderLineResolver {
  @FieldResolver(() => Money, { description: 'Price of one when it was ordered.' })
  unitPrice(@Root() { unitPriceMinor, currency }: OrderLineEntity): Money {
    return toMoney({ amountMinor: unitPriceMinor, currency });
  }

  @FieldResolver(() => Money, { description: 'Price times quantity.' })
  total(@Root() { totalMinor, currency }: OrderLineEntity): Money {
    return toMoney({ amountMinor: totalMinor, currency });
  }

  @FieldResolver(() => MenuItem, {
    nullable: true,
    description: 'The menu item as it is now; null where it is no longer published.',
  })
  menuItem(@Root() line: OrderLineEntity, @Ctx() context: Context) {
    return menuItemLoader(context).load(line.menuItemId);
  }
}

/** What a step tells besides its own columns. */
@Resolver(() => OrderWorkflowEvent)
export class OrderWorkflowEventResolver {
  @FieldResolver(() => User, { nullable: true, description: 'Who took the step; null where a program did.' })
  takenBy(@Root() { viewerKind, viewerId }: OrderWorkflowEventEntity) {
    return viewerKind === 'USER' ? { id: viewerId } : null;
  }
}
