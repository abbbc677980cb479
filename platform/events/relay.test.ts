import { mock } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../data/database.js';
import { readableLog, relayTelling, upTo } from './events.fixture.js';

/** A database that never has anything to publish, and says when it is asked. */
function quietDatabase(onFind: () => void): Database {
  const find = async () => {
    onFind();
    return [];
  };
  return { name: 'orders', em: { fork: () => ({ find }) } } as unknown as Database;
}

async function inMicrotasks(count: number, act: () => void): Promise<void> {
  for (let n = 0; n < count; n += 1) await Promise.resolve();
  act();
}

describe('a nudge', () => {
  it.each(upTo(24, 0))('that comes %i steps after the last look is not lost', async (steps) => {
    let looks = 0;
    const database = quietDatabase(() => {
      looks += 1;
      if (looks === 1) void inMicrotasks(steps, relay.nudge);
    });
    const relay = relayTelling(database, () => {}, readableLog().log);

    relay.nudge();
    await nextTurn();

    expect(looks).toBe(2);
  });
});

describe('a relay that is started', () => {
  afterEach(() => mock.timers.reset());

  const pass = async (milliseconds: number) => {
    mock.timers.tick(milliseconds);
    await nextTurn();
  };

  it('looks at once, every second from then on, and once more when it is stopped', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    let looks = 0;
    const relay = relayTelling(
      quietDatabase(() => (looks += 1)),
      () => {},
      readableLog().log,
    );

    relay.start();
    await pass(999);
    expect(looks).toBe(1);
    for (const milliseconds of [1, 1_000, 1_000]) await pass(milliseconds);
    expect(looks).toBe(4);
    await relay.stop();
    await pass(5_000);
    expect(looks).toBe(5);
  });
});
