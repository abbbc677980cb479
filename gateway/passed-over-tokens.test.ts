import { documentId, TestGateway } from './gateway.fixture.js';

const seenBy = '{ tables { seenBy } }';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Every way a token is not good, with what is said about it. */
const badTokens = [
  [
    'expired',
    'TOKEN_EXPIRED',
    async (test: TestGateway) => bearer(await test.token({ sub: 'usr_ann', exp: 1, sid: 's' })),
  ],
  ['revoked', 'TOKEN_REVOKED', async (test: TestGateway) => bearer(await test.signIn('ann', { status: 'REVOKED' }))],
  [
    'unknown',
    'UNAUTHENTICATED',
    async (test: TestGateway) => bearer(await test.token({ sub: 'usr_ann', sid: 'ses_x' })),
  ],
  [
    'altered',
    'UNAUTHENTICATED',
    async (test: TestGateway) => bearer(`${(await test.signIn('ann')).slice(0, -9)}AAAAAAAAA`),
  ],
  ["somebody else's", 'UNAUTHENTICATED', strangers],
  ['garbled', 'UNAUTHENTICATED', async () => bearer('null')],
  ['empty', 'UNAUTHENTICATED', async () => bearer('')],
  ['of another scheme', 'UNAUTHENTICATED', async () => ({ authorization: 'Basic YTpi' })],
] as const;

async function strangers(test: TestGateway) {
  await test.signIn('ann');
  return bearer(await test.token({ sub: 'usr_eve', sid: 'ses_ann' }));
}

