import { getIntrospectionQuery } from 'graphql';
import { documentLimits, maxBodyBytes } from './limits.js';
import { TestGateway } from './gateway.fixture.js';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (depth: number) => `{ me ${'{ friend '.repeat(depth - 2)}{ id }${' }'.repeat(depth - 2)} }`;
const { tokens, depth, aliases, directives } = documentLimits;

// A fragment costs nine tokens with its spread; further fields fill up what is left.
function withTokens(count: number): string {
  const fragments = Math.floor((count - 2) / 9);
  const fields = times(count - 2 - fragments * 9, () => 'placed');
  return `{ ${fields} ${times(fragments, (index) => `...F${index}`)} } ${times(fragments, (index) => `fragment F${index} on Query { placed }`)}`;
}

// Each pair: the largest that runs and the smallest that does not.
const limits: [string, string, string, string][] = [
  ['tokens', withTokens(tokens), withTokens(tokens + 1), 'GRAPHQL_PARSE_FAILED'],
  ['depth', nested(depth), nested(depth + 1), 'GRAPHQL_VALIDATION_FAILED'],
  [
    'aliases',
    `{ ${times(aliases, (index) => `a${index}: placed`)} }`,
    `{ ${times(aliases + 1, (index) => `a${index}: placed`)} }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'directives',
    `{ ${times(directives, () => 'placed @skip(if: false)')} }`,
    `{ ${times(directives + 1, () => 'placed @skip(if: false)')} }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
];

const attacks: [string, string][] = [
  ['nested lists', `{ refused(code: ${'['.repeat(10_000)}${']'.repeat(10_000)}) }`],
  ['unclosed lists', `{ refused(code: ${'['.repeat(20_000)}`],
  [
    'depth through fragments',
    `{ me { ...F0 } } ${times(15, (index) => `fragment F${index} on Me { friend { ...F${index + 1} } }`)} fragment F15 on Me { id }`,
  ],
  [
    'aliases through fragments',
    `{ me { ...A } } fragment A on Me { ${times(8, (i) => `a${i}: friend { ...B }`)} } fragment B on Me { ${times(8, (i) => `b${i}: id`)} }`,
  ],
  ['a fragment that spreads itself', '{ me { ...F } } fragment F on Me { friend { ...F } }'],
  [
    'two fragments that spread each other',
    '{ me { ...F } } fragment F on Me { friend { ...G } } fragment G on Me { friend { ...F } }',
  ],
  [
    'introspection in circles',
    '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
  ],
  ['many directives on one field', `{ placed ${times(300, () => '@skip(if: false)')} }`],
  ['an unknown directive many times', `{ placed ${times(400, () => '@x')} }`],
];

describe('S8 limits', () => {
  let test: TestGateway;
  let socket: ReturnType<TestGateway['socket']>;

  beforeAll(async () => {
    test = await TestGateway.start();
    socket = test.socket();
  });

  afterAll(() => test[Symbol.asyncDispose]());

  beforeEach(() => test.subgraphs.orders.requests.splice(0));

  it.each(limits)('hold for %s over HTTP', async (_what, allowed, refused, code) => {
    expect((await test.post({ query: allowed })).body.errors).toBeUndefined();
    const answer = await test.post({ query: refused });

    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([400, code]);
  });

  it.each(limits)('hold for %s over WebSocket', async (_what, allowed, refused, code) => {
    expect((await socket.ask({ query: allowed })).errors).toBeUndefined();

    expect(await socket.ask({ query: refused })).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it.each(limits)('hold for %s in subscriptions', async (_what, _allowed, refused, code) => {
    const subscription = `subscription ${refused}`;
    const { opened } = test.subgraphs.source;

    const answer = await socket.ask({ query: subscription });

    expect(answer).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ extensions: expect.objectContaining({ code }) })]),
    });
    expect(test.subgraphs.source.opened).toBe(opened);
  });

  it.each(attacks)('refuse %s before anything runs, on both transports', async (_what, query) => {
    const overHttp = await test.post({ query });
    const overSocket = await socket.ask({ query });

    expect([overHttp.status, overHttp.body.errors[0].extensions.code]).toEqual([
      400,
      expect.stringMatching(/^GRAPHQL_(PARSE|VALIDATION)_FAILED$/),
    ]);
    expect(overSocket).toMatchObject({ errors: [{ extensions: { code: overHttp.body.errors[0].extensions.code } }] });
    expect(test.subgraphs.orders.requests).toHaveLength(0);
  });

  it('leave GraphiQL’s introspection alone', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      inputValueDeprecation: true,
      specifiedByUrl: true,
      oneOf: true,
    });
    const { status, body } = await test.post({ query });

    expect([status, body.errors, body.data.__schema.queryType.name]).toEqual([200, undefined, 'Query']);
    expect(await socket.ask({ query })).toMatchObject({ data: body.data });
  });

  it('close a socket that sends more than 100 KB at once', async () => {
    const heavy = test.socket();
    void heavy.subscribe({ query: `{ placed } #${'x'.repeat(maxBodyBytes)}` });

    expect((await heavy.closed).code).toBe(1009);
  });

  it('are 50 operations at a time on one socket', async () => {
    const busy = test.socket();
    const { opened } = test.subgraphs.source;
    const streams = Array.from({ length: 50 }, () =>
      busy.subscribe({ query: 'subscription { orderChanged(outletId: "out_1") { cursor } }' }),
    );
    await test.sourceOpened(opened + 50);

    expect(await busy.ask({ query: '{ placed }' })).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    streams[0]?.unsubscribe();
    await test.sourceClosed(1);
    expect(await busy.ask({ query: '{ placed }' })).toMatchObject({ data: { placed: [] } });
  });
});
