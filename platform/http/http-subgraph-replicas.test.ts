import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SubgraphRequest } from '../graphql/subgraph-client.js';
import { restMs } from './replica-ring.js';
import { Opened, type ServedGraph } from './served-graph.fixture.js';

let opened: Opened;

beforeEach(() => void (opened = new Opened()));
afterEach(() => opened.close());

const fine = (response: ServerResponse) => response.end('{"data":{"facts":"fine"}}');
const busy = (response: ServerResponse) => response.writeHead(503).end();
const broken = (response: ServerResponse) => response.destroy();

function asking(query: string): SubgraphRequest {
  const facts = {
    signedViewer: 'a.b',
    requestId: 'req_1',
    idempotencyKey: null,
    remoteAddress: '10.0.0.1',
    userAgent: 'test',
  };
  return { query, variables: {}, ...facts };
}

describe('a subgraph with several replicas', () => {
  const cook = asking('mutation { cook(name: "dal") { name } }');

  it('is asked in turn', async () => {
    const replicas = [await opened.replica(fine), await opened.replica(fine)];
    const client = opened.client(replicas.map(({ url }) => url));

    for (let n = 0; n < 10; n += 1) await client.execute(asking('{ facts }'));

    expect(replicas.map(({ asked }) => asked.length)).toEqual([5, 5]);
  });

  it('F1: answers queries while one dies, leaves it out for a second and takes it back', async () => {
    const living = await opened.replica(fine);
    const dying = await opened.replica(broken);
    const client = opened.client([living.url, dying.url]);

    for (let n = 0; n < 20; n += 1)
      expect(await client.execute(asking('{ facts }'))).toEqual({ data: { facts: 'fine' } });
    expect([living.asked.length, dying.asked.length]).toEqual([20, 1]);

    await sleep(restMs);
    for (let n = 0; n < 4; n += 1) await client.execute(asking('{ facts }'));
    expect([living.asked.length, dying.asked.length]).toEqual([24, 2]);
  });

  it('F1: sends a mutation to another replica when the one whose turn it is is surely gone', async () => {
    const living = await opened.replica(fine);
    const gone: ServedGraph = await opened.graph();
    await gone.server.close();
    const client = opened.client([gone.url, living.url]);

    for (let n = 0; n < 5; n += 1) expect(await client.execute(cook)).toEqual({ data: { facts: 'fine' } });

    expect(living.asked).toHaveLength(5);
  });

  it('F1: sends a mutation that broke off nowhere else, and the next ones to the replica that is left', async () => {
    const dying = await opened.replica(broken);
    const living = await opened.replica(fine);
    const client = opened.client([dying.url, living.url]);

    await expect(client.execute(cook)).rejects.toThrow('does not answer');
    expect([dying.asked.length, living.asked.length]).toEqual([1, 0]);
    await client.execute(cook);

    expect([dying.asked.length, living.asked.length]).toEqual([1, 1]);
  });

  it('F1: gets every mutation to the one that is left, though both have failed and many ask at the same time', async () => {
    const answers = [busy];
    const living = await opened.replica((response) => (answers.shift() ?? fine)(response));
    const gone = await opened.graph();
    await gone.server.close();
    const client = opened.client([living.url, gone.url]);
    await expect(client.execute(cook)).rejects.toThrow('answered 503');
    await client.execute(asking('{ facts }'));

    const answered = await Promise.all(Array.from({ length: 40 }, () => client.execute(cook)));

    expect(answered).toHaveLength(40);
    expect(living.asked).toHaveLength(42);
  });

  it('F11: asks a replica that is about to end no more', async () => {
    const leaving = await opened.replica((response) => fine(response.setHeader('connection', 'close')));
    const staying = await opened.replica(fine);
    const client = opened.client([leaving.url, staying.url]);

    for (let n = 0; n < 6; n += 1) await client.execute(cook);

    expect([leaving.asked.length, staying.asked.length]).toEqual([1, 5]);
  });

  it('gives up a mutation that cannot be sent to anybody', async () => {
    const gone = await opened.graph();
    await gone.server.close();

    await expect(opened.client([gone.url, gone.url]).execute(cook)).rejects.toThrow('ECONNREFUSED');
  });

  it('is found again as soon as it is back, when it has one replica', async () => {
    const first = await opened.replica(fine);
    const client = opened.client([first.url]);
    await client.execute(cook);
    first.server.closeAllConnections();
    await new Promise((resolve) => first.server.close(resolve));
    await expect(client.execute(asking('{ facts }'))).rejects.toThrow('ECONNREFUSED');

    await opened.replica(fine, first.port);

    expect(await client.execute(cook)).toEqual({ data: { facts: 'fine' } });
  });
});
