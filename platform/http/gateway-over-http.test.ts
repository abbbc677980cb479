import { TestGateway, until } from '../../gateway/gateway.fixture.js';
import { TestSubgraphs, testViewerSecret } from '../../gateway/gateway-subgraphs.fixture.js';
import { readableLog } from '../events/events.fixture.js';
import { ManualClock } from '../process/clock.js';
import { Opened } from './served-graph.fixture.js';
import { createSubgraphServer, type SubgraphServer } from './subgraph-http-server.js';

let opened: Opened;

beforeEach(() => void (opened = new Opened()));
afterEach(() => opened.close());

/** A gateway in front of subgraphs that each have a port of their own. */
async function gatewayOverHttp() {
  const clock = new ManualClock('2026-11-21T10:00:00Z');
  const subgraphs = new TestSubgraphs(clock);
  const { log } = readableLog();
  const readiness = async () => ({ isReady: true, findings: [] });
  const servers: Record<string, SubgraphServer> = {};
  const clients: Record<string, ReturnType<Opened['client']>> = {};
  for (const [name, client] of Object.entries(subgraphs.clients)) {
    const facts = { viewerSecret: testViewerSecret, clock, log, readiness, leaveMs: 0 };
    const server = createSubgraphServer({ name, client, ...facts });
    opened.add(() => server.close());
    servers[name] = server;
    clients[name] = opened.client([(await server.listen(0, '127.0.0.1')).url]);
  }
  const gateway = await TestGateway.start({ clients, clock });
  opened.add(() => gateway[Symbol.asyncDispose]());
  return { gateway, subgraphs, stop: (name: string) => servers[name]?.close() };
}

const orders = '{ orders(first: 1) { id table { id label } } }';
const watch = 'subscription { orderChanged(outletId: "out_1") { cursor order { id table { label } } } }';

describe('a gateway in front of subgraphs in other processes', () => {
  it('answers with fields of several', async () => {
    const { gateway } = await gatewayOverHttp();

    const { status, body } = await gateway.post({ query: orders });

    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    expect(body.data.orders).toEqual([{ id: 'ord_1', table: { id: 'tbl_1', label: 'Table tbl_1' } }]);
  });

  it('F5: answers what can be answered while one is down, and changes what others own', async () => {
    const { gateway, stop } = await gatewayOverHttp();
    await stop('layout');

    const read = await gateway.post({ query: orders });
    const changed = await gateway.post({ query: 'mutation { placeOrder(note: "x") { id } }' });

    expect(read.body.data.orders).toEqual([{ id: 'ord_1', table: null }]);
    expect(read.body.errors).toMatchObject([
      { path: ['orders', 0, 'table', 'label'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
    expect(changed.body.errors).toBeUndefined();
  });

  it('ends a subscription as SUBGRAPH_UNAVAILABLE when its owner goes away', async () => {
    const { gateway, subgraphs, stop } = await gatewayOverHttp();
    const stream = gateway.socket().subscribe({ query: watch });
    await until(() => subgraphs.source.opened === 1);
    subgraphs.source.emit('READY');
    await stream.have(1);

    await stop('orders');
    await stream.ended;

    expect(stream.results).toMatchObject([
      { data: { orderChanged: { cursor: 'c-READY', order: { table: { label: expect.any(String) } } } } },
    ]);
    expect(stream.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  });

  it('lets go of a subscription at its owner when the client does', async () => {
    const { gateway, subgraphs } = await gatewayOverHttp();
    const stream = gateway.socket().subscribe({ query: watch });
    await until(() => subgraphs.source.opened === 1);

    stream.unsubscribe();

    await until(() => subgraphs.source.closed === 1);
    expect(stream.results).toEqual([]);
  });
});
