import type { IncomingMessage } from 'node:http';
import { jsonAnswer, type SubgraphAnswer } from './subgraph-answer.js';

/** Whether a process can do its work, and if not, why: one sentence a finding. */
export interface Readiness {
  readonly isReady: boolean;
  readonly findings: readonly string[];
}

/** The answer to a question whether the process lives or can work; null when the request asks for something else. */
export async function probeAnswer(
  { method, url }: IncomingMessage,
  readiness: () => Promise<Readiness>,
): Promise<SubgraphAnswer | null> {
  const path = url?.split('?')[0];
  if (method !== 'GET') return null;
  if (path === '/livez' || path === '/health') return jsonAnswer(200, { status: 'ok' });
  if (path !== '/readyz') return null;
  const { status, body } = readinessReport(await readiness());
  return jsonAnswer(status, body);
}

/** 200 while the process can work, 503 otherwise; what was found is told in both, such as a part that others do without. */
export function readinessReport({ isReady, findings }: Readiness): { readonly status: number; readonly body: object } {
  if (!isReady) return { status: 503, body: { status: 'unavailable', findings } };
  return { status: 200, body: findings.length > 0 ? { status: 'ok', findings } : { status: 'ok' } };
}
