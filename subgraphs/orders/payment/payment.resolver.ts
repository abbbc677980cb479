import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { fromMoneyInput, Money, toMoney } from '../../../platform/graphql/shared-types.js';
import type { OrderTicketEntity } from '../order/order.entity.js';
import { OrderTicket } from '../order/order.graphql.js';
import { orderLoader } from '../order/order.loaders.js';
import { User } from '../user/user.graphql.js';
import type { PaymentLogEntity } from './payment-log.entity.js';
import type { PaymentEntity } from './payment.entity.js';
import { Payment, PaymentConnection, PaymentLog, PayOrderInput, PayOrderPayload } from './payment.graphql.js';
import { orderPaymentsLoader, paymentLoader, paymentLogLoader } from './payment.loaders.js';
import { payOrder } from './payment.operations.js';
import { canReadPayments } from './payment.policy.js';
import { listPayments } from './payment.queries.js';

/** Which payments are asked for. */
@ArgsType()
export class PaymentsArgs extends PageArgs {
  @Field(() => ID, { description: 'Which outlet.' })
  outletId!: string;

  @Field(() => LocalDate, { nullable: true, description: 'Only those of this business day of the outlet.' })
  businessDay?: string | null;
}

/** Root fields of payments, and what a payment tells besides its own columns. */
@Resolver(() => Payment)
export class PaymentResolver {
  @Query(() => PaymentConnection, { description: 'Payments of an outlet, newest first.' })
  payments(@Ctx() context: Context, @Args(() => PaymentsArgs) { outletId, businessDay, page }: PaymentsArgs) {
    return listPayments(context.em, context.viewer, { outletId, businessDay, page });
  }

  @FieldResolver(() => Money, { description: 'How much was taken.' })
  amount(@Root() { amountMinor, currency }: PaymentEntity): Money {
    return toMoney({ amountMinor, currency });
  }

  @FieldResolver(() => OrderTicket, { nullable: true, description: 'The order it was taken for.' })
  order(@Root() payment: PaymentEntity, @Ctx() context: Context) {
    return orderLoader(context).load(payment.orderId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'The person who took it; null where a program did.' })
  takenBy(@Root() { takenById }: PaymentEntity) {
    return takenById && { id: takenById };
  }

  @FieldResolver(() => [PaymentLog], { description: 'What happened to it, oldest first.' })
  log(@Root() payment: PaymentEntity, @Ctx() context: Context) {
    return paymentLogLoader(context).load(payment.id);
  }

  @Mutation(() => PayOrderPayload, { description: 'Takes money for an order; its status stays as it is.' })
  async payOrder(
    @Ctx() context: Context,
    @Arg('input', () => PayOrderInput, { description: 'Order, method and amount.' }) input: PayOrderInput,
  ): Promise<object> {
    const id = await payOrder(context, { ...input, amount: fromMoneyInput(input.amount, ['amount', 'amount']) });
    return { payment: await paymentLoader(context).load(id), order: await orderLoader(context).load(input.orderId) };
  }
}

/** What an order tells of its payments. */
@Resolver(() => OrderTicket)
export class OrderPaymentsResolver {
  @FieldResolver(() => [Payment], {
    nullable: true,
    description: 'What was paid, oldest first; null for those who may not read payments.',
  })
  payments(@Root() order: OrderTicketEntity, @Ctx() context: Context) {
    return canReadPayments(context.viewer, order) ? orderPaymentsLoader(context).load(order.id) : null;
  }
}

/** What a line of a payment's log tells besides its own columns. */
@Resolver(() => PaymentLog)
export class PaymentLogResolver {
  @FieldResolver(() => Money, { description: 'How much it was about.' })
  amount(@Root() { amountMinor, currency }: PaymentLogEntity): Money {
    return toMoney({ amountMinor, currency });
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who did it; null where a program did.' })
  by(@Root() { viewerKind, viewerId }: PaymentLogEntity) {
    return viewerKind === 'USER' ? { id: viewerId } : null;
  }
}
