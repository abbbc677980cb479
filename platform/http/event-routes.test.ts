import { published } from '../events/events.fixture.js';
import { formatPublishedEvent } from '../events/published-event.js';
import type { EventSource } from '../events/stream.js';
import { signViewer } from '../domain/viewer-signature.js';
import { system } from '../domain/viewer.js';
import { Opened, viewerSecret, type ServedGraph } from './served-graph.fixture.js';

const opened = new Opened();
const told = [1, 2, 3].map((seq) => published({ seq }));
const asked: unknown[] = [];
let isHanging = false;
let served: ServedGraph;

const events: EventSource = {
  read: async (afterSeq, limit) => {
    asked.push([afterSeq, limit]);
    if (isHanging) await new Promise<never>(() => {});
    return told.filter(({ seq }) => seq > afterSeq).slice(0, limit);
  },
  flush: async () => (asked.push('flush'), 3),
};

beforeAll(async () => void (served = await opened.graph({ events })));
afterAll(() => opened.close());
beforeEach(() => void (asked.length = 0));

async function ask(path: string, method = 'GET', { headers = {}, url = served.url } = {}) {
  const signed = { 'x-viewer': signViewer(system, 'orders', viewerSecret, served.graph.clock.now()) };
  const response = await fetch(`${url}${path}`, { method, headers: { ...signed, ...headers } });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

describe('a subgraph asked for its events by the product', () => {
  it.each([
    ['/events?after=0&limit=1000', told],
    ['/events?after=1&limit=1', told.slice(1, 2)],
    ['/events?after=9007199254740991&limit=1', []],
  ])('answers %s', async (path, expected) => {
    expect(await ask(path)).toEqual({ status: 200, body: { events: expected.map(formatPublishedEvent) } });
  });

  it('publishes, and answers its last position', async () => {
    expect(await ask('/events/flush', 'POST')).toEqual({ status: 200, body: { lastSeq: 3 } });
    expect(asked).toEqual(['flush']);
  });

  it.each([
    ['/events', 'after'],
    ['/events?limit=10', 'after'],
    ['/events?after=&limit=10', 'after'],
    ['/events?after=-1&limit=10', 'after'],
    ['/events?after=1.5&limit=10', 'after'],
    ['/events?after=1e3&limit=10', 'after'],
    ['/events?after=9007199254740992&limit=10', 'after'],
    ['/events?after=0', 'limit'],
    ['/events?after=0&limit=0', 'limit'],
    ['/events?after=0&limit=1001', 'limit'],
    ['/events?after=0&limit=all', 'limit'],
  ])('refuses %s for its %s', async (path, name) => {
    const { status, body } = await ask(path);

    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        message: expect.stringMatching(new RegExp(`^${name} must be a whole number from \\d+ to \\d+\\.$`)),
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['/events?after=0&limit=1', 'POST', 405],
    ['/events/flush', 'GET', 405],
    ['/events/', 'GET', 404],
  ])('refuses %s by %s with %i', async (path, method, status) => {
    expect((await ask(path, method)).status).toBe(status);
    expect(asked).toEqual([]);
  });

  it('F4: answers 504 when nobody waits any more', async () => {
    isHanging = true;

    const { status } = await ask('/events?after=0&limit=1', 'GET', { headers: { 'x-deadline-ms': '50' } });

    isHanging = false;
    expect(status).toBe(504);
  });

  it('has none where it is not given any', async () => {
    const { url } = await opened.graph();

    expect((await ask('/events?after=0&limit=1', 'GET', { url })).status).toBe(404);
    expect((await ask('/events/flush', 'POST', { url })).status).toBe(404);
  });
});
