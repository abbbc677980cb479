import { Pool } from 'undici';

const poolOptions = {
  connections: 32,
  pipelining: 1,
  // Shorter than a subgraph keeps an idle connection, so that none is closed just when it is used again.
  keepAliveTimeout: 30_000,
  keepAliveMaxTimeout: 30_000,
  connect: { timeout: 1_000 },
};

/** The origin of a replica's URL; throws where it is not reached by http. */
export function replicaOrigin(url: string): string {
  const { protocol, origin } = new URL(url);
  if (protocol !== 'http:') throw new Error(`A subgraph is reached by http, not by ${protocol}`);
  return origin;
}

/** Kept-alive connections to one replica, 32 at most. */
export function openReplicaPool(origin: string): Pool {
  return new Pool(origin, poolOptions);
}
