import { once } from 'node:events';
import { connect } from 'node:net';
import { TestGateway, until } from './gateway.fixture.js';

const plain = 'subscription { orderChanged(outletId: "out_1") { cursor } }';

/** Opens 60 sockets; the codes they are closed with. */
async function openSixty(test: TestGateway): Promise<number[]> {
  const codes: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    const socket = test.socket();
    void socket.closed.then(({ code }) => codes.push(code));
    await socket.ask({ query: '{ placed }' });
  }
  return codes;
}

describe('a gateway that closes', () => {
  it('tells its sockets that it goes away and lets go of their subscriptions', async () => {
    await using test = await TestGateway.start();
    const socket = test.socket();
    socket.subscribe({ query: plain });
    const idle = test.socket();
    await idle.ask({ query: '{ placed }' });
    await test.sourceOpened(1);

    await test.gateway.close();

    expect(await socket.closed).toMatchObject({ code: 1001, reason: 'Going away' });
    expect((await idle.closed).code).toBe(1001);
    expect(test.subgraphs.source.closed).toBe(1);
  });

  it('finishes the request under way and accepts no other', async () => {
    await using test = await TestGateway.start();
    const gate = Promise.withResolvers<void>();
    test.subgraphs.slowGate = gate.promise;
    const underWay = test.post({ query: '{ slow }' });
    await until(() => test.subgraphs.orders.requests.length === 1);

    const closing = test.gateway.close();
    await expect(test.fetch('/health')).rejects.toThrow('fetch failed');
    gate.resolve();

    expect((await underWay).body.data).toEqual({ slow: 'done' });
    await closing;
  });

  it('F11: tells its sockets one after the other while a mutation under way is answered', async () => {
    await using test = await TestGateway.start();
    const codes = await openSixty(test);
    const gate = Promise.withResolvers<void>();
    const { orders } = test.subgraphs;
    const execute = orders.execute.bind(orders);
    let isUnderWay = false;
    orders.execute = async (request) => {
      isUnderWay = true;
      await gate.promise;
      return execute(request);
    };
    const placing = test.post({ query: 'mutation { placeOrder(note: "late") { id } }' });
    await until(() => isUnderWay);

    const closed = test.gateway.close();
    await until(() => codes.length > 0);
    expect(codes.length).toBeLessThan(60);
    await until(() => codes.length === 60);
    gate.resolve();

    expect(codes).toEqual(Array(60).fill(1001));
    expect(await placing).toMatchObject({ status: 200, body: { data: { placeOrder: { id: 'late' } } } });
    await closed;
  });

  it('F11: answers what is on its way for a while, and says that it is about to end', async () => {
    await using test = await TestGateway.start({ leaveMs: 300 });
    await test.post({ query: '{ placed }' });

    const closing = test.gateway.close();
    const late = await test.post({ query: 'mutation { placeOrder(note: "late") { id } }' });
    const ready = await test.fetch('/readyz');
    await closing;

    expect([late.status, late.body.data, late.headers.get('connection')]).toEqual([
      200,
      { placeOrder: { id: 'late' } },
      'close',
    ]);
    expect([ready.status, ready.body]).toEqual([
      503,
      { status: 'unavailable', findings: ['the gateway is about to end'] },
    ]);
    await expect(test.fetch('/livez')).rejects.toThrow('fetch failed');
  });

  it('F11: opens no socket while it tells the others', async () => {
    await using test = await TestGateway.start();
    const codes = await openSixty(test);
    const late = connect(Number(new URL(test.url).port), '127.0.0.1');
    const handshake = 'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n';
    late.write(`GET /graphql HTTP/1.1\r\nhost: x\r\n${handshake}`);
    await once(late, 'connect');
    // A connection is known to the server once it has accepted it.
    await new Promise((resolve) => setTimeout(resolve, 50));

    const closed = test.gateway.close();
    late.write(`sec-websocket-key: ${'A'.repeat(22)}==\r\n\r\n`);
    const chunks = await late.toArray();

    expect(codes.length).toBeLessThan(60);
    expect(chunks.join('')).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    await closed;
  });

  it('can be closed twice', async () => {
    const test = await TestGateway.start();
    await Promise.all([test.gateway.close(), test.gateway.close()]);
    await test.gateway.close();
  });
});
