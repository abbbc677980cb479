import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { requireTransition } from '../../../platform/domain/state-machine.js';
import { reportGraph, type ReportState } from './report.state.js';

/** What a finished report came to. */
export interface FinishedFile {
  readonly fileKey: string;
  readonly fileName: string;
  readonly fileSizeBytes: number;
  /** Payments of the range. */
  readonly totalMinor: number;
}

/** A report somebody asked for, and its file once it is made. */
@Entity({ tableName: 'report_job' })
@Index({ properties: ['outletId', 'id'] })
@Index({ properties: ['brandId', 'id'] })
export class ReportJobEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 20 })
  type!: 'SALES';

  /** As it was asked for. */
  @Property({ type: 'string', length: 40 })
  range!: string;

  @Property({ type: 'string', length: 10 })
  fromDay!: string;

  @Property({ type: 'string', length: 10 })
  toDay!: string;

  @Property({ type: 'string', length: 10 })
  format!: 'PDF';

  @Property({ type: 'string', length: 10 })
  state: ReportState = 'QUEUED';

  /** 0 to 100. */
  @Property({ type: 'integer' })
  progressPercent = 0;

  /** The job that makes it. */
  @Unique()
  @Property({ type: 'string', length: 32 })
  jobId!: string;

  @Property({ type: 'string', length: 200, nullable: true })
  fileKey: string | null = null;

  @Property({ type: 'string', length: 200, nullable: true })
  fileName: string | null = null;

  @Property({ type: 'integer', nullable: true })
  fileSizeBytes: number | null = null;

  /** Payments of the range, in minor units of `currency`. */
  @Property({ type: new BigIntType('number'), nullable: true })
  totalMinor: number | null = null;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  /** Why it could not be made, for people. */
  @Property({ type: 'string', length: 200, nullable: true })
  error: string | null = null;

  @Property({ type: 'string', length: 32 })
  requestedById!: string;

  @Property({ type: 'Date', length: 3 })
  requestedAt!: Date;

  @Property({ type: 'Date', length: 3, nullable: true })
  finishedAt: Date | null = null;

  @Property({ type: 'integer', version: true })
  version = 1;

  /** Says how far the work is; the percentage never falls, as an attempt that starts again would make it. */
  progress(percent: number): void {
    this.moveTo('RUNNING');
    this.progressPercent = Math.max(this.progressPercent, percent);
  }

  /** Ends it with its file. */
  finish(file: FinishedFile, now: Date): void {
    this.moveTo('DONE');
    Object.assign(this, file);
    this.progressPercent = 100;
    this.finishedAt = now;
  }

  /** Ends it without a file. */
  fail(error: string, now: Date): void {
    this.moveTo('FAILED');
    this.error = error;
    this.finishedAt = now;
  }

  /** Ends it because nobody wants it any more. */
  cancel(now: Date): void {
    this.moveTo('CANCELLED');
    this.finishedAt = now;
  }

  private moveTo(state: ReportState): void {
    requireTransition(reportGraph, this.state, state);
    this.state = state;
  }
}
