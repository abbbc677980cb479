import { holds, type Viewer } from '../../../platform/domain/viewer.js';
import { isOwn } from '../order/order.policy.js';

/** Whether the viewer may see what was paid how for an order: those who read payments there, and the guest. */
export function canReadPayments(
  viewer: Viewer,
  order: { readonly brandId: string; readonly outletId: string; readonly customerId: string | null },
): boolean {
  return holds(viewer, 'payments.read', order) || isOwn(viewer, order);
}
