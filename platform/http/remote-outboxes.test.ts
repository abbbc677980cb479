import type { ServerResponse } from 'node:http';
import { published, readableLog } from '../events/events.fixture.js';
import { formatPublishedEvent } from '../events/published-event.js';
import type { EventSource } from '../events/stream.js';
import { signatureLifetimeMs } from '../domain/viewer-signature.js';
import { ManualClock } from '../process/clock.js';
import { createRemoteOutboxes } from './remote-outboxes.js';
import { Opened, viewerSecret } from './served-graph.fixture.js';

let opened: Opened;

beforeEach(() => void (opened = new Opened()));
afterEach(() => opened.close());

const told = Array.from({ length: 5 }, (_, index) => published({ seq: index + 1 }));
const source: EventSource = {
  read: async (afterSeq, limit) => told.filter(({ seq }) => seq > afterSeq).slice(0, limit),
  flush: async () => 5,
};

const fine = (response: ServerResponse) => response.end(JSON.stringify({ events: told.map(formatPublishedEvent) }));
const busy = (response: ServerResponse) => response.writeHead(503).end();
const broken = (response: ServerResponse) => response.destroy();
const strange = (response: ServerResponse) => response.end('{"events":[1]}');
const silent = () => undefined;

function outboxesOf(urls: readonly string[], changes: { deadlineMs?: number; clock?: ManualClock } = {}) {
  const clock = new ManualClock('2026-03-14T12:00:00Z');
  const { log } = readableLog();
  const outboxes = createRemoteOutboxes({ urls: { orders: urls }, viewerSecret, clock, log, ...changes });
  opened.add(() => outboxes.close());
  return outboxes;
}

describe('the outbox of a subgraph in another process', () => {
  it('gives its events and its last position, signed for again at every call', async () => {
    const { url, graph } = await opened.graph({ events: source });
    const outboxes = outboxesOf([url], { clock: graph.clock });

    expect(await outboxes.readOutbox('orders', 1, 3)).toEqual(told.slice(1, 4));
    graph.clock.advance(signatureLifetimeMs * 2);
    expect(await outboxes.readOutbox('orders', 5, 3)).toEqual([]);
    expect(await outboxes.flush('orders')).toBe(5);
  });

  it('is asked at each replica in turn', async () => {
    const replicas = [await opened.replica(fine), await opened.replica(fine)];
    const outboxes = outboxesOf(replicas.map(({ url }) => url));

    for (let n = 0; n < 6; n += 1) expect(await outboxes.readOutbox('orders', 0, 5)).toEqual(told);

    expect(replicas.map(({ asked }) => asked.length)).toEqual([3, 3]);
  });

  it.each([
    ['is busy', busy],
    ['breaks off', broken],
    ['answers what is none', strange],
    ['hangs', silent],
  ])('F1: is asked at another replica where one %s', async (_what, failing) => {
    const bad = await opened.replica(failing);
    const good = await opened.replica(fine);
    const outboxes = outboxesOf([bad.url, good.url], { deadlineMs: 1_000 });

    expect(await outboxes.readOutbox('orders', 0, 5)).toEqual(told);
    expect(await outboxes.readOutbox('orders', 0, 5)).toEqual(told);
    expect([bad.asked.length, good.asked.length]).toEqual([1, 2]);
  });

  it('is asked again where the only replica broke off', async () => {
    const answers = [broken, fine];
    const { url } = await opened.replica((response) => answers.shift()?.(response));

    expect(await outboxesOf([url]).readOutbox('orders', 0, 5)).toEqual(told);
  });

  it('rejects when nobody answers, within the time there is', async () => {
    const replicas = [await opened.replica(silent), await opened.replica(busy), await opened.replica(silent)];
    const outboxes = outboxesOf(
      replicas.map(({ url }) => url),
      { deadlineMs: 300 },
    );

    await expect(outboxes.flush('orders')).rejects.toThrow(/^No replica of orders told its events: .*answered 503/);
    expect(replicas.map(({ asked }) => asked.length)).toEqual([1, 1, 1]);
    for (const { asked } of replicas) expect(Number(asked[0]?.headers['x-deadline-ms'])).toBeLessThanOrEqual(300);
  });

  it('rejects where it is not believed, and for a subgraph nobody knows', async () => {
    const { url } = await opened.graph({ events: source });
    const late = new ManualClock('2026-03-14T11:00:00Z');

    await expect(outboxesOf([url], { clock: late }).flush('orders')).rejects.toThrow('answered 401');
    await expect(outboxesOf([url]).flush('layout')).rejects.toThrow('There is no URL for the subgraph layout.');
    await expect(outboxesOf([url]).readOutbox('constructor', 0, 1)).rejects.toThrow('There is no URL');
  });

  it('rejects an event of another version', async () => {
    const newer = JSON.stringify({ ...told[0], outletId: {} });
    const { url } = await opened.replica((response) => response.end(JSON.stringify({ events: [newer] })));

    await expect(outboxesOf([url]).readOutbox('orders', 0, 5)).rejects.toThrow(
      'orders tells an event that is not of this version.',
    );
  });
});
