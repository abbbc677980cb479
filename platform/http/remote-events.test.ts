import { largestBacklog, RemoteEvents } from './remote-events.js';

const done = { value: undefined, done: true };

function remote() {
  let left = 0;
  const events = new RemoteEvents<number>(() => (left += 1));
  return { events, left: () => left };
}

describe('events from elsewhere', () => {
  it('are read in order, waited for or not', async () => {
    const { events } = remote();
    const early = [events.next(), events.next()];
    for (const value of [1, 2, 3, 4]) events.push(value);
    events.end();

    const steps = [...(await Promise.all(early)), await events.next(), await events.next(), await events.next()];

    expect(steps).toEqual([...[1, 2, 3, 4].map((value) => ({ value, done: false })), done]);
  });

  it('that have come are read before a failure', async () => {
    const { events, left } = remote();
    events.push(1);
    events.fail(new Error('cut'));
    events.push(2);

    expect(await events.next()).toEqual({ value: 1, done: false });
    await expect(events.next()).rejects.toThrow('cut');
    await expect(events.next()).rejects.toThrow('cut');
    expect(left()).toBe(0);
  });

  it('are left at once and once, while a reader waits', async () => {
    const { events, left } = remote();
    const waiting = events.next();

    expect(await events.return()).toEqual(done);
    expect(await events.return()).toEqual(done);

    expect(await waiting).toEqual(done);
    expect(left()).toBe(1);
  });

  it('are cut off for a reader that is too far behind', async () => {
    const { events, left } = remote();
    for (let value = 0; value <= largestBacklog; value += 1) events.push(value);

    expect(left()).toBe(1);
    for (let value = 0; value <= largestBacklog; value += 1)
      expect(await events.next()).toEqual({ value, done: false });
    await expect(events.next()).rejects.toThrow('The reader is 1000 events behind.');
  });
});