describe('ACC-41 a token that is not good', () => {
  let test: TestGateway;

  beforeEach(async () => {
    const publicFields = new Set(['Query.orders', 'Query.tables', 'Query.refused', 'Mutation.placeOrder']);
    test = await TestGateway.start({ publicFields });
  });

  afterEach(() => test[Symbol.asyncDispose]());

  const get = (id: string, headers: Record<string, string>) => test.fetch(`/graphql?documentId=${id}`, { headers });
  const told = ({ status, body }: Awaited<ReturnType<typeof get>>) => [status, body.errors?.[0].extensions.code];
  const asked = () => test.subgraphs.orders.requests.length + test.subgraphs.layout.requests.length;

  describe.each(badTokens)('being %s (%s)', (_how, code, headersOf) => {
    it('is passed over where all is public: its holder is nobody', async () => {
      const headers = await headersOf(test);
      const posted = await test.post({ query: seenBy }, headers);
      const changed = await test.post({ query: 'mutation { placeOrder(note: "n1") { id } }' }, headers);
      const named = await test.post({ documentId: documentId('orders') }, headers);
      const got = await get(documentId('orders'), headers);

      expect([posted.status, posted.body.data]).toEqual([200, { tables: [{ seenBy: 'ANONYMOUS:0' }] }]);
      expect([changed.status, changed.body.data]).toEqual([200, { placeOrder: { id: 'n1' } }]);
      const orders = { orders: [{ id: 'ord_1', table: { label: 'Table tbl_1' } }] };
      expect([named.body.data, got.status, got.body.data]).toEqual([orders, 200, orders]);
    });

    it('S16 is refused where anything is not, and nothing of it runs', async () => {
      const headers = await headersOf(test);
      const private_ = [
        { query: '{ placed }' },
        { query: '{ tables { label } placed }' },
        { query: 'mutation { placeOrder(note: "x") { id } } query Other { placed }', operationName: 'Other' },
        { documentId: documentId('me') },
      ];

      for (const body of private_) expect([body, ...told(await test.post(body, headers))]).toEqual([body, 401, code]);
      expect(told(await get(documentId('me'), headers))).toEqual([401, code]);
      expect(asked()).toBe(0);
    });
  });

  const expired = async () => bearer(await test.token({ sub: 'usr_ann', sid: 'ses_ann', exp: 1 }));

  it.each([
    ['a private field by a public name', '{ tables: placed }'],
    ['a private field in a fragment', 'query { tables { label } ...More } fragment More on Query { placed }'],
    [
      'a private field in a fragment of a fragment',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { placed }',
    ],
    ['a private field in an inline fragment', '{ tables { label } ... on Query { ... { placed } } }'],
    ['a private field that is skipped', '{ tables { label } placed @skip(if: true) }'],
    ['the schema', '{ __schema { queryType { name } } tables { label } }'],
    ['its own type alone', '{ __typename }'],
    ['a subscription', 'subscription { orderChanged(outletId: "out_1") { cursor } }'],
    ['what is not valid', '{ tables { labell } }'],
    ['what is no document', '{ tables {'],
    ['several operations without a name', 'query A { tables { label } } query B { tables { label } }'],
  ])('S16 is judged for %s', async (_what, query) => {
    expect(told(await test.post({ query }, await expired()))).toEqual([401, 'TOKEN_EXPIRED']);
    expect(asked()).toBe(0);
  });

  it('is judged for a document that is not registered, and by GET runs no mutation', async () => {
    const unknown = { documentId: `sha256:${'0'.repeat(64)}` };

    expect(told(await test.post(unknown, await expired()))).toEqual([401, 'TOKEN_EXPIRED']);
    expect(told(await get(documentId('place'), await expired()))).toEqual([405, 'BAD_REQUEST']);
    expect(asked()).toBe(0);
  });

  it.each([
    ['a public field in fragments', '{ ...A ...A } fragment A on Query { ... on Query { tables { seenBy } } }'],
    ['a public field under another name', '{ me: tables { seenBy } }'],
    ['a public field with its type', '{ __typename tables { seenBy } }'],
  ])('is passed over for %s', async (_what, query) => {
    const { status, text } = await test.post({ query }, await expired());

    expect([status, text.match(/ANONYMOUS:0/g)?.length]).toEqual([200, 1]);
  });

  it('is looked at in time that grows with the document, however often its fragments are spread', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `F${index}`);
    const fragments = names.map((name, index) => {
      const next = names[index + 1];
      return `fragment ${name} on Query { ${next ? `...${next} `.repeat(20) : 'placed'} }`;
    });

    expect(told(await test.post({ query: `{ ...F0 } ${fragments.join(' ')}` }, await expired()))).toEqual([
      401,
      'TOKEN_EXPIRED',
    ]);
  });

  it('is told after all where a public field wants to know who asks', async () => {
    const wants = '{ refused(code: "UNAUTHENTICATED") }';
    const alone = await test.post({ query: wants }, await expired());
    const inPart = await test.post({ query: '{ refused(code: "UNAUTHENTICATED") tables { label } }' }, await expired());
    const otherwise = await test.post({ query: '{ refused(code: "FORBIDDEN") }' }, await expired());
    const nobody = await test.post({ query: wants });

    expect(told(alone)).toEqual([401, 'TOKEN_EXPIRED']);
    expect([...told(inPart), inPart.body.data.tables.length]).toEqual([200, 'UNAUTHENTICATED', 1]);
    expect([told(otherwise), told(nobody)]).toEqual([
      [200, 'FORBIDDEN'],
      [200, 'UNAUTHENTICATED'],
    ]);
  });

  it('hides no address from the limits', async () => {
    await test.post({ query: '{ orders { id } }' }, await expired());

    expect(test.subgraphs.orders.requests.map(({ remoteAddress }) => remoteAddress)).toEqual(['127.0.0.1']);
  });

  it.each([
    ['an unknown API key', { 'x-api-key': 'nobody' }],
    ['an empty API key', { 'x-api-key': '' }],
    ['an API key beside a token', { 'x-api-key': 'key-1', authorization: 'Bearer x' }],
  ])('S12 as %s is refused for whatever is asked', async (_what, headers) => {
    test.integrator('orders');
    for (const body of [{ query: seenBy }, { documentId: documentId('orders') }])
      expect(told(await test.post(body, headers))).toEqual([401, 'UNAUTHENTICATED']);
    expect(told(await get(documentId('orders'), headers))).toEqual([401, 'UNAUTHENTICATED']);
    expect(asked()).toBe(0);
  });

  it('is not one that is good: its holder is who they are', async () => {
    const { body } = await test.post({ query: seenBy }, bearer(await test.signIn('ann')));

    expect(body.data).toEqual({ tables: [{ seenBy: 'USER:1' }] });
  });

  it('is not one that cannot be checked while accounts is away', async () => {
    const token = await test.signIn('ann');
    test.subgraphs.accountsClient.isUnplugged = true;

    expect(told(await test.post({ query: seenBy }, bearer(token)))).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
  });
});
