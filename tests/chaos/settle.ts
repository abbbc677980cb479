import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './caller.js';
import type { Journal } from './journal.js';

/** An answer that leaves no doubt, or null for a write that could not be settled in a minute. */
export type Outcome = Exclude<Answer, { kind: 'UNKNOWN' }> | null;

const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 800;

/** One write, and who keeps the books of it. */
export interface Write {
  readonly journal: Journal;
  /** For people: what is written. */
  readonly what: string;
  ask(): Promise<Answer>;
}

/** Sends a write again under its own key until its outcome is known; a refusal that `isTooEarly` is asked again too. */
export async function settleByKey(write: Write, isTooEarly: (code: string) => boolean = () => false): Promise<Outcome> {
  return persist(write.journal, write.what, async () => {
    const answer = await write.ask();
    if (answer.kind !== 'REFUSED' || !isTooEarly(answer.code)) return note(write.journal, answer);
    return note(write.journal, { kind: 'UNKNOWN', why: `${answer.code} (not heard yet)` });
  });
}

/** A write without a key: after an unknown outcome, and after a refusal that one may have caused, the state tells. */
export async function settleByState(
  write: Write,
  readDone: () => Promise<Record<string, any> | null>,
): Promise<Outcome> {
  const { journal, what } = write;
  let mayBeDone = false;
  return persist(journal, what, async () => {
    const answer = await write.ask();
    if (answer.kind === 'DONE' || (answer.kind === 'REFUSED' && !mayBeDone)) return note(journal, answer);
    mayBeDone = true;
    if (answer.kind === 'UNKNOWN') note(journal, answer);
    const payload = await readDone();
    if (payload === null) return null;
    journal.counts.readBack += 1;
    return note(journal, { kind: 'DONE', payload });
  });
}

async function persist(journal: Journal, what: string, attempt: () => Promise<Outcome>): Promise<Outcome> {
  const startedAt = performance.now();
  for (let pauseMs = FIRST_PAUSE_MS; performance.now() - startedAt < PATIENCE_MS;) {
    const outcome = await attempt();
    if (outcome) return outcome;
    await sleep(pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    journal.counts.retries += 1;
  }
  journal.find('outcomes', `${what} was never settled`);
  return null;
}

function note(journal: Journal, answer: Answer): Outcome {
  if (answer.kind === 'UNKNOWN') {
    journal.unknown(answer.why);
    return null;
  }
  if (answer.kind === 'DONE') journal.ack();
  else journal.counts.refused += 1;
  return answer;
}
