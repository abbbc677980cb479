import { isRealServers, makeTestPlace, testServers } from '../../tests/harness/target.js';
import { plusMs, systemClock } from '../process/clock.js';
import { createLog } from '../process/log.js';
import { openDatabase, type Database } from './database.js';
import { NoteEntity } from './note.fixture.js';
import { checkDatabaseSettings, checkRedisSettings, readSettings, requireSafeSettings } from './settings-check.js';
import { judgeSettings } from './settings.rules.js';

const place = makeTestPlace();
let database: Database;
beforeAll(async () => {
  // What a server always has, so that nothing needs to be made.
  database = await openDatabase(
    isRealServers() ? 'information_schema' : 'settings',
    { ...place.location, prefix: '' },
    [NoteEntity],
  );
});
afterAll(async () => {
  await database.close();
  await place.remove();
});

const none = { refusals: [], warnings: [] };

it('F14 finds nothing wrong with the database of the tests', async () => {
  expect(await checkDatabaseSettings(database, systemClock)).toEqual(none);
});

if (isRealServers()) {
  it('F14 reads every setting as the connection has it', async () => {
    await database.em.fork().transactional(async (em) => {
      await em.execute("set session sql_mode = '', session character_set_connection = latin1");

      const { refusals, warnings } = judgeSettings(await readSettings(em));

      expect(refusals.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
        'sql_mode is empty:',
        'character_set_connection is latin1:',
        'collation_connection is latin1_swedish_ci:',
      ]);
      expect(warnings).toEqual([]);
      await em.execute('set session sql_mode = default, names utf8mb4');
    });
  });

  it.each([
    ['ahead of', -60_000],
    ['behind', 60_000],
  ])('F14 sees that the server is %s this process', async (direction, shiftMs) => {
    const shifted = { now: () => plusMs(systemClock.now(), shiftMs) };

    expect(await checkDatabaseSettings(database, shifted)).toEqual({
      refusals: [],
      warnings: [expect.stringMatching(new RegExp(`clock is (59|60)\\.\\d s ${direction} this process's`))],
    });
  });

  it('F14 reads the settings of Redis', async () => {
    expect(await checkRedisSettings(testServers().redisUrl)).toEqual(none);
  });

  it('F14 lets a process start on these servers', async () => {
    const { databaseUrl, redisUrl } = testServers();
    const location = { ...place.location, url: databaseUrl };

    await expect(
      requireSafeSettings({ location, redisUrl, clock: systemClock, log: createLog('silent') }),
    ).resolves.toBeUndefined();
  });
} else {
  it('F14 opens the embedded database so that a commit is on the disk', async () => {
    const em = database.em.fork();

    expect(await em.execute('pragma synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await em.execute('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });
}

it('F14 warns of a Redis that does not answer, and goes on', async () => {
  expect(await checkRedisSettings('redis://127.0.0.1:1')).toEqual({
    refusals: [],
    warnings: [expect.stringMatching(/^The settings of Redis could not be checked: .*ECONNREFUSED/)],
  });
});
