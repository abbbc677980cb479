import { TestGateway, until } from './gateway.fixture.js';

const plain = 'subscription { orderChanged(outletId: "out_1") { cursor } }';

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

  it('can be closed twice', async () => {
    const test = await TestGateway.start();
    await Promise.all([test.gateway.close(), test.gateway.close()]);
    await test.gateway.close();
  });
});
