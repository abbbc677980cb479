import type { ServerResponse } from 'node:http';
import { GraphQLError, parse, type ExecutionResult } from 'graphql';
import { viewerWith } from '../../tests/harness/viewers.js';
import { anonymous, system } from '../domain/viewer.js';
import type { SubgraphRequest } from '../graphql/subgraph-client.js';
import { failures } from '../graphql/note-graph.fixture.js';
import { Opened, seen } from './served-graph.fixture.js';

let opened: Opened;

beforeEach(() => {
  opened = new Opened();
  Object.assign(seen, { executed: 0, left: [] });
});
afterEach(() => opened.close());

const plain = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));

const fine = (response: ServerResponse) => response.end('{"data":{"facts":"fine"}}');
const busy = (response: ServerResponse) => response.writeHead(503).end();
const broken = (response: ServerResponse) => response.destroy();
const half = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': 100 }).write('{"data":');
  setImmediate(() => response.destroy());
};
const silent = () => undefined;

function asking(query: string, changes: Partial<SubgraphRequest> = {}): SubgraphRequest {
  const facts = {
    signedViewer: 'a.b',
    requestId: 'req_1',
    idempotencyKey: null,
    remoteAddress: '10.0.0.1',
    userAgent: 'test',
  };
  return { query, variables: {}, ...facts, ...changes };
}

describe('an answer over HTTP', () => {
  const questions: [string, string, Record<string, unknown>][] = [
    ['data with errors at their paths', '{ dishes { id name since } }', {}],
    ['the schema', '{ _service { sdl } }', {}],
    [
      'entities',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Dish { id name } } }',
      {
        r: [
          { __typename: 'Dish', id: '1' },
          { __typename: 'Dish', id: '₹' },
        ],
      },
    ],
    ['a refused variable', 'query ($how: String!) { fail(how: $how) }', {}],
    ['an alias that is no plain name', '{ __proto__: facts constructor: facts }', {}],
    ['a mutation', 'mutation { cook(name: "dal") { name userErrors { code } } }', {}],
    ...Object.keys(failures).map((how): [string, string, Record<string, unknown>] => [
      `a failure of ${how}`,
      'query ($how: String!) { fail(how: $how) }',
      { how },
    ]),
    ...Object.keys(failures).map((how): [string, string, Record<string, unknown>] => [
      `a mutation that fails of ${how}`,
      'mutation ($how: String!) { cook(name: $how) { name userErrors { code message field } } }',
      { how },
    ]),
  ];

  it('is the same as in one process, errors included', async () => {
    const { graph, url } = await opened.graph();
    const client = opened.client([url]);

    for (const [what, query, variables] of questions) {
      const request = graph.requestOf(viewerWith({ slugs: [], brandId: 'brd_1' }), query, variables);
      const local = await graph.client.execute(request);
      const remote = await client.execute(request);

      expect({ what, ...Object(plain(remote)) }).toEqual({ what, ...Object(plain(local)) });
      expect(remote.errors?.map((error) => [error instanceof GraphQLError, error.path, error.extensions])).toEqual(
        local.errors?.map((error) => [true, error.path, error.extensions]),
      );
    }
  });

  it('is for whoever asks, however many rights they have, and knows the request', async () => {
    const { graph, url } = await opened.graph();
    const client = opened.client([url]);
    const facts = {
      requestId: 'req_7',
      idempotencyKey: 'Schlüssel ',
      remoteAddress: '::1',
      userAgent: 'Firefox/1.0 (X11)',
    };
    const slugs = Array.from({ length: 40 }, (_, n) => `some.permission-${n}`);
    const grants = Array.from({ length: 80 }, (_, n) => ({
      role: 'MANAGER',
      brandId: 'brd_1',
      outletId: `out_${n}`,
      slugs,
    }));
    const ask = async (request: SubgraphRequest) => JSON.parse(String((await client.execute(request)).data?.['facts']));

    const many = { ...viewerWith({ slugs, brandId: 'brd_1', id: 'usr_ann' }), grants };
    expect(graph.requestOf(many, '{ facts }').signedViewer.length).toBeGreaterThan(90_000);
    expect(await ask({ ...graph.requestOf(many, '{ facts }'), ...facts })).toEqual({
      id: 'usr_ann',
      grants: 80,
      ...facts,
      idempotencyKey: 'Schlüssel',
    });
    expect(await ask(graph.requestOf(anonymous, '{ facts }'))).toMatchObject({
      id: '',
      grants: 0,
      idempotencyKey: null,
    });
    expect(await ask({ ...graph.requestOf(system, '{ facts }'), idempotencyKey: '' })).toMatchObject({
      idempotencyKey: '',
    });
  });

  it('comes over 32 connections at most, however many ask', async () => {
    const { graph, port } = await opened.graph();
    const wire = await opened.wire(port);
    const client = opened.client([wire.url]);
    const request = graph.requestOf(system, '{ slow(ms: "20") }');

    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => client.execute(request)));
      expect(answers.filter(({ data }) => data?.['slow'] === 'done')).toHaveLength(100);
    }

    expect(wire.connections).toBeGreaterThan(1);
    expect(wire.connections).toBeLessThanOrEqual(32);
  });

  it('is none where the viewer is not believed', async () => {
    const { graph, url } = await opened.graph();
    const client = opened.client([url]);

    await expect(client.execute({ ...graph.requestOf(system, '{ facts }'), signedViewer: '' })).rejects.toThrow(
      'answered 401',
    );
    await expect(client.execute({ ...graph.requestOf(system, '{ facts }'), idempotencyKey: 'a\nb' })).rejects.toThrow(
      'invalid',
    );
  });
});

