import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import {
  acceptOrder,
  cancelOrder,
  completeOrder,
  markOrderReady,
  refireOrder,
  startOrder,
} from './move-order.operations.js';
import * as inputs from './order-inputs.graphql.js';
import { placeOrder } from './place-order.operations.js';

/** Changes of orders, one act each. */
@Resolver()
export class OrderMutationResolver {
  @Mutation(() => inputs.PlaceOrderPayload, {
    description: "Places an order at the outlet's own prices: QUEUED where staff take it, PENDING where a guest does.",
  })
  async placeOrder(
    @Ctx() context: Context,
    @Arg('input', () => inputs.PlaceOrderInput, { description: 'What is wanted.' }) input: inputs.PlaceOrderInput,
  ): Promise<object> {
    return { order: await placeOrder(context, input) };
  }

  @Mutation(() => inputs.AcceptOrderPayload, { description: "Takes a guest's order on: PENDING to QUEUED." })
  async acceptOrder(
    @Ctx() context: Context,
    @Arg('input', () => inputs.AcceptOrderInput, { description: 'Which order.' }) input: inputs.AcceptOrderInput,
  ): Promise<object> {
    return { order: await acceptOrder(context, input) };
  }

  @Mutation(() => inputs.StartOrderPayload, { description: 'Begins to cook: QUEUED to PREPARING.' })
  async startOrder(
    @Ctx() context: Context,
    @Arg('input', () => inputs.StartOrderInput, { description: 'Which order.' }) input: inputs.StartOrderInput,
  ): Promise<object> {
    return { order: await startOrder(context, input) };
  }

  @Mutation(() => inputs.MarkOrderReadyPayload, { description: 'Ends cooking: PREPARING to READY.' })
  async markOrderReady(
    @Ctx() context: Context,
    @Arg('input', () => inputs.MarkOrderReadyInput, { description: 'Which order.' }) input: inputs.MarkOrderReadyInput,
  ): Promise<object> {
    return { order: await markOrderReady(context, input) };
  }

  @Mutation(() => inputs.CompleteOrderPayload, { description: 'Hands over: READY to COMPLETED.' })
  async completeOrder(
    @Ctx() context: Context,
    @Arg('input', () => inputs.CompleteOrderInput, { description: 'Which order.' }) input: inputs.CompleteOrderInput,
  ): Promise<object> {
    return { order: await completeOrder(context, input) };
  }

  @Mutation(() => inputs.CancelOrderPayload, {
    description:
      'Gives an order up: a guest an own PENDING one, staff one that is not yet cooked, a manager with a reason any that is not ready.',
  })
  async cancelOrder(
    @Ctx() context: Context,
    @Arg('input', () => inputs.CancelOrderInput, { description: 'Which order, and why.' })
    input: inputs.CancelOrderInput,
  ): Promise<object> {
    return { order: await cancelOrder(context, input) };
  }

  @Mutation(() => inputs.RefireOrderPayload, {
    description: 'Has a ready order cooked again: READY to PREPARING, with a reason.',
  })
  async refireOrder(
    @Ctx() context: Context,
    @Arg('input', () => inputs.RefireOrderInput, { description: 'Which order, and why.' })
    input: inputs.RefireOrderInput,
  ): Promise<object> {
    return { order: await refireOrder(context, input) };
  }
}
