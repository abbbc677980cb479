import { DomainError } from '../../../platform/domain/errors.js';
import { holds, requirePermission, type Viewer } from '../../../platform/domain/viewer.js';
import type { OrderTicketEntity } from './order.entity.js';
import { orderActs, requireAct, rightsTo, type OrderAct } from './order.state.js';

type Seen = Pick<OrderTicketEntity, 'brandId' | 'outletId' | 'customerId' | 'status'>;

/** An act somebody wants to do with an order, and why. */
export interface WantedAct {
  readonly act: OrderAct;
  readonly reason: string | null;
}

/**
 * Whether the act takes an override, if the viewer may do it at all.
 * Throws INVALID_STATE where nobody may, FORBIDDEN where only others may, REASON_REQUIRED where an override does not say why.
 */
export function requireOrderAct(viewer: Viewer, order: Seen, { act, reason }: WantedAct): { isOverride: boolean } {
  requireAct(act, order.status);
  const { slug, ownSlug } = rightsTo(order.status, orderActs[act].to);
  const isByRight = slug !== undefined && holds(viewer, slug, order);
  const isByOwnRight = ownSlug !== undefined && isOwn(viewer, order) && holds(viewer, ownSlug, order);
  if (isByRight || isByOwnRight) return { isOverride: false };
  requirePermission(viewer, 'orders.override', order);
  if (reason === null)
    throw new DomainError('REASON_REQUIRED', 'Say why: this overrides what the rules allow others.', ['reason']);
  return { isOverride: true };
}

/** Whether the viewer is the guest who ordered. */
export function isOwn(viewer: Viewer, order: { readonly customerId: string | null }): boolean {
  return viewer.kind === 'USER' && order.customerId === viewer.id;
}
