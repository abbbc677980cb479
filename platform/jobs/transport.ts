import type { JobFamily } from './jobs.js';

/** A hint to look at one row of the job table: it may be lost, late or doubled. */
export interface JobWake {
  readonly id: string;
  readonly family: JobFamily;
  readonly kind: string;
  /** The row's fence when the hint was given; the same id and fence are the same hint. */
  readonly fence: number;
  /** Which attempt this is going to be, from 1; for people who look at the queue. */
  readonly attempt: number;
}

/** What came of a hint: NOTHING_TO_DO means that the row is finished, not due, or another worker's. */
export type WakeOutcome = 'DONE' | 'LOST' | 'HANDED_BACK' | 'NOTHING_TO_DO';

/** Shows how far the job is, in percent, where operators look; never fails and is never waited for. */
export type ReportProgress = (percent: number) => void;

/** Does what a hint asks for; throws what the job threw, after the row says so. */
export type AnswerWake = (wake: JobWake, report: ReportProgress) => Promise<WakeOutcome>;

/** How workers hear of jobs. It is never the truth: a sweep gives again every hint that a due row did not get. */
export interface JobTransport {
  /** Hints after the delay; rejects within about a second where the queue cannot be reached. */
  wake(job: JobWake, delayMs: number): Promise<void>;
  /** Starts working off hints. */
  onWake(answer: AnswerWake): void;
  /** Takes no more hints and waits for the running ones, at most a few seconds. */
  close(): Promise<void>;
}
