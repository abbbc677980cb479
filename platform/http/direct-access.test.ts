import type { EventSource } from '../events/stream.js';
import { directAccessCases, refusalBody } from './direct-access.fixture.js';
import { Opened, seen, viewerSecret, type ServedGraph } from './served-graph.fixture.js';

const opened = new Opened();
const asked: string[] = [];
let served: ServedGraph;

const events: EventSource = {
  read: async () => (asked.push('read'), []),
  flush: async () => asked.push('flush'),
};

beforeAll(async () => void (served = await opened.graph({ events })));
afterAll(() => opened.close());

const cases = directAccessCases({
  name: 'orders',
  viewerSecret,
  clock: { now: () => served.graph.clock.now() },
  mutation: 'mutation { cook(name: "dal") { name } }',
});

describe('S2: a subgraph asked past the gateway', () => {
  it('is asked in every way with every bad credential', () => {
    expect(cases).toHaveLength(7 * 12 + 2);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });

  it.each(cases)('answers $title with 401 and nothing of its schema', async ({ send }) => {
    Object.assign(seen, { executed: 0 });

    const { status, body } = await send(served.url);

    expect(status).toBe(401);
    expect(['', refusalBody]).toContain(body);
    expect(seen.executed).toBe(0);
    expect(asked).toEqual([]);
  });
});