describe('F4: what could not be asked', () => {
  const twice = 'query Look { facts } mutation Do { cook(name: "dal") { name } }';

  it.each([
    ['a query', 3, asking('{ facts }')],
    ['a query without its text parsed', 3, asking('not GraphQL', { document: parse('{ facts }') })],
    ['the query of several operations', 3, asking(twice, { operationName: 'Look' })],
    ['a mutation', 1, asking('mutation { cook(name: "dal") { name } }')],
    ['the mutation of several operations', 1, asking(twice, { operationName: 'Do' })],
  ])('is asked again only where that changes nothing: %s is sent %i times', async (_what, times, request) => {
    for (const failing of [busy, broken, half]) {
      const { asked, url } = await opened.replica(failing);
      await expect(opened.client([url]).execute(request)).rejects.toThrow('does not answer');
      expect(asked).toHaveLength(times);
    }
  });

  it.each([400, 401, 413, 500, 504])('is not asked again after %i', async (status) => {
    const { asked, url } = await opened.replica((response) => response.writeHead(status).end('{"errors":[]}'));

    await expect(opened.client([url]).execute(asking('{ facts }'))).rejects.toThrow(`answered ${status}`);
    expect(asked).toHaveLength(1);
  });

  it.each([['not JSON'], ['[]'], ['{"data":1}'], ['{"errors":[{}]}']])(
    'is no answer when it is answered %s',
    async (text) => {
      const { asked, url } = await opened.replica((response) => response.end(text));

      await expect(opened.client([url]).execute(asking('{ facts }'))).rejects.toThrow();
      expect(asked).toHaveLength(1);
    },
  );

  it('is answered by the second or third attempt', async () => {
    const answers = [busy, broken, fine];
    const { asked, url } = await opened.replica((response) => answers.shift()?.(response));

    expect(await opened.client([url]).execute(asking('{ facts }'))).toEqual({ data: { facts: 'fine' } });
    expect(asked).toHaveLength(3);
  });
});

describe('F4: a deadline', () => {
  it('is kept when nobody answers, and told with what is left of it', async () => {
    const answers = [busy, silent];
    const { asked, url } = await opened.replica((response) => void answers.shift()?.(response));

    await expect(opened.client([url], { deadlineMs: 300 }).execute(asking('{ facts }'))).rejects.toThrow(
      'no answer within 300 ms',
    );

    const told = asked.map(({ headers }) => Number(headers['x-deadline-ms']));
    expect(told).toHaveLength(2);
    expect(told[0]).toBeLessThanOrEqual(300);
    expect(told[0]).toBeGreaterThan(200);
    expect(told[1]).toBeLessThan(told[0] ?? 0);
  });

  it('frees the connections, so that a hanging subgraph does not keep them', async () => {
    let isHanging = true;
    const { url } = await opened.replica((response) => (isHanging ? undefined : fine(response)));
    const client = opened.client([url], { deadlineMs: 1_000 });

    const hung = await Promise.allSettled(Array.from({ length: 100 }, () => client.execute(asking('{ facts }'))));
    isHanging = false;

    expect(hung.filter(({ status }) => status === 'rejected')).toHaveLength(100);
    const answers = await Promise.all(Array.from({ length: 100 }, () => client.execute(asking('{ facts }'))));
    expect(answers).toHaveLength(100);
  });

  it('ends what waits on half-open connections, and they are not used again', async () => {
    const { graph, port } = await opened.graph();
    const wire = await opened.wire(port);
    const client = opened.client([wire.url], { deadlineMs: 300 });
    const request = graph.requestOf(system, '{ slow(ms: "0") }');
    await client.execute(request);

    wire.freeze();
    const hung = await Promise.allSettled(Array.from({ length: 40 }, () => client.execute(request)));
    expect(hung.filter(({ status }) => status === 'rejected')).toHaveLength(40);

    wire.thaw();
    expect(await client.execute(request)).toEqual({ data: { slow: 'done' } });
  });
});

it('is reached by http only', () => {
  expect(() => opened.client(['https://orders'])).toThrow('A subgraph is reached by http, not by https:');
});
