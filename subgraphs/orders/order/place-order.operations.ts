import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { once, requireIdempotencyKey } from '../../../platform/data/idempotency.js';
import { record } from '../../../platform/data/outbox.js';
import { businessDayOf } from '../../../platform/domain/business-day.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { optionalText } from '../../../platform/domain/text.js';
import { holds } from '../../../platform/domain/viewer.js';
import type { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { takePortions } from '../menu/menu-item-stock.operations.js';
import { findSoldItems } from '../menu/menu-offer.queries.js';
import { getServedTable } from '../table/table.queries.js';
import { takeOrderNumber } from './order-counter.operations.js';
import { OrderLineEntity } from './order-line.entity.js';
import { OrderWorkflowEventEntity } from './order-workflow-event.entity.js';
import { OrderTicketEntity } from './order.entity.js';
import { orderFired, orderPlaced } from './order.events.js';
import { orderLoader } from './order.loaders.js';
import { toLineRows, toOrderRow, toStepRow } from './order.rows.js';
import * as rules from './order.rules.js';

/** What a guest wants, where and how. */
export interface PlaceOrder {
  readonly outletId: string;
  readonly fulfilmentType: rules.FulfilmentType;
  readonly channel: rules.OrderChannel;
  readonly tableId?: string | null;
  readonly seatingId?: string | null;
  readonly lines: readonly rules.WantedLine[];
  readonly note?: string | null;
  readonly idempotencyKey?: string | null;
}

type CheckedOrder = Omit<PlaceOrder, 'idempotencyKey'> & {
  tableId: string | null;
  seatingId: string | null;
  note: string | null;
};

/** Places an order at the outlet's own prices, once per idempotency key: queued where staff take it, pending where a guest does. */
export async function placeOrder(context: Context, command: PlaceOrder): Promise<OrderTicketEntity | null> {
  const { viewer, unitOfWork, clock } = context;
  const key = requireIdempotencyKey(command.idempotencyKey, context.idempotencyKey);
  const input = check(command);
  const request = { viewer, operation: 'placeOrder', key, input, now: clock.now() };
  const id = await unitOfWork((em) => once(em, request, () => place(em, context, input)));
  return orderLoader(context).load(id);
}

function check({
  outletId,
  fulfilmentType,
  channel,
  tableId = null,
  seatingId = null,
  ...command
}: PlaceOrder): CheckedOrder {
  rules.requireTableOnlyToDineIn(fulfilmentType, tableId, seatingId);
  const note = optionalText(command.note, { field: ['note'], maximum: 500 });
  return { outletId, fulfilmentType, channel, tableId, seatingId, lines: rules.requireLines(command.lines), note };
}

async function place(em: SqlEntityManager, { viewer, clock }: Context, wanted: CheckedOrder): Promise<string> {
  const outlet = await getOutlet(em, { viewer, slug: 'orders.place-own', outletId: wanted.outletId });
  if (!outlet.isActive) throw new DomainError('INVALID_STATE', 'The outlet does not trade.', ['outletId']);
  const placedAt = clock.now();
  const businessDay = businessDayOf(placedAt, outlet);
  // The counter's row comes first: it puts the placements of an outlet in line before they look at what is left.
  const number = await takeOrderNumber(em, outlet.id, businessDay);
  const lines = await sell(em, outlet, wanted.lines);
  const served = await getServedTable(em, wanted);
  const { id: outletId, brandId, currency } = outlet;
  const { fulfilmentType, channel, note } = wanted;
  const isStaff = holds(viewer, 'orders.place', { brandId, outletId });
  const place = { brandId, outletId, currency, ...served };
  const facts = { ...place, number, businessDay, placedAt, fulfilmentType, channel, note };
  const order = toOrderRow(facts, lines, { viewer, isStaff });
  const rows = toLineRows(order, lines);
  await em.insert(OrderTicketEntity, order);
  await em.insertMany(OrderLineEntity, rows);
  const step = toStepRow(order, { from: null, channel, reason: null, at: placedAt }, viewer);
  await em.insert(OrderWorkflowEventEntity, step);
  record(em, orderPlaced(order));
  if (isStaff) record(em, orderFired(order, rows));
  return order.id;
}

async function sell(
  em: SqlEntityManager,
  outlet: OutletReplicaEntity,
  wanted: readonly rules.WantedLine[],
): Promise<rules.PricedLine[]> {
  const ids = wanted.map(({ menuItemId }) => menuItemId);
  const items = await findSoldItems(em, outlet, ids);
  const lines = rules.priceLines(wanted, items);
  const shortage = await takePortions(em, outlet.id, rules.countedPortions(lines));
  if (shortage) throw rules.outOfStock(shortage, wanted);
  return lines;
}
