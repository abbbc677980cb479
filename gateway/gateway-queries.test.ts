import { TestGateway } from './gateway.fixture.js';

const federated = 'query Orders($first: Int!) { orders(first: $first) { id status table { label covers } } }';
const hidden = 'Something went wrong on our side. Quote the request id.';

describe('queries through the gateway', () => {
  let test: TestGateway;

  beforeEach(async () => {
    test = await TestGateway.start();
  });

  afterEach(() => test[Symbol.asyncDispose]());

  it('GW-03 answer with fields of several subgraphs and with meta', async () => {
    const { status, body, headers } = await test.post(
      { query: federated, variables: { first: 2 } },
      { 'x-request-id': 'till-7_0001' },
    );

    const table = { label: 'Table tbl_1', covers: 4 };
    expect(status).toBe(200);
    expect(headers.get('x-request-id')).toBe('till-7_0001');
    expect(body).toEqual({
      data: {
        orders: [
          { id: 'ord_1', status: 'NEW', table },
          { id: 'ord_2', status: 'NEW', table },
        ],
      },
      extensions: { meta: { requestId: 'till-7_0001', schema: '2026-11-21' } },
    });
  });

  it('are parsed, validated and planned once, and subgraphs get the parsed document of the plan', async () => {
    await test.post({ query: federated, variables: { first: 1 } });
    await test.post({ query: federated, variables: { first: 2 } });

    const { orders, layout } = test.subgraphs;
    for (const { requests } of [orders, layout]) {
      expect(requests).toHaveLength(2);
      expect(requests[0]?.document).toBeDefined();
      expect(requests[1]?.document).toBe(requests[0]?.document);
    }
    expect([orders.parses, layout.parses, test.subgraphs.accountsClient.parses]).toEqual([0, 0, 0]);
  });

  it.each([
    ['kept when it has the right form', 'abcd-1234_EF', /^abcd-1234_EF$/],
    ['made when it is too short', 'abc', /^req_[0-9A-Z]{26}$/],
    ['made when it could break a log line', 'aaaaaaaa bbbb', /^req_[0-9A-Z]{26}$/],
    ['made when there is none', null, /^req_[0-9A-Z]{26}$/],
  ])('GW-03 have a request id: %s', async (_case, given, expected) => {
    const { body, headers } = await test.post({ query: '{ told crash }' }, given ? { 'x-request-id': given } : {});

    const requestId = headers.get('x-request-id') ?? '';
    expect(requestId).toMatch(expected);
    expect(body.extensions.meta.requestId).toBe(requestId);
    expect(body.errors[0].extensions.requestId).toBe(requestId);
    expect(body.data.told).toBe(`${requestId} null`);
  });

  it('bring the idempotency key to the subgraph', async () => {
    const { body } = await test.post(
      { query: '{ told }' },
      { 'idempotency-key': 'pay-1', 'x-request-id': 'request-1' },
    );

    expect(body.data).toEqual({ told: 'request-1 pay-1' });
  });

  it('are one line each in the log, without variables', async () => {
    await test.post(
      { query: 'mutation Place($note: String!) { placeOrder(note: $note) { id } }', variables: { note: 'for Ann' } },
      { 'x-request-id': 'request-1' },
    );

    const lines = test.logLines.filter((line) => line['msg'] === 'request');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      requestId: 'request-1',
      operationName: 'Place',
      status: 200,
      ms: expect.any(Number),
    });
    expect(JSON.stringify(test.logLines)).not.toContain('Ann');
  });

  it('S29 GW-05 hide an unexpected failure of a subgraph and log it', async () => {
    const { status, body, text } = await test.post({ query: '{ crash placed }' }, { 'x-request-id': 'request-1' });

    expect(status).toBe(200);
    expect(body.errors).toEqual([
      { message: hidden, path: ['crash'], extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' } },
    ]);
    expect(body.data).toEqual({ crash: null, placed: [] });
    expect(text).not.toMatch(/ECONNREFUSED|10\.0\.0|SELECT|serviceName|stack/);
    expect(test.logLines).toContainEqual(
      expect.objectContaining({ requestId: 'request-1', msg: 'unexpected failure', path: ['crash'] }),
    );
  });

  it.each([
    ['FORBIDDEN', 'FORBIDDEN'],
    ['NOT_FOUND', 'NOT_FOUND'],
    ['RATE_LIMITED', 'RATE_LIMITED'],
    ['CONFLICT_RETRY', 'CONFLICT_RETRY'],
    ['ER_LOCK_DEADLOCK', 'INTERNAL_SERVER_ERROR'],
    ['GRAPHQL_VALIDATION_FAILED', 'INTERNAL_SERVER_ERROR'],
  ])('S29 GW-05 a subgraph answering %s is read as %s', async (code, expected) => {
    const { body } = await test.post(
      { query: 'query R($code: String!) { refused(code: $code) }', variables: { code } },
      { 'x-request-id': 'request-1' },
    );

    const told = {
      message: 'No.',
      path: ['refused'],
      extensions: { code, requestId: 'request-1', details: { field: ['id'] }, retryAfter: 7 },
    };
    const untold = {
      message: hidden,
      path: ['refused'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' },
    };
    expect(body.errors).toEqual([expected === code ? told : untold]);
  });

  it('S29 answer what can be answered when a subgraph is away, with a path for each field that cannot', async () => {
    test.subgraphs.layout.isUnplugged = true;

    const { status, body, text } = await test.post(
      { query: federated, variables: { first: 2 } },
      { 'x-request-id': 'request-1' },
    );

    const extensions = { code: 'SUBGRAPH_UNAVAILABLE', requestId: 'request-1' };
    expect(status).toBe(200);
    expect(body.data.orders).toEqual([
      { id: 'ord_1', status: 'NEW', table: null },
      { id: 'ord_2', status: 'NEW', table: null },
    ]);
    expect(body.errors.map((error: { path: unknown }) => error.path)).toEqual([
      ['orders', 0, 'table', 'label'],
      ['orders', 0, 'table', 'covers'],
      ['orders', 1, 'table', 'label'],
      ['orders', 1, 'table', 'covers'],
    ]);
    expect(body.errors[0].extensions).toEqual(extensions);
    expect(text).not.toMatch(/ECONNREFUSED|internal:4001|layout/);
  });

  it('S29 answer SUBGRAPH_UNAVAILABLE at root fields, by the name the client gave them', async () => {
    test.subgraphs.layout.isUnplugged = true;

    const { body } = await test.post({ query: '{ here: placed there: tables { id } }' });

    expect(body.data).toEqual({ here: [], there: null });
    expect(body.errors).toEqual([
      expect.objectContaining({
        path: ['there'],
        extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }),
      }),
    ]);
  });

  it('do not wait longer than the deadline for a subgraph that says nothing', async () => {
    await using slow = await TestGateway.start({ subgraphDeadlineMs: 40 });
    slow.subgraphs.layout.isSilent = true;

    const { body } = await slow.post({ query: '{ placed tables { id } }' });

    expect(body.data).toEqual({ placed: [], tables: null });
    expect(body.errors[0].extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
  });

  it.each([
    ['a field that does not exist', '{ plced }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a text that is no document', '{ placed', 'GRAPHQL_PARSE_FAILED'],
    ['an inner field of accounts', '{ authenticate(apiKey: "x") { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['an entity fetch', '{ _entities(representations: []) { __typename } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of the wrong type', 'query O($first: Int!) { orders(first: $first) { id } }', 'BAD_USER_INPUT'],
    ['two operations and no name', 'query A { placed } query B { placed }', 'OPERATION_RESOLUTION_FAILURE'],
    ['a subscription', 'subscription { orderChanged(outletId: "x") { cursor } }', 'BAD_REQUEST'],
  ])('GW-05 refuse %s without suggestions', async (_case, query, code) => {
    const { status, body, text } = await test.post(
      { query, variables: { first: 'two' } },
      { 'x-request-id': 'request-1' },
    );

    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors[0].extensions).toEqual({ code, requestId: 'request-1' });
    expect(body.extensions.meta.requestId).toBe('request-1');
    expect(text).not.toMatch(/Did you mean|stack/);
    expect(test.subgraphs.orders.requests).toHaveLength(0);
  });
});
