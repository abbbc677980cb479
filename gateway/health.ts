import { jsonAnswer, type Answer } from './http-answer.js';

/** Whether the product can work, and if not, why. */
export type Readiness = () => Promise<{ readonly isReady: boolean; readonly findings: readonly string[] }>;

/** The process answers. */
export function healthAnswer(): Answer {
  return jsonAnswer(200, { status: 'ok' });
}

/** 200 while everything the product needs answers, 503 with the findings otherwise. */
export async function readinessAnswer(readiness: Readiness): Promise<Answer> {
  const { isReady, findings } = await readiness();
  return isReady ? jsonAnswer(200, { status: 'ok' }) : jsonAnswer(503, { status: 'unavailable', findings });
}
