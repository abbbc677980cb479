import { toMoney } from '../../../platform/graphql/shared-types.js';
import type { ItemTotal } from './summary.queries.js';

/** A dish's sales as clients see them. */
export function toItemSales({ menuItemId, name, quantity, salesMinor }: ItemTotal, currency: string) {
  return { menuItem: { id: menuItemId }, name, quantity, sales: toMoney({ amountMinor: salesMinor, currency }) };
}
