import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { findingsOf, logKills, reportLines } from './chaos/chaos-report.js';
import { runChaos, type ChaosResult } from './chaos/chaos.js';
import { books } from './chaos/journal.js';
import { planKills, planText } from './chaos/kill-plan.js';
import { environmentOf } from './harness/process.js';
import { makeTestPlace } from './harness/target.js';

const SEED = 3;
const LEAST_ORDERS = 25;
const LOG = '.cache/chaos-short.log';
const plan = planKills({
  seed: SEED,
  roles: ['gateway', 'orders', 'worker'],
  replicas: 2,
  everyMs: 3_000,
  count: 3,
  servers: [],
});

/** What each book has to show. */
const claims = {
  orders: 'F1 keeps every acknowledged order once, with its lines and total, and no other',
  steps: 'F1 I8 takes every acknowledged step once, in order',
  payments: 'F1 I4 keeps every acknowledged payment once; paid is the sum of payments',
  keys: 'I11 answers the same key with the same result',
  outbox: 'I15 publishes each event once, without gaps and in the order of what happened',
  consumers: 'I15 F6 applies every event in every reader',
  stock: 'I6 I7 moves stock once for each order, and on hand is the sum',
  figures: 'I18 counts the day as the ledger does',
  reports: 'R13 F1 makes every requested report once, with its file',
  tables: 'F1 seats and releases every party once',
  subscribers: 'F1 tells every subscriber each event once and in order, over all deaths of sockets',
  reads: 'I20 shows every acknowledged write to the next read',
  outcomes: 'F1 I11 settles every unknown outcome by a retry with the same key, or by reading the state',
} as const satisfies Record<(typeof books)[number], string>;

describe('a cluster whose processes are killed', () => {
  let result: ChaosResult;

  beforeAll(async () => {
    const place = makeTestPlace();
    const { location, dataDir, redisUrl } = place;
    mkdirSync('.cache', { recursive: true });
    writeFileSync(LOG, `seed ${SEED}: ${planText(plan)}\n`);
    const write = (line: string) => appendFileSync(LOG, `${line}\n`);
    try {
      result = await runChaos({
        env: { ...environmentOf(place), ACCESS_TOKEN_SECONDS: '6', TRUSTED_PROXIES: '1' },
        place: { databaseUrl: location.url ?? '', prefix: location.prefix, redisUrl: redisUrl ?? '', dataDir },
        servers: { database: null, redis: null },
        seed: SEED,
        replicas: 2,
        plan,
        loadMs: 12_000,
        leastOrders: LEAST_ORDERS,
        tablesAtOnce: 3,
        demoDays: 2,
        write,
        witness: logKills(write),
      });
      write(reportLines(result).join('\n'));
    } finally {
      await place.remove();
    }
  }, 480_000);

  it('was under load while three processes were killed', () => {
    const { journal, kills, subscribers } = result;

    const hit = kills.filter(({ hasHit }) => hasHit).map(({ victim }) => victim.replace(/-\d$/, ''));
    expect(hit.toSorted()).toEqual(['gateway', 'orders', 'worker']);
    expect(journal.orders.length).toBeGreaterThanOrEqual(LEAST_ORDERS);
    for (const rows of [journal.payments, journal.seatings, journal.stock, journal.reports])
      expect(rows.length).toBeGreaterThan(0);
    expect([journal.counts.reads > 0, journal.counts.replays > 0]).toEqual([true, true]);
    expect(subscribers.map(({ events }) => events.length > 0)).toEqual([true, true]);
  });

  it.each(books.map((book) => [claims[book], book] as const))('%s', (_claim, book) => {
    expect(findingsOf(result.journal, book)).toEqual([]);
  });
});
