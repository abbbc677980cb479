import { isRealServers, makeTestPlace, type TestPlace } from '../../tests/harness/target.js';
import { openCuttableWay, type CuttableWay } from '../events/redis-stream.fixture.js';
import { listDatabaseFindings } from './database-findings.js';
import { openDatabase, type Database } from './database.js';
import { migrate } from './migrate.js';
import type { Migration } from './migration.js';

const head: Migration = {
  name: '20260101000000-head',
  statements: [
    'create table `stream_head` (`id` int unsigned not null, `epoch` varchar(32) not null, `last_seq` bigint not null, primary key (`id`))',
  ],
};
const cup: Migration = { name: '20260102000000-cup', statements: ['create table `cup` (`id` int not null)'] };
const away = ['The orders database does not answer.'];

let place: TestPlace;
let opened: { close(): Promise<void> }[];

beforeEach(() => {
  place = makeTestPlace();
  opened = [];
});
afterEach(async () => {
  for (const each of opened) await each.close();
  await place.remove();
});

async function open(url = place.location.url): Promise<Database> {
  const database = await openDatabase('orders', { ...place.location, url }, []);
  opened.push(database);
  return database;
}

describe('a process that works with a database', () => {
  it('finds nothing while it answers at this version', async () => {
    const database = await open();
    if (isRealServers()) await migrate(database, [head]);

    expect(await listDatabaseFindings(database, [head])).toEqual([]);
  });
});

if (isRealServers()) {
  describe('a process that works with a server', () => {
    it('finds the migrations it lacks, and not those of a newer version', async () => {
      const database = await open();
      await migrate(database, [head]);

      const lacking = await listDatabaseFindings(database, [head, cup]);
      await migrate(database, [head, cup]);
      const older = await listDatabaseFindings(database, [head]);

      expect(lacking).toEqual([
        'The orders database lacks the migration 20260102000000-cup: run "npm run migrate", then start again.',
      ]);
      expect(older).toEqual([]);
    });

    it.each<[string, (way: CuttableWay) => unknown]>([
      ['is cut off', (way) => way.cut()],
      ['goes silent', (way) => way.silence()],
    ])('F2 finds that it %s, and that it is back', async (_what, lose) => {
      await migrate(await open(), [head]);
      const way = await openCuttableWay(place.location.url ?? '');
      const database = await open(way.url);
      opened.push(way);
      const before = await listDatabaseFindings(database, [head]);

      await lose(way);
      const meanwhile = await listDatabaseFindings(database, [head]);
      await way.mend();
      const afterwards = await listDatabaseFindings(database, [head]);

      expect([before, meanwhile, afterwards]).toEqual([[], away, []]);
    });
  });
}
