import { Pool } from 'undici';

/** A request that is sent over and over. */
export interface LoadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a slice of load came to. */
export interface Load {
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
}

/** Sends the request on `connections` connections, each as soon as it has the last answer, for a while; waits for the last answers, so that all work that was begun is counted. */
export async function load(
  { url, headers, body }: LoadRequest,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  const lane = async () => {
    while (performance.now() < endsAt) {
      const sentAt = performance.now();
      const answer = await pool.request({ method: 'POST', path: pathname, headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}: ${text}`);
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, lane));
    return { seconds: (performance.now() - startedAt) / 1_000, latenciesMs };
  } finally {
    await pool.destroy();
  }
}
