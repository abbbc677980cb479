import { request } from 'undici';
import { z } from 'zod';
import type { Readiness } from './probe-answer.js';

/** What a replica says that is not ready. */
class UnreadyReplica extends Error {
  constructor(readonly findings: readonly string[]) {
    super(findings.join('; '));
    this.name = 'UnreadyReplica';
  }
}

const answerMs = 1_000;
const unreadyShape = z.object({ findings: z.array(z.string()) });

/** Whether any replica of a subgraph says within a second that it is ready, or else what they find, each thing once and without an address. */
export async function askReadiness(urls: readonly string[]): Promise<Readiness> {
  try {
    await Promise.any(urls.map(requireReady));
    return { isReady: true, findings: [] };
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    return { isReady: false, findings: [...new Set(error.errors.flatMap(findingsIn))] };
  }
}

async function requireReady(url: string): Promise<void> {
  const { statusCode, body } = await request(new URL('/readyz', url), { signal: AbortSignal.timeout(answerMs) });
  const text = await body.text();
  if (statusCode === 503) throw new UnreadyReplica(unreadyShape.parse(JSON.parse(text)).findings);
  if (statusCode !== 200) throw new UnreadyReplica([`a replica answers ${statusCode}`]);
}

function findingsIn(error: unknown): readonly string[] {
  return error instanceof UnreadyReplica ? error.findings : ['a replica does not answer'];
}
