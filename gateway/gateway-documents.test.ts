import { documentId, registered, TestGateway } from './gateway.fixture.js';
import { sha256 } from './document-store.js';

const unknownId = `sha256:${sha256('{ placed }')}`;
const get = (id: string, variables?: unknown) =>
  `/graphql?documentId=${id}${variables ? `&variables=${encodeURIComponent(JSON.stringify(variables))}` : ''}`;
const apollo = (id: string) => ({ persistedQuery: { version: 1, sha256Hash: id.replace('sha256:', '') } });

describe('registered documents', () => {
  let test: TestGateway;

  beforeEach(async () => {
    test = await TestGateway.start();
  });

  afterEach(() => test[Symbol.asyncDispose]());

  it.each([
    ['POST {documentId}', 'POST', '/graphql', { documentId: documentId('orders') }],
    ['POST {extensions.documentId}', 'POST', '/graphql', { extensions: { documentId: documentId('orders') } }],
    ['POST in Apollo’s form', 'POST', '/graphql', { extensions: apollo(documentId('orders')) }],
    ['GET ?documentId=', 'GET', get(documentId('orders')), null],
    ['GET /graphql/sha256:…', 'GET', `/graphql/${documentId('orders')}`, null],
    ['GET /graphql/sha256%3A…', 'GET', `/graphql/${encodeURIComponent(documentId('orders'))}`, null],
    [
      'GET in Apollo’s form',
      'GET',
      `/graphql?extensions=${encodeURIComponent(JSON.stringify(apollo(documentId('orders'))))}`,
      null,
    ],
  ])('run by %s', async (_form, method, path, body) => {
    const init = body
      ? { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : { method };
    const answer = await test.fetch(path, init);

    expect([answer.status, answer.body.data]).toEqual([
      200,
      { orders: [{ id: 'ord_1', table: { label: 'Table tbl_1' } }] },
    ]);
  });

  it('take variables', async () => {
    const posted = await test.post({ documentId: documentId('orders'), variables: { first: 3 } });
    const got = await test.fetch(get(documentId('orders'), { first: 3 }));

    expect([posted.body.data.orders.length, got.body.data.orders.length]).toEqual([3, 3]);
  });

  it('keep body and ETag between GETs, so that the second is 304', async () => {
    const first = await test.fetch(get(documentId('orders')));
    const etag = first.headers.get('etag') ?? '';
    const second = await test.fetch(get(documentId('orders')), { headers: { 'if-none-match': `"other", W/${etag}` } });
    const other = await test.fetch(get(documentId('orders'), { first: 2 }), { headers: { 'if-none-match': etag } });

    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(
      Object.fromEntries(['cache-control', 'vary', 'x-schema'].map((name) => [name, first.headers.get(name)])),
    ).toEqual({
      'cache-control': 'private, no-cache',
      vary: 'Accept, Authorization, X-API-Key, Origin',
      'x-schema': '2026-11-21',
    });
    expect(first.body.extensions).toBeUndefined();
    expect([second.status, second.text, second.headers.get('etag')]).toEqual([304, '', etag]);
    expect([other.status, other.headers.get('etag') === etag]).toEqual([200, false]);
  });

  it('are not kept when something failed or by POST', async () => {
    test.subgraphs.layout.isUnplugged = true;
    const failed = await test.fetch(get(documentId('orders')));
    const posted = await test.post({ documentId: documentId('orders') });

    expect(failed.body.errors).toHaveLength(1);
    for (const { headers } of [failed, posted])
      expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store']);
  });

  it.each([
    ['a mutation', 'place', 405],
    ['a subscription', 'watch', 405],
  ] as const)('S12 S13 do not run %s by GET', async (_case, name, status) => {
    const answer = await test.fetch(get(documentId(name), { note: 'x' }));

    expect([answer.status, answer.headers.get('allow')]).toEqual([status, 'POST']);
    expect(test.subgraphs.orders.requests).toHaveLength(0);
  });

  it.each([
    ['an unknown id', { documentId: unknownId }, 404, 'PERSISTED_QUERY_NOT_IN_LIST'],
    ['an id without its algorithm', { documentId: sha256(registered.me) }, 400, 'BAD_REQUEST'],
    ['an id in capitals', { documentId: documentId('me').toUpperCase() }, 400, 'BAD_REQUEST'],
    ['an id of another object', { documentId: 'sha256:constructor' }, 400, 'BAD_REQUEST'],
    ['an id and a text', { documentId: documentId('me'), query: '{ placed }' }, 400, 'CANNOT_SEND_PQ_ID_AND_BODY'],
    [
      'an id and its own text',
      { query: registered.me, extensions: apollo(documentId('me')) },
      400,
      'CANNOT_SEND_PQ_ID_AND_BODY',
    ],
    ['a registration', { query: '{ placed }', extensions: apollo(unknownId) }, 400, 'CANNOT_SEND_PQ_ID_AND_BODY'],
    ['two ids', { documentId: documentId('me'), extensions: apollo(documentId('orders')) }, 400, 'BAD_REQUEST'],
    ['Apollo’s form without a hash', { extensions: { persistedQuery: { version: 1 } } }, 400, 'BAD_REQUEST'],
  ])('S12 refuse %s, whoever asks', async (_case, body, status, code) => {
    const callers: Record<string, string>[] = [{}, { 'x-api-key': test.integrator('me') }];
    for (const headers of callers) {
      const answer = await test.post(body, headers);
      expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([status, code]);
    }
    expect(test.subgraphs.orders.requests).toHaveLength(0);
  });

  it.each([
    ['text', { query: '{ placed }' }, 403, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['the text of its own document', { query: registered.me }, 403, 'PERSISTED_QUERY_ID_REQUIRED'],
    ['introspection', { query: '{ __schema { types { name } } }' }, 403, 'PERSISTED_QUERY_ID_REQUIRED'],
    [
      'a registered document of another client',
      { documentId: documentId('orders') },
      404,
      'PERSISTED_QUERY_NOT_IN_LIST',
    ],
    ['a batch', [{ documentId: documentId('me') }], 400, 'BAD_REQUEST'],
  ])('S12 an integrator is refused %s', async (_case, body, status, code) => {
    const answer = await test.post(body, { 'x-api-key': test.integrator('me') });

    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([status, code]);
    expect(test.subgraphs.orders.requests).toHaveLength(0);
  });

  it('S12 an integrator without a list may run nothing', async () => {
    const key = test.integrator('me');
    test.subgraphs.accounts.set(key, {
      status: 'ACTIVE',
      kind: 'CLIENT',
      id: 'cli_1',
      sessionId: null,
      version: 1,
      documentIds: null,
    });

    expect((await test.post({ documentId: documentId('me') }, { 'x-api-key': key })).status).toBe(404);
    expect((await test.post({ query: '{ placed }' }, { 'x-api-key': key })).status).toBe(403);
  });

  it('S12 an integrator runs its document with the key and nothing else', async () => {
    const headers = { 'x-api-key': test.integrator('me') };

    expect((await test.post({ documentId: documentId('me') }, headers)).body.data.me.kind).toBe('CLIENT');
    expect((await test.fetch(get(documentId('me')), { headers })).body.data.me.kind).toBe('CLIENT');
  });

  it('S12 are the same on sockets', async () => {
    const socket = test.socket({ apiKey: test.integrator('me', 'watch') });

    expect(await socket.ask({ query: '', extensions: { documentId: documentId('me') } })).toMatchObject({
      data: { me: { kind: 'CLIENT' } },
    });
    for (const [payload, code] of [
      [{ query: '{ placed }' }, 'PERSISTED_QUERY_ID_REQUIRED'],
      [{ query: 'subscription { orderChanged(outletId: "x") { cursor } }' }, 'PERSISTED_QUERY_ID_REQUIRED'],
      [{ query: '', extensions: { documentId: documentId('orders') } }, 'PERSISTED_QUERY_NOT_IN_LIST'],
      [{ query: '{ placed }', extensions: { documentId: documentId('me') } }, 'CANNOT_SEND_PQ_ID_AND_BODY'],
    ] as const) {
      expect(await socket.ask(payload)).toMatchObject({ errors: [{ extensions: { code } }] });
    }
    const watching = socket.subscribe({ query: '', extensions: { documentId: documentId('watch') } });
    await test.sourceOpened(1);
    test.subgraphs.source.emit('READY');
    await watching.have(1);
    expect(watching.results[0]?.data).toEqual({ orderChanged: { cursor: 'c-READY', order: { id: 'ord_1' } } });
  });

  it('must be what their hashes say', async () => {
    const starting = TestGateway.start({ documents: { [sha256('{ placed }')]: '{ placed  }' } });

    await expect(starting).rejects.toThrow('does not have this SHA-256');
  });
});
