import type { ServerResponse } from 'node:http';
import { askReadiness } from './replica-readiness.js';
import { Opened } from './served-graph.fixture.js';

let opened: Opened;

beforeEach(() => void (opened = new Opened()));
afterEach(() => opened.close());

const ready = (response: ServerResponse) => response.end('{"status":"ok"}');
const unready = (response: ServerResponse) =>
  response.writeHead(503).end('{"status":"unavailable","findings":["the database is away"]}');
const wordless = (response: ServerResponse) => response.writeHead(503).end('busy');
const lost = (response: ServerResponse) => response.writeHead(404).end();
const broken = (response: ServerResponse) => response.destroy();
const silent = () => undefined;

type Answer = (response: ServerResponse) => unknown;

async function urlsOf(...answers: readonly Answer[]): Promise<string[]> {
  const replicas = await Promise.all(answers.map((answer) => opened.replica(answer)));
  return replicas.map(({ url }) => url);
}

describe('a subgraph asked whether it is ready', () => {
  const away = 'a replica does not answer';
  it.each<[string, Answer[], string[] | null]>([
    ['one replica that is', [ready], null],
    ['one that is beside one that is not', [unready, ready], null],
    ['one that is beside one that hangs', [silent, ready], null],
    ['one that is not', [unready], ['the database is away']],
    ['two that are not, of the same reason', [unready, unready], ['the database is away']],
    ['one that breaks off beside one that is not', [broken, unready], [away, 'the database is away']],
    ['one that hangs', [silent], [away]],
    ['one that says nothing to the matter', [wordless], [away]],
    ['one that is something else', [lost], ['a replica answers 404']],
  ])('says so by %s', async (_what, answers, findings) => {
    expect(await askReadiness(await urlsOf(...answers))).toEqual({
      isReady: findings === null,
      findings: findings ?? [],
    });
  });

  it('is asked at /readyz', async () => {
    const { asked, url } = await opened.replica(ready);
    await askReadiness([url]);

    expect(asked.map((message) => `${message.method} ${message.url}`)).toEqual(['GET /readyz']);
  });

  it('is believed by its real server', async () => {
    const { url, server } = await opened.graph();

    expect(await askReadiness([url])).toEqual({ isReady: false, findings: ['the database is away'] });
    await server.close();
    expect(await askReadiness([url])).toEqual({ isReady: false, findings: ['a replica does not answer'] });
  });
});
