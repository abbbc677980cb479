import { TestGateway, TestSocket } from './gateway.fixture.js';

const federated =
  'subscription Watch($outlet: ID!) { orderChanged(outletId: $outlet) { cursor order { id status table { label seenBy } } } }';
const plain = 'subscription { orderChanged(outletId: "out_1") { cursor } }';
const variables = { outlet: 'out_1' };

describe('subscriptions through the gateway', () => {
  let test: TestGateway;

  beforeEach(async () => {
    test = await TestGateway.start();
  });

  afterEach(() => test[Symbol.asyncDispose]());

  async function openedAs(params: Record<string, unknown>, query = federated) {
    const socket = test.socket(params);
    const stream = socket.subscribe({ query, variables });
    await test.sourceOpened(1);
    return { socket, stream };
  }

  it('LES-17 GW-14 deliver fields of two subgraphs for each event, in order', async () => {
    const { stream } = await openedAs({ authorization: `Bearer ${await test.signIn('ann')}` });
    for (const status of ['COOKING', 'READY', 'SERVED']) test.subgraphs.source.emit(status);
    await stream.have(3);

    const table = { label: 'Table tbl_1', seenBy: 'USER:1' };
    expect(stream.results).toEqual(
      ['COOKING', 'READY', 'SERVED'].map((status) => ({
        data: { orderChanged: { cursor: `c-${status}`, order: { id: 'ord_1', status, table } } },
        extensions: { meta: { requestId: expect.stringMatching(/^req_/), schema: '2026-11-21' } },
      })),
    );
  });

  it('are planned once, and subgraphs get the parsed documents of the plan', async () => {
    const socket = test.socket();
    const streams = [
      socket.subscribe({ query: federated, variables }),
      socket.subscribe({ query: federated, variables }),
    ];
    await test.sourceOpened(2);
    test.subgraphs.source.emit('A');
    test.subgraphs.source.emit('B');
    await Promise.all(streams.map((stream) => stream.have(2)));

    const { orders, layout } = test.subgraphs;
    expect([orders.requests.length, layout.requests.length]).toEqual([2, 4]);
    for (const { requests } of [orders, layout]) expect(new Set(requests.map(({ document }) => document)).size).toBe(1);
    expect([orders.parses, layout.parses]).toEqual([0, 0]);
  });

  it('ask no other subgraph for fields of their owner alone', async () => {
    const { stream } = await openedAs({}, plain);
    test.subgraphs.source.emit('READY');
    await stream.have(1);

    expect(test.subgraphs.layout.requests).toHaveLength(0);
  });

  it('S29 answer the rest of an event while a subgraph is away', async () => {
    const { stream } = await openedAs({});
    test.subgraphs.layout.isUnplugged = true;
    test.subgraphs.source.emit('READY');
    await stream.have(1);

    expect(stream.results[0]).toMatchObject({
      data: { orderChanged: { cursor: 'c-READY', order: { status: 'READY', table: null } } },
      errors: [
        { path: ['orderChanged', 'order', 'table', 'label'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
        { path: ['orderChanged', 'order', 'table', 'seenBy'] },
      ],
    });
  });

  it.each([
    ['what the owner refuses', federated, { outlet: 'foreign' }, 'FORBIDDEN'],
    ['a variable of the wrong type', federated, { outlet: {} }, 'BAD_USER_INPUT'],
    ['a missing variable', federated, {}, 'BAD_USER_INPUT'],
  ])('refuse %s', async (_case, query, given, code) => {
    const answer = await test.socket().ask({ query, variables: given });

    expect(answer).toMatchObject({ errors: [{ extensions: { code, requestId: expect.stringMatching(/^req_/) } }] });
    expect(answer.errors).toHaveLength(1);
    expect(test.subgraphs.source.opened).toBe(0);
  });

  it('S29 are refused as SUBGRAPH_UNAVAILABLE while their owner is away', async () => {
    test.subgraphs.orders.isUnplugged = true;

    expect(await test.socket().ask({ query: plain })).toMatchObject({
      errors: [{ path: ['orderChanged'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
  });

  it('S29 end without inner words when their events break off', async () => {
    const { stream } = await openedAs({});
    test.subgraphs.source.emit(new Error('read ECONNRESET redis:6379'));
    await stream.ended;

    expect(stream.errors).toEqual([
      {
        message: expect.not.stringContaining('ECONNRESET'),
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', requestId: expect.stringMatching(/^req_/) },
      },
    ]);
  });

  it('reach their owner at once when the client unsubscribes, without waiting for an event', async () => {
    const { stream } = await openedAs({});
    stream.unsubscribe();
    await test.sourceClosed(1);

    expect(test.subgraphs.source.closed).toBe(1);
  });

  it('reach their owner at once when the socket breaks off', async () => {
    const { socket } = await openedAs({});
    socket.client.terminate();
    await test.sourceClosed(1);

    expect(test.subgraphs.source.closed).toBe(1);
  });

  it('S14 end with TOKEN_REVOKED and 4403 when the session is revoked, without waiting for an event', async () => {
    const { socket, stream } = await openedAs({ authorization: `Bearer ${await test.signIn('ann')}` });
    await test.signIn('ann', { status: 'REVOKED' });
    test.announce('session.revoked', { sessionIds: ['ses_ann'] });

    expect(await socket.closed).toMatchObject({ code: 4403, reason: 'TOKEN_REVOKED' });
    expect(stream.errors).toMatchObject([{ extensions: { code: 'TOKEN_REVOKED' } }]);
    expect([stream.results.length, test.subgraphs.source.closed]).toEqual([0, 1]);
  });

  it('S14 end with the next event when the revocation was not heard of', async () => {
    const { socket, stream } = await openedAs({ authorization: `Bearer ${await test.signIn('ann')}` });
    await test.signIn('ann', { status: 'REVOKED' });
    test.clock.advance(60_000);
    test.subgraphs.source.emit('READY');

    expect(await socket.closed).toMatchObject({ code: 4403, reason: 'TOKEN_REVOKED' });
    expect(stream.errors).toMatchObject([{ extensions: { code: 'TOKEN_REVOKED' } }]);
    expect(stream.results).toEqual([]);
  });

  it('S14 end with TOKEN_EXPIRED and 4403 at the first event after the token’s end', async () => {
    const { socket, stream } = await openedAs({ authorization: `Bearer ${await test.signIn('ann')}` });
    test.clock.advance(3_600_000);
    test.subgraphs.source.emit('READY');

    expect(await socket.closed).toMatchObject({ code: 4403, reason: 'TOKEN_EXPIRED' });
    expect(stream.errors).toMatchObject([{ extensions: { code: 'TOKEN_EXPIRED' } }]);
    expect(stream.results).toEqual([]);
  });

  it('S14 close an idle socket by itself when its token ends', async () => {
    await test.signIn('ann');
    const endsIn = 0.2;
    const token = await test.token({ sub: 'usr_ann', sid: 'ses_ann', exp: test.clock.now().getTime() / 1000 + endsIn });
    const { socket, stream } = await openedAs({ authorization: `Bearer ${token}` });
    test.clock.advance(endsIn * 1_000);

    expect(await socket.closed).toMatchObject({ code: 4403, reason: 'TOKEN_EXPIRED' });
    expect(stream.errors).toMatchObject([{ extensions: { code: 'TOKEN_EXPIRED' } }]);
  });

  it('S14 must be opened again once the rights have changed, and the socket stays', async () => {
    const { socket, stream } = await openedAs({ authorization: `Bearer ${await test.signIn('ann')}` });
    await test.signIn('ann', { version: 2 });
    test.announce('rights.changed', { userId: 'usr_ann' });
    await stream.ended;
    const again = socket.subscribe({ query: federated, variables });
    await test.sourceOpened(2);
    test.subgraphs.source.emit('READY');
    await again.have(1);

    expect(stream.errors).toMatchObject([{ extensions: { code: 'RESYNC_REQUIRED' } }]);
    expect(again.results[0]?.data).toMatchObject({ orderChanged: { order: { table: { seenBy: 'USER:2' } } } });
  });

  it('S14 go on when somebody else’s rights change', async () => {
    const { stream } = await openedAs({ authorization: `Bearer ${await test.signIn('ann')}` });
    test.announce('rights.changed', { userId: 'usr_bob' });
    test.subgraphs.source.emit('READY');
    await stream.have(1);

    expect(stream.errors).toBeNull();
  });

  it('sign the viewer anew for late events', async () => {
    const { stream } = await openedAs({ authorization: `Bearer ${await test.signIn('ann')}` });
    for (const elapsed of [0, 19_999, 1, 300_000]) {
      test.clock.advance(elapsed);
      test.subgraphs.source.emit(`after-${elapsed}`);
      await stream.have(stream.results.length + 1);
    }

    const signed = test.subgraphs.layout.requests.map(({ signedViewer }) => signedViewer);
    expect(stream.results.every((result) => !result.errors)).toBe(true);
    expect([signed[0] === signed[1], signed[1] === signed[2], signed[2] === signed[3]]).toEqual([true, false, false]);
  });
});

describe('sockets of the gateway', () => {
  let test: TestGateway;

  beforeEach(async () => {
    test = await TestGateway.start();
  });

  afterEach(() => test[Symbol.asyncDispose]());

  it('GW-14 carry queries and mutations as HTTP does', async () => {
    const socket = test.socket({ authorization: `Bearer ${await test.signIn('ann')}` });

    expect(await socket.ask({ query: '{ me { id } orders(first: 1) { table { label } } }' })).toEqual({
      data: { me: { id: 'usr_ann' }, orders: [{ table: { label: 'Table tbl_1' } }] },
      extensions: { meta: { requestId: expect.stringMatching(/^req_/), schema: '2026-11-21' } },
    });
    expect(await socket.ask({ query: 'mutation { placeOrder(note: "n1") { id } }' })).toMatchObject({
      data: { placeOrder: { id: 'n1' } },
    });
    expect(await socket.ask({ query: '{ crash }' })).toMatchObject({
      data: { crash: null },
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(await socket.ask({ query: '{ plced }' })).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  it.each([
    ['an unknown key', { apiKey: 'nobody' }],
    ['a token that is not ours', { authorization: 'Bearer x.y.z' }],
    ['a credential of another form', { authorization: 7 }],
    ['two credentials', { authorization: 'Bearer x', apiKey: 'y' }],
  ])('S14 are closed as 4403 for %s', async (_case, params) => {
    expect(await test.socket(params).closed).toMatchObject({ code: 4403, reason: 'UNAUTHENTICATED' });
  });

  it('S14 are closed as 4403 with the first operation after a revocation nobody announced', async () => {
    const socket = test.socket({ authorization: `Bearer ${await test.signIn('ann')}` });
    await socket.ask({ query: '{ placed }' });
    await test.signIn('ann', { status: 'REVOKED' });
    test.clock.advance(60_000);

    expect(await socket.ask({ query: '{ placed }' })).toMatchObject({
      errors: [{ extensions: { code: 'TOKEN_REVOKED' } }],
    });
    expect(await socket.closed).toMatchObject({ code: 4403, reason: 'TOKEN_REVOKED' });
  });

  it('can be tried again later while accounts is away', async () => {
    const token = await test.signIn('ann');
    test.subgraphs.accountsClient.isUnplugged = true;

    expect((await test.socket({ authorization: `Bearer ${token}` }).closed).code).toBe(1013);
  });

  it.each([
    ['no page', undefined, true],
    ['a page of this server', 'own', true],
    ['a page of an allowed origin', 'https://pos.example', true],
    ['a page of another origin', 'https://evil.example', false],
    ['a sandboxed page', 'null', false],
  ])('S13 are opened by %s: %s', async (_case, given, isOpened) => {
    const origin = given === 'own' ? test.url : given;
    const socket = new TestSocket(
      `${test.url.replace('http', 'ws')}/graphql`,
      {},
      origin === undefined ? {} : { origin },
    );
    test.clients.push(socket.client);
    const outcome = await Promise.race([socket.ask({ query: '{ placed }' }), socket.closed]);

    expect('data' in outcome).toBe(isOpened);
  });

  it('are opened at /graphql only', async () => {
    const socket = new TestSocket(`${test.url.replace('http', 'ws')}/other`, {});
    test.clients.push(socket.client);

    expect((await socket.closed).code).toBe(1006);
  });
});
