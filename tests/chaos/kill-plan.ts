import type { Role } from '../../bin/cluster/plan.js';
import { createRandom, type Random } from '../../bin/demo/random.js';

/** What can be taken away beside processes: a server with SIGKILL, or all that Redis holds. */
export const serverVictims = ['redis', 'redis-data', 'database'] as const;
export type ServerVictim = (typeof serverVictims)[number];

/** Who dies when: a server, or a process by its name such as `orders-2`. */
export interface Kill {
  /** Milliseconds after the load has begun. */
  readonly atMs: number;
  readonly victim: ServerVictim | `${Role}-${number}`;
}

/** What a plan is made from; the same facts make the same plan. */
export interface KillPlanFacts {
  readonly seed: number;
  readonly roles: readonly Role[];
  /** Processes of each role. */
  readonly replicas: number;
  readonly everyMs: number;
  readonly count: number;
  /** Each of them once, somewhere between the first and the last quarter. */
  readonly servers: readonly ServerVictim[];
}

const JITTER = 0.2;

/** Plans kills at about equal distances: every role comes once before one comes again, which of its processes is left to the seed. */
export function planKills({ seed, roles, replicas, everyMs, count, servers }: KillPlanFacts): Kill[] {
  const random = createRandom(seed);
  const turns = turnsOf(count, servers, random);
  let bag: Role[] = [];
  return Array.from({ length: count }, (_, turn) => {
    const atMs = Math.round(everyMs * (turn + 1 + (random.next() - 0.5) * JITTER));
    const server = turns.get(turn);
    if (server) return { atMs, victim: server };
    if (bag.length === 0) bag = shuffled(roles, random);
    return { atMs, victim: `${bag.pop() ?? 'gateway'}-${random.between(1, replicas)}` as const };
  });
}

/** The plan as one line that can be read and compared. */
export function planText(plan: readonly Kill[]): string {
  return plan.map(({ atMs, victim }) => `${(atMs / 1_000).toFixed(1)}s ${victim}`).join(', ');
}

function turnsOf(count: number, servers: readonly ServerVictim[], random: Random): Map<number, ServerVictim> {
  const middle = Array.from({ length: count }, (_, turn) => turn).slice(
    Math.floor(count / 4),
    Math.ceil((count * 3) / 4),
  );
  if (middle.length < servers.length) throw new Error(`${count} kills are too few for ${servers.length} servers.`);
  const picked = shuffled(middle, random);
  return new Map(servers.map((server, index) => [picked[index] ?? 0, server]));
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
