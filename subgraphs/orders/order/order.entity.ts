import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { requireTransition } from '../../../platform/domain/state-machine.js';
import type { FulfilmentType, OrderChannel } from './order.rules.js';
import { orderGraph, type OrderStatus } from './order.state.js';

/** What a guest ordered, and how far the work on it is. */
@Entity({ tableName: 'order_ticket' })
@Unique({ properties: ['outletId', 'businessDay', 'number'] })
@Index({ properties: ['outletId', 'id'] })
@Index({ properties: ['outletId', 'status', 'firedAt'] })
@Index({ properties: ['brandId', 'id'] })
@Index({ properties: ['customerId', 'id'] })
export class OrderTicketEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  /** What people call it; counts from 1 on each business day of the outlet. */
  @Property({ type: 'integer' })
  number!: number;

  /** The outlet's day on which it was placed, "2026-03-14". */
  @Property({ type: 'string', length: 10 })
  businessDay!: string;

  @Property({ type: 'string', length: 12 })
  status!: OrderStatus;

  @Property({ type: 'string', length: 12 })
  fulfilmentType!: FulfilmentType;

  @Property({ type: 'string', length: 20 })
  channel!: OrderChannel;

  /** The guest, where they ordered by themselves. */
  @Property({ type: 'string', length: 32, nullable: true })
  customerId: string | null = null;

  /** The person who placed it; null when it was a program. */
  @Property({ type: 'string', length: 32, nullable: true })
  placedById: string | null = null;

  @Property({ type: 'string', length: 32, nullable: true })
  tableId: string | null = null;

  @Property({ type: 'string', length: 32, nullable: true })
  seatingId: string | null = null;

  /** Guests at the table when it was placed; 0 where nobody was seated. */
  @Property({ type: 'integer' })
  covers = 0;

  @Property({ type: 'string', length: 500, nullable: true })
  note: string | null = null;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  /** The sum of its lines. */
  @Property({ type: new BigIntType('number') })
  totalMinor!: number;

  /** The sum of its captured payments. */
  @Property({ type: new BigIntType('number') })
  paidMinor = 0;

  @Property({ type: 'Date', length: 3 })
  placedAt!: Date;

  /** When the kitchen got it. */
  @Property({ type: 'Date', length: 3, nullable: true })
  firedAt: Date | null = null;

  @Property({ type: 'Date', length: 3, nullable: true })
  completedAt: Date | null = null;

  @Property({ type: 'string', length: 500, nullable: true })
  cancelReason: string | null = null;

  // Raised by hand: the row is always locked before it changes, and a version the database checks would cost a statement more.
  @Property({ type: 'integer' })
  version = 1;

  /** Moves along the graph; throws INVALID_STATE where there is no edge. */
  moveTo(status: OrderStatus, at: Date): void {
    requireTransition(orderGraph, this.status, status);
    this.status = status;
    if (status === 'QUEUED') this.firedAt = at;
    if (status === 'COMPLETED') this.completedAt = at;
    this.version += 1;
  }

  /** Adds a captured payment. */
  addPayment(amountMinor: number): void {
    this.paidMinor += amountMinor;
    this.version += 1;
  }
}
