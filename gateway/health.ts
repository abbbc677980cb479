import { readinessReport, type Readiness as Found } from '../platform/http/probe-answer.js';
import { jsonAnswer, type Answer } from './http-answer.js';

/** Whether the product can work, and if not, why. */
export type Readiness = () => Promise<Found>;

/** The process answers. */
export function healthAnswer(): Answer {
  return jsonAnswer(200, { status: 'ok' });
}

/** 200 while the product can answer, 503 otherwise; both with what was found, such as a subgraph that is away. */
export async function readinessAnswer(readiness: Readiness): Promise<Answer> {
  const { status, body } = readinessReport(await readiness());
  return jsonAnswer(status, body);
}
