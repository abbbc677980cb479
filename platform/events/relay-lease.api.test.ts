import { makeTestPlace, type TestPlace } from '../../tests/harness/target.js';
import { openDatabase, platformEntities, type Database, type EntityClass } from '../data/database.js';
import { RelayLeaseEntity } from '../data/relay-lease.entity.js';
import { instant, ManualClock } from '../process/clock.js';
import { createRelayLease } from './relay-lease.js';

let place: TestPlace;
let database: Database;
let clock: ManualClock;

beforeAll(async () => {
  place = makeTestPlace();
  const tables: readonly EntityClass[] = platformEntities;
  const missing = [RelayLeaseEntity].filter((entity) => !tables.includes(entity));
  database = await openDatabase('layout', place.location, missing);
  await database.orm.schema.ensureDatabase();
  await database.orm.schema.refresh();
});

beforeEach(async () => {
  clock = new ManualClock('2026-03-14T12:00:00.123Z');
  await database.em.fork().nativeDelete(RelayLeaseEntity, {});
});

afterAll(async () => {
  await database.close();
  await place.remove();
});

const contender = (holder: string) => createRelayLease(database, { holder, clock, leaseMs: 5_000 });
const row = () => database.em.fork().findOneOrFail(RelayLeaseEntity, { id: 1 });

describe('the lease of the relay', () => {
  it('moves when its holder no longer renews it, and not a millisecond before', async () => {
    const [first, second] = [contender('first'), contender('second')];
    expect(await first.acquire()).toBe(true);
    expect(await second.acquire()).toBe(false);

    clock.advance(4_999);
    expect(await second.acquire()).toBe(false);
    clock.advance(1);
    expect(await second.acquire()).toBe(true);

    expect(await first.acquire()).toBe(false);
    expect(await row()).toMatchObject({ holder: 'second', leaseUntil: instant('2026-03-14T12:00:10.123Z') });
  });

  it('stays with a holder that goes on publishing, which writes its row only now and then', async () => {
    const [first, second] = [contender('first'), contender('second')];
    await first.acquire();
    const before = database.statements.total;

    for (let step = 0; step < 100; step += 1) {
      clock.advance(100);
      expect(await first.acquire()).toBe(true);
    }

    expect(database.statements.total - before).toBe(4);
    expect(await second.acquire()).toBe(false);
  });

  it('is another’s at once when its holder stops, and the former cannot give it away a second time', async () => {
    const [first, second] = [contender('first'), contender('second')];
    await first.acquire();

    await first.release();
    expect(await second.acquire()).toBe(true);
    await first.release();

    expect(await first.acquire()).toBe(false);
    expect((await row()).holder).toBe('second');
  });

  it('is taken again by a process that has the same name after a restart', async () => {
    await contender('first').acquire();

    expect(await contender('first').acquire()).toBe(true);
  });

  it('is never held by two of five who ask together, whenever they ask (I15)', async () => {
    const contenders = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, lease: contender(name), asks: true }));
    const holders = new Set<string>();
    for (let round = 0; round < 60; round += 1) {
      const asking = contenders.filter(({ asks }) => asks);
      const answers = await Promise.all(asking.map(async (one) => ((await one.lease.acquire()) ? one : null)));
      const winners = answers.filter((one) => one !== null);
      expect(winners.length).toBeLessThanOrEqual(1);
      // Every sixth round its holder falls silent, and the one silent before may ask again.
      for (const one of contenders) if (round % 6 === 5) one.asks = !winners.includes(one);
      for (const { name } of winners) holders.add(name);
      clock.advance(1_000);
    }
    expect(holders.size).toBeGreaterThan(1);
  });
});
