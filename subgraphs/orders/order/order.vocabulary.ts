import type { OrderStatus } from './order.state.js';

/** Words of older front ends for the same statuses. */
export const vocabularies = ['TECHNOMART', 'RESTAURANT', 'BLUEPRINT'] as const;
export type Vocabulary = (typeof vocabularies)[number];

const words: Readonly<Record<OrderStatus, Readonly<Record<Vocabulary, string | null>>>> = {
  DRAFT: { TECHNOMART: null, RESTAURANT: 'cart', BLUEPRINT: 'draft' },
  PENDING: { TECHNOMART: 'pending', RESTAURANT: 'Pending', BLUEPRINT: null },
  QUEUED: { TECHNOMART: 'in_queue', RESTAURANT: 'Processing', BLUEPRINT: 'queued' },
  PREPARING: { TECHNOMART: 'in_progress', RESTAURANT: 'Preparing', BLUEPRINT: 'preparing' },
  READY: { TECHNOMART: 'ready', RESTAURANT: 'Ready', BLUEPRINT: 'ready' },
  COMPLETED: { TECHNOMART: 'completed', RESTAURANT: 'Delivered', BLUEPRINT: 'completed' },
  CANCELLED: { TECHNOMART: 'cancelled', RESTAURANT: null, BLUEPRINT: 'cancelled' },
};

/** The vocabulary's word for a status; null where it has none. */
export function wordFor(status: OrderStatus, vocabulary: Vocabulary): string | null {
  return words[status][vocabulary];
}
