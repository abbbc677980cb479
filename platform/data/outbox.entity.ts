import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** One thing that happened, stored in the transaction that made it happen; also the event log behind audit and history. */
@Entity({ tableName: 'outbox_event' })
export class OutboxEventEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 60 })
  type!: string;

  @Index()
  @Property({ type: 'string', length: 32 })
  aggregateId!: string;

  @Property({ type: 'integer' })
  aggregateVersion!: number;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32, nullable: true })
  outletId: string | null = null;

  @Property({ type: 'string', length: 12 })
  viewerKind!: string;

  @Property({ type: 'string', length: 32 })
  viewerId!: string;

  @Property({ type: 'string', length: 20, nullable: true })
  channel: string | null = null;

  @Property({ type: 'string', length: 500, nullable: true })
  reason: string | null = null;

  @Property({ type: 'string', length: 64 })
  requestId!: string;

  @Property({ type: 'Date', length: 3 })
  occurredAt!: Date;

  @Property({ type: 'json' })
  payload!: unknown;

  /** Position in the subgraph's stream, given when it is published; null until then. */
  @Unique()
  @Property({ type: 'bigint', nullable: true })
  publishedSeq: number | null = null;
}

/** The head of the subgraph's stream; its row lock is what lets only one relay publish at a time. */
@Entity({ tableName: 'stream_head' })
export class StreamHeadEntity {
  @PrimaryKey({ type: 'integer', autoincrement: false })
  id!: number;

  /** Names this stream's numbering: another data set has another epoch, so old cursors are recognised. */
  @Property({ type: 'string', length: 32 })
  epoch!: string;

  @Property({ type: 'bigint' })
  lastSeq!: number;
}

/** How far this subgraph has read another subgraph's stream. */
@Entity({ tableName: 'stream_cursor' })
export class StreamCursorEntity {
  @PrimaryKey({ type: 'string', length: 20 })
  source!: string;

  @Property({ type: 'bigint' })
  seq!: number;
}

/** An event whose effect is in this database; inserted with the effect, so it happens once. */
@Entity({ tableName: 'consumed_event' })
export class ConsumedEventEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  eventId!: string;

  @Property({ type: 'Date', length: 3 })
  consumedAt!: Date;
}
