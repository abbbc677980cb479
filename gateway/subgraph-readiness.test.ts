import type { ServerResponse } from 'node:http';
import { Opened } from '../platform/http/served-graph.fixture.js';
import { clusterReadiness } from './subgraph-readiness.js';

let opened: Opened;

beforeEach(() => void (opened = new Opened()));
afterEach(() => opened.close());

const ready = (response: ServerResponse) => response.end('{"status":"ok"}');
const unready = (response: ServerResponse) =>
  response.writeHead(503).end('{"status":"unavailable","findings":["the database is away"]}');
const broken = (response: ServerResponse) => response.destroy();

type Answer = (response: ServerResponse) => unknown;

describe('a gateway before subgraphs in other processes', () => {
  it.each<[string, Answer, Answer, { isReady: boolean; findings: string[] }]>([
    ['is ready with all of them', ready, ready, { isReady: true, findings: [] }],
    ['F5: is ready without orders', ready, broken, { isReady: true, findings: ['orders: a replica does not answer'] }],
    ['is not ready without accounts', unready, ready, { isReady: false, findings: ['accounts: the database is away'] }],
    [
      'tells of every one that is away or unready',
      unready,
      broken,
      { isReady: false, findings: ['accounts: the database is away', 'orders: a replica does not answer'] },
    ],
  ])('%s', async (_what, accounts, orders, expected) => {
    const urls = { accounts: [(await opened.replica(accounts)).url], orders: [(await opened.replica(orders)).url] };

    expect(await clusterReadiness(urls)).toEqual(expected);
  });
});
