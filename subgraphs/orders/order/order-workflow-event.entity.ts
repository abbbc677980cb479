import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Channel } from '../../../platform/data/outbox.js';
import type { OrderStatus } from './order.state.js';

/** One step of an order: who took it, when and how. Only ever added to. */
@Entity({ tableName: 'order_workflow_event' })
@Index({ properties: ['orderId', 'id'] })
export class OrderWorkflowEventEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  orderId!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  /** null for the first step, the placing. */
  @Property({ type: 'string', length: 12, nullable: true })
  fromStatus: OrderStatus | null = null;

  @Property({ type: 'string', length: 12 })
  toStatus!: OrderStatus;

  @Property({ type: 'string', length: 12 })
  viewerKind!: string;

  @Property({ type: 'string', length: 32 })
  viewerId!: string;

  /** null where the client did not tell. */
  @Property({ type: 'string', length: 20, nullable: true })
  channel: Channel | null = null;

  @Property({ type: 'string', length: 500, nullable: true })
  reason: string | null = null;

  @Property({ type: 'Date', length: 3 })
  at!: Date;
}
