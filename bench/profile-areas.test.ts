import { areaMs, type FrameNode } from './profile-areas.js';

const modules = 'file:///srv/node_modules';
const node = (id: number, [functionName, url]: [string, string], children: number[] = []): FrameNode => ({
  id,
  callFrame: { functionName, url },
  children,
});

describe('where a profile says that time goes', () => {
  it.each([
    ['computeResponse', `${modules}/@apollo/gateway/dist/resultShaping.js`, 'Apollo gateway: shape of the answer'],
    ['executeFetch', `${modules}/@apollo/gateway/dist/executeQueryPlan.js`, 'Apollo gateway: running the plan'],
    ['get', `${modules}/@apollo/federation-internals/dist/operations.js`, 'Apollo planner and its operations'],
    ['fetcher', `${modules}/@apollo/utils.fetcher/dist/index.js`, 'node-fetch and its agents'],
    ['addRequest', `${modules}/agent-base/dist/index.js`, 'node-fetch and its agents'],
    ['parse', `${modules}/body-parser/lib/read.js`, 'Apollo Server'],
    ['runHttpQuery', `${modules}/@apollo/server/dist/esm/runHttpQuery.js`, 'Apollo Server'],
    ['execute', `${modules}/graphql/execution/execute.js`, 'graphql-js'],
    ['getParams', `${modules}/type-graphql/build/esm/resolvers/helpers.js`, 'resolvers and type-graphql'],
    ['lines', 'file:///srv/dist/subgraphs/orders/order/order-fields.resolver.js', 'resolvers and type-graphql'],
    ['hydrate', `${modules}/@mikro-orm/core/hydration/ObjectHydrator.js`, 'MikroORM, Kysely, SQLite'],
    ['adapt', 'file:///srv/dist/platform/data/embedded-dialect.js', 'MikroORM, Kysely, SQLite'],
    ['digest', 'node:internal/crypto/hash', 'tokens and signatures'],
    ['verifyViewer', 'file:///srv/dist/platform/domain/viewer-signature.js', 'tokens and signatures'],
    ['answerGraphql', 'file:///srv/dist/gateway/http-graphql.js', 'our gateway'],
    ['post', 'file:///srv/dist/platform/http/replica-http.js', 'our HTTP between processes'],
    ['newId', 'file:///srv/dist/platform/domain/id.js', 'our platform'],
    ['onParserExecute', 'node:_http_server', 'Node: HTTP, sockets, timers'],
    ['parse', `${modules}/zod/v4/core/parse.js`, 'other packages'],
    ['(garbage collector)', '', 'garbage collection'],
    ['(program)', '', 'the engine itself'],
  ])('counts %s of %s', (functionName, url, area) => {
    const profile = { nodes: [node(1, [functionName, url])], samples: [1], timeDeltas: [500] };

    expect(areaMs(profile)).toEqual({ [area]: 0.5 });
  });

  it('counts what the engine does for a function as that function, however deep', () => {
    const nodes = [
      node(1, ['(root)', ''], [2]),
      node(2, ['answerGraphql', 'file:///srv/dist/gateway/http-graphql.js'], [3]),
      node(3, ['map', ''], [4]),
      node(4, ['stringify', '']),
    ];

    expect(areaMs({ nodes, samples: [2, 4, 3], timeDeltas: [1_000, 2_000, 4_000] })).toEqual({ 'our gateway': 7 });
  });

  it('adds up, most first, and leaves out waiting and the profiler', () => {
    const nodes = [
      node(1, ['(root)', ''], [2, 3, 4, 5]),
      node(2, ['(idle)', '']),
      node(3, ['execute', `${modules}/graphql/execution/execute.js`]),
      node(4, ['request', `${modules}/undici/lib/api/api-request.js`]),
      node(5, ['post', 'node:inspector']),
    ];
    const samples = [2, 3, 4, 4, 5, 3];
    const timeDeltas = [9_000, 1_000, 2_000, 3_000, 8_000, 1_500];

    const sums = areaMs({ nodes, samples, timeDeltas });

    expect(Object.entries(sums)).toEqual([
      ['undici', 5],
      ['graphql-js', 2.5],
    ]);
  });

  it('finds nothing in a profile without samples', () => {
    expect(areaMs({ nodes: [node(1, ['(root)', ''])] })).toEqual({});
  });
});
