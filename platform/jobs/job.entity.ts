import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

export type JobState = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** The truth about one piece of later work; queues only carry its id. */
@Entity({ tableName: 'job' })
@Index({ properties: ['family', 'state', 'runAt'] })
export class JobEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  /** Which handler does it, an imperative such as `send-receipt`. */
  @Property({ type: 'string', length: 40 })
  kind!: string;

  /** Which queue it waits in: reports, notifications or maintenance. */
  @Property({ type: 'string', length: 20 })
  family!: string;

  /** Two jobs with one key are one job. */
  @Unique()
  @Property({ type: 'string', length: 120, nullable: true })
  dedupKey: string | null = null;

  @Property({ type: 'json', nullable: true })
  payload: unknown = null;

  @Property({ type: 'string', length: 10 })
  state!: JobState;

  @Property({ type: 'integer' })
  attempts = 0;

  @Property({ type: 'integer' })
  maxAttempts!: number;

  @Property({ type: 'Date', length: 3 })
  runAt!: Date;

  /** Until when the worker that has it is believed to be alive. */
  @Property({ type: 'Date', length: 3, nullable: true })
  leaseUntil: Date | null = null;

  /** Raised by every claim; a worker whose number is old can no longer write. */
  @Property({ type: 'integer' })
  fence = 0;

  /** Percent, 0 to 100. */
  @Property({ type: 'integer' })
  progress = 0;

  /** Where the next attempt continues. */
  @Property({ type: 'json', nullable: true })
  checkpoint: unknown = null;

  @Property({ type: 'string', length: 500, nullable: true })
  error: string | null = null;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;

  @Property({ type: 'Date', length: 3, nullable: true })
  finishedAt: Date | null = null;
}

/** When a repeated job is due next. */
@Entity({ tableName: 'schedule' })
export class ScheduleEntity {
  @PrimaryKey({ type: 'string', length: 60 })
  id!: string;

  @Property({ type: 'Date', length: 3 })
  nextAt!: Date;
}
