import type { SubgraphEvents } from '../platform/graphql/subgraph-client.js';
import { ContinuedEvents } from './continued-events.js';
import { lost, ReplayingOrders } from './continued-events.fixture.js';
import { until } from './gateway.fixture.js';

let orders: ReplayingOrders;
let reopened: string[];

beforeEach(() => {
  orders = new ReplayingOrders();
  reopened = [];
});

async function reopen(cursor: string): Promise<SubgraphEvents | null> {
  reopened.push(cursor);
  return orders.isAway ? null : orders.openAfter(Number(cursor.slice(2)));
}

const code = (end: unknown) => expect.objectContaining({ extensions: { code: end } });
const cursorIn = ({ value }: IteratorResult<any>) => value?.data.orderChanged.cursor;

async function read(events: ContinuedEvents, count: number): Promise<string[]> {
  const cursors: string[] = [];
  while (cursors.length < count) cursors.push(cursorIn(await events.next()));
  return cursors;
}

describe('the events of a replica that is lost', () => {
  it('go on at another one after the last that was read, however often', async () => {
    const events = new ContinuedEvents(orders.openAfter(0), { reopen });

    for (const round of [0, 1, 2]) {
      orders.emit('A', 'B');
      orders.lose();
      orders.emit('C');
      expect(await read(events, 3)).toEqual([1, 2, 3].map((seq) => `c-${round * 3 + seq}`));
    }

    expect(reopened).toEqual(['c-2', 'c-5', 'c-8']);
  });

  it('go on from where they began when none was read yet', async () => {
    orders.emit('before');
    const events = new ContinuedEvents(orders.openAfter(1), { reopen });

    orders.lose();
    orders.emit('A');

    expect(await read(events, 1)).toEqual(['c-2']);
    expect(reopened).toEqual(['c-1']);
  });

  it('wait until somebody answers', async () => {
    const events = new ContinuedEvents(orders.openAfter(0), { reopen });
    orders.isAway = true;
    orders.lose();
    const waiting = events.next();
    await until(() => reopened.length === 3);

    orders.emit('A');
    orders.isAway = false;

    expect(cursorIn(await waiting)).toBe('c-1');
  });

  it('are given up when nobody answers in time, and when nobody who answers lasts', async () => {
    for (const isAway of [true, false]) {
      orders = new ReplayingOrders();
      reopened = [];
      const events = new ContinuedEvents(orders.openAfter(0), {
        patienceMs: 300,
        reopen: async (cursor) => {
          const source = await reopen(cursor);
          orders.lose();
          return source;
        },
      });
      orders.isAway = isAway;
      orders.lose();

      await expect(events.next()).rejects.toEqual(code('SUBGRAPH_UNAVAILABLE'));
      expect(reopened.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['a failure that is not of a replica', () => new ContinuedEvents(orders.openAfter(0), { reopen }), new Error('x')],
    ['no way to go on', () => new ContinuedEvents(orders.openAfter(0), null), lost],
    ['no cursor', () => new ContinuedEvents({ ...orders.openAfter(0), cursor: undefined }, { reopen }), lost],
  ])('end with %s', async (_what, open, loss) => {
    const events = open();

    orders.lose(loss);

    await expect(events.next()).rejects.toEqual(code('SUBGRAPH_UNAVAILABLE'));
    expect(reopened).toEqual([]);
  });

  it('end with what refuses to go on', async () => {
    const events = new ContinuedEvents(orders.openAfter(0), { reopen: () => Promise.reject(new Error('refused')) });
    orders.lose();

    await expect(events.next()).rejects.toThrow(/^refused$/);
  });

  it('are let go of by a reader who leaves while they are opened again', async () => {
    const gate = Promise.withResolvers<void>();
    const events = new ContinuedEvents(orders.openAfter(0), {
      reopen: async (cursor) => {
        const source = reopen(cursor);
        await gate.promise;
        return source;
      },
    });
    orders.lose();
    const waiting = events.next();
    await until(() => reopened.length === 1);
    const leftBefore = orders.left;

    expect(await events.return()).toEqual({ value: undefined, done: true });
    gate.resolve();

    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(orders.left - leftBefore).toBe(1);
  });
});
