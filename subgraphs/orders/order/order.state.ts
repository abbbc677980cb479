import { DomainError } from '../../../platform/domain/errors.js';
import type { StateGraph } from '../../../platform/domain/state-machine.js';

/** How far the work on an order is. */
export const orderStatuses = ['DRAFT', 'PENDING', 'QUEUED', 'PREPARING', 'READY', 'COMPLETED', 'CANCELLED'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Which status may follow which. */
export const orderGraph: StateGraph<OrderStatus> = {
  DRAFT: ['PENDING', 'QUEUED'],
  PENDING: ['QUEUED', 'CANCELLED'],
  QUEUED: ['PREPARING', 'CANCELLED'],
  PREPARING: ['READY', 'CANCELLED'],
  READY: ['COMPLETED', 'PREPARING'],
  COMPLETED: [],
  CANCELLED: [],
};

/** The statuses of orders the kitchen has on its list. */
export const queueStatuses = ['QUEUED', 'PREPARING', 'READY'] as const satisfies readonly OrderStatus[];

/** What people do with an order, from where to where, and in which words it is refused. */
export const orderActs = {
  accept: { from: ['PENDING'], to: 'QUEUED', done: 'accepted' },
  start: { from: ['QUEUED'], to: 'PREPARING', done: 'started' },
  markReady: { from: ['PREPARING'], to: 'READY', done: 'marked ready' },
  complete: { from: ['READY'], to: 'COMPLETED', done: 'completed' },
  cancel: { from: ['PENDING', 'QUEUED', 'PREPARING'], to: 'CANCELLED', done: 'cancelled' },
  refire: { from: ['READY'], to: 'PREPARING', done: 'refired' },
} as const satisfies Record<string, { from: readonly OrderStatus[]; to: OrderStatus; done: string }>;

export type OrderAct = keyof typeof orderActs;

/** Who takes a step by right; nobody named means that it takes `orders.override`, which takes every step. */
export interface StepRights {
  /** Held by staff of the place. */
  readonly slug?: string;
  /** Held by the guest, for orders of their own. */
  readonly ownSlug?: string;
}

/** The rights to each edge of the graph, by `FROM>TO`. */
const stepRights: Readonly<Record<string, StepRights>> = {
  'DRAFT>PENDING': { slug: 'orders.place', ownSlug: 'orders.place-own' },
  'DRAFT>QUEUED': { slug: 'orders.place' },
  'PENDING>QUEUED': { slug: 'orders.place' },
  'PENDING>CANCELLED': { slug: 'orders.cancel', ownSlug: 'orders.cancel-own' },
  'QUEUED>PREPARING': { slug: 'kitchen.work' },
  'QUEUED>CANCELLED': { slug: 'orders.cancel' },
  'PREPARING>READY': { slug: 'kitchen.work' },
  'PREPARING>CANCELLED': {},
  'READY>COMPLETED': { slug: 'orders.complete' },
  'READY>PREPARING': {},
};

/** Who may take the step without overriding anybody. */
export function rightsTo(from: OrderStatus, to: OrderStatus): StepRights {
  return stepRights[`${from}>${to}`] ?? {};
}

/** Throws INVALID_STATE unless the act is one for orders in this status. */
export function requireAct(act: OrderAct, status: OrderStatus): void {
  const { from, done } = orderActs[act];
  if (from.some((possible) => possible === status)) return;
  const message = `An order that is ${status} cannot be ${done}; it must be ${from.join(' or ')}.`;
  throw new DomainError('INVALID_STATE', message, ['orderId']);
}

/** Whether the kitchen has an order of this status on its list. */
export function isInQueue(status: string): boolean {
  return queueStatuses.some((queued) => queued === status);
}

/** Whether nothing has been cooked yet, so that portions can be sold to somebody else. */
export function isBeforeCooking(status: OrderStatus): boolean {
  return status === 'DRAFT' || status === 'PENDING' || status === 'QUEUED';
}
