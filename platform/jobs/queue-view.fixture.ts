import { pino } from 'pino';
import { operatorName, openQueueView, queueViewPath } from './queue-view.js';
import { createWorkerServer } from './worker-server.js';

/** The password of the tests' operator. */
export const operatorPassword = 'sixteen letters at least';

/** One BullMQ job as the page is told of it. */
export interface ShownJob {
  readonly name: string;
  readonly data: Record<string, unknown>;
  readonly progress: unknown;
  readonly failedReason?: string;
  readonly returnValue: unknown;
  readonly delay: number;
}

/** One queue as the page is told of it, with the jobs of the state that was asked for. */
export interface ShownQueue {
  readonly name: string;
  readonly displayName: string;
  readonly counts: Record<string, number>;
  readonly jobs: readonly ShownJob[];
  readonly readOnlyMode: boolean;
  readonly isPaused: boolean;
}

/** A worker's server with the view of some subgraphs' queues, and an operator's browser. */
export interface ShownQueues {
  readonly url: string;
  /** Asks for a path below `/queues`, as the operator unless told otherwise. */
  ask(path: string, init?: { method?: string; authorization?: string | null }): Promise<Response>;
  queues(): Promise<readonly ShownQueue[]>;
  /** The jobs of one queue that are in a state such as `active`. */
  jobs(queueName: string, state: string): Promise<readonly ShownJob[]>;
  close(): Promise<void>;
}

/** Opens such a server on a free port. */
export async function showQueues(place: {
  redisUrl: string;
  prefix: string;
  subgraphs: readonly string[];
}): Promise<ShownQueues> {
  const log = pino({ level: 'silent' });
  const queueView = openQueueView({ ...place, password: operatorPassword, log });
  const server = createWorkerServer({ readiness: async () => ({ isReady: true, findings: [] }), queueView, log });
  const { url } = await server.listen(0, '127.0.0.1');
  const ask: ShownQueues['ask'] = (path, { method, authorization = basic(operatorName, operatorPassword) } = {}) =>
    fetch(`${url}${queueViewPath}${path}`, { method, headers: authorization === null ? {} : { authorization } });
  const askQueues = async (query: string) => {
    const answer: { queues: ShownQueue[] } = JSON.parse(await (await ask(`/api/queues?${query}`)).text());
    return answer.queues;
  };
  return {
    url,
    ask,
    queues: () => askQueues('page=1&jobsPerPage=10'),
    jobs: async (queueName, state) => {
      const queues = await askQueues(`activeQueue=${queueName}&status=${state}&page=1&jobsPerPage=10`);
      return queues.find(({ name }) => name === queueName)?.jobs ?? [];
    },
    close: async () => {
      await server.close();
      queueView.close();
    },
  };
}

/** What a browser sends of a name and a password. */
export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}
