import type { Readiness } from '../platform/http/probe-answer.js';
import { askReadiness } from '../platform/http/replica-readiness.js';

// Without it nobody can be recognised; while another one is away, the rest of the fields still answer.
const indispensable = 'accounts';

/** Whether a gateway before subgraphs in other processes can work; the findings name every subgraph that is away or unready. */
export async function clusterReadiness(urlsByName: Readonly<Record<string, readonly string[]>>): Promise<Readiness> {
  const asked = await Promise.all(
    Object.entries(urlsByName).map(async ([name, urls]) => ({ name, ...(await askReadiness(urls)) })),
  );
  return {
    isReady: asked.some(({ name, isReady }) => isReady && name === indispensable),
    findings: asked.filter(({ isReady }) => !isReady).map(({ name, findings }) => `${name}: ${findings.join(', ')}`),
  };
}
