import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import type { Channel } from '../../../platform/data/outbox.js';
import { record } from '../../../platform/data/outbox.js';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import { optionalText } from '../../../platform/domain/text.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { giveBackPortions } from '../menu/menu-item-stock.operations.js';
import { OrderWorkflowEventEntity } from './order-workflow-event.entity.js';
import type { OrderTicketEntity } from './order.entity.js';
import { orderCompleted, orderFired, orderStatusChanged, type StepFacts } from './order.events.js';
import { requireOrderAct } from './order.policy.js';
import { loadOrderLines, lockOrder } from './order.queries.js';
import { toStepRow } from './order.rows.js';
import { countedPortions, type OrderChannel } from './order.rules.js';
import { isBeforeCooking, orderActs, type OrderAct } from './order.state.js';

/** Which order goes a step on. */
export interface MoveOrder {
  readonly orderId: string;
  readonly expectedVersion?: number | null;
  readonly reason?: string | null;
  /** Where the step is taken. */
  readonly channel?: OrderChannel | null;
}

/** Takes a guest's order into the kitchen's list. */
export const acceptOrder = (context: Context, command: MoveOrder) => moveOrder(context, command, 'accept');

/** Says that the kitchen cooks it. */
export const startOrder = (context: Context, command: MoveOrder) => moveOrder(context, command, 'start');

/** Says that it can be handed over. */
export const markOrderReady = (context: Context, command: MoveOrder) => moveOrder(context, command, 'markReady');

/** Says that it has been handed over, which makes it a sale. */
export const completeOrder = (context: Context, command: MoveOrder) => moveOrder(context, command, 'complete');

/** Gives an order up; portions that nobody has begun to cook can be sold again. */
export const cancelOrder = (context: Context, command: MoveOrder) => moveOrder(context, command, 'cancel');

/** Sends a ready order back to be cooked again. */
export const refireOrder = (context: Context, command: MoveOrder) => moveOrder(context, command, 'refire');

function moveOrder(
  { viewer, unitOfWork, clock }: Context,
  command: MoveOrder,
  act: OrderAct,
): Promise<OrderTicketEntity> {
  const reason = optionalText(command.reason, { field: ['reason'], maximum: 500 });
  return unitOfWork(async (em) => {
    const order = await lockOrder(em, viewer, command.orderId);
    requireVersion(order.version, command.expectedVersion);
    const { isOverride } = requireOrderAct(viewer, order, { act, reason });
    const channel: Channel | null = isOverride ? 'MANAGER_OVERRIDE' : (command.channel ?? null);
    const { status: from } = order;
    const step = { from, channel, reason, at: clock.now() };
    order.moveTo(orderActs[act].to, step.at);
    if (act === 'cancel') order.cancelReason = reason;
    await em.insert(OrderWorkflowEventEntity, toStepRow(order, step, viewer));
    record(em, orderStatusChanged(order, step));
    await followUp(em, order, from);
    return order;
  });
}

async function followUp(em: SqlEntityManager, order: OrderTicketEntity, from: StepFacts['from']): Promise<void> {
  const isFired = order.status === 'QUEUED';
  const isCompleted = order.status === 'COMPLETED';
  const isReturned = order.status === 'CANCELLED' && isBeforeCooking(from);
  if (!isFired && !isCompleted && !isReturned) return;
  const [lines = []] = await loadOrderLines(em, placeScope(order), [order.id]);
  if (isFired) record(em, orderFired(order, lines));
  if (isCompleted) record(em, orderCompleted(order, lines));
  if (isReturned) await giveBackPortions(em, order.outletId, countedPortions(lines));
}
