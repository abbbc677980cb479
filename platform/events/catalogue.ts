import type { OutletDetails } from '../replicas/outlet-details.js';

/** The five subgraphs. */
export const subgraphNames = ['accounts', 'layout', 'orders', 'inventory', 'insights'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** A line of an order as other subgraphs need it: what was sold and how many. */
export interface SoldLine {
  readonly lineId: string;
  readonly menuItemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly totalMinor: number;
}

/** What a menu item costs at an outlet that sells it. */
export interface OutletPrice {
  readonly outletId: string;
  readonly priceMinor: number;
  readonly currency: string;
}

/**
 * Every event that one subgraph tells the others, and what it carries: ids and values, never personal data.
 * Replaying any of them is harmless; `aggregateVersion` of the envelope tells old news from new.
 */
export interface EventPayloads {
  'brand.saved': { name: string; isActive: boolean };
  'outlet.saved': {
    name: string;
    currency: string;
    timeZone: string;
    cutOff: string;
    /** Whether it trades: its own switch and its brand's. */
    isActive: boolean;
    /** Absent from older news; see detailsOf. */
    details?: Partial<OutletDetails>;
  };
  'session.revoked': { sessionIds: string[] };
  'rights.changed': { userId: string };
  'user.saved': { isActive: boolean };
  /** The aggregate is the person. */
  'second-factor.changed': { isEnabled: boolean };
  'google.linked': { userId: string };
  'staff.saved': { userId: string };
  'customer.saved': { userId: string };
  /** Everybody who holds the role may do other things now. */
  'role.changed': { roleId: string };
  'api-client.changed': { apiClientId: string };
  'device-key.saved': { userId: string; kind: string };
  'device-key.revoked': { userId: string };
  /** A manager lets somebody enrol a device, or no longer. */
  'device-leave.changed': { userId: string; isAllowed: boolean };

  'service-node.saved': { label: string; kind: string; seats: number; isRemoved: boolean };
  'seating.opened': { serviceNodeId: string; covers: number };
  'seating.closed': { serviceNodeId: string };
  'floor.changed': { floorId: string };

  'menu-item.saved': { name: string; isPublished: boolean; prices: OutletPrice[] };
  'menu-item.availability-changed': { remaining: number | null; isAvailable: boolean };
  'order.placed': {
    status: string;
    businessDay: string;
    totalMinor: number;
    currency: string;
    covers: number;
    customerId: string | null;
  };
  'order.status-changed': { from: string; to: string; businessDay: string; customerId: string | null };
  'order.fired': { businessDay: string; lines: SoldLine[] };
  'order.completed': {
    businessDay: string;
    totalMinor: number;
    currency: string;
    covers: number;
    completedAt: string;
    lines: SoldLine[];
  };
  'payment.captured': { orderId: string; businessDay: string; amountMinor: number; currency: string; method: string };

  'inventory-item.saved': { name: string; sku: string; isArchived: boolean };
  /** The aggregate of stock events is the item at the event's outlet; its versions count the item's movements there. */
  'stock.moved': { kind: string; quantityMicro: number; onHandMicro: number; causeId: string };
  'stock.ran-short': { missingMicro: number; orderId: string };
  'recipe.saved': { menuItemId: string; yieldPortions: number };

  'report.progressed': { state: string; progressPercent: number };
}

export type EventType = keyof EventPayloads;

/** Which subgraph tells each event. */
export const eventSources = {
  'brand.saved': 'accounts',
  'outlet.saved': 'accounts',
  'session.revoked': 'accounts',
  'rights.changed': 'accounts',
  'user.saved': 'accounts',
  'second-factor.changed': 'accounts',
  'google.linked': 'accounts',
  'staff.saved': 'accounts',
  'customer.saved': 'accounts',
  'role.changed': 'accounts',
  'api-client.changed': 'accounts',
  'device-key.saved': 'accounts',
  'device-key.revoked': 'accounts',
  'device-leave.changed': 'accounts',
  'service-node.saved': 'layout',
  'seating.opened': 'layout',
  'seating.closed': 'layout',
  'floor.changed': 'layout',
  'menu-item.saved': 'orders',
  'menu-item.availability-changed': 'orders',
  'order.placed': 'orders',
  'order.status-changed': 'orders',
  'order.fired': 'orders',
  'order.completed': 'orders',
  'payment.captured': 'orders',
  'inventory-item.saved': 'inventory',
  'stock.moved': 'inventory',
  'stock.ran-short': 'inventory',
  'recipe.saved': 'inventory',
  'report.progressed': 'insights',
} as const satisfies Record<EventType, SubgraphName>;

/** A published event whose type, and so whose payload, is known. */
export interface EventOf<Type extends EventType> {
  readonly id: string;
  readonly type: Type;
  readonly seq: number;
  readonly brandId: string;
  readonly outletId: string | null;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly viewerKind: string;
  readonly viewerId: string;
  readonly channel: string | null;
  readonly reason: string | null;
  readonly occurredAt: Date;
  readonly payload: EventPayloads[Type];
}

/** Any event of the catalogue, told apart by its type. */
export type AnyEvent = { [Type in EventType]: EventOf<Type> }[EventType];
