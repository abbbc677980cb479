import { ReplayingOrders } from './continued-events.fixture.js';
import { TestGateway, until, type TestStream } from './gateway.fixture.js';

const query =
  'subscription Watch($outlet: ID!) { orderChanged(outletId: $outlet) { order { status table { label seenBy } } } }';
const variables = { outlet: 'out_1' };

describe('F1: a subscription whose replica is lost', () => {
  let test: TestGateway;
  let orders: ReplayingOrders;

  beforeEach(async () => {
    orders = new ReplayingOrders();
    test = await TestGateway.start({}, { orders });
  });

  afterEach(() => test[Symbol.asyncDispose]());

  async function subscribed(): Promise<TestStream> {
    const socket = test.socket({ authorization: `Bearer ${await test.signIn('ann')}` });
    const stream = socket.subscribe({ query, variables });
    await until(() => orders.requests.length === 1);
    return stream;
  }

  const statusesOf = ({ results }: TestStream) =>
    results.map(({ data }) => Object(data)['orderChanged']?.order?.status);

  it('goes on at another one without a word, and tells every event once, though nobody asked for the cursor', async () => {
    const stream = await subscribed();
    orders.emit('A', 'B');
    await stream.have(1);

    orders.lose();
    orders.emit('C');
    await stream.have(3);
    orders.lose();
    orders.emit('D');
    await stream.have(4);

    expect(statusesOf(stream)).toEqual(['A', 'B', 'C', 'D']);
    expect(stream.results[3]).toMatchObject({
      data: { orderChanged: { order: { status: 'D', table: { label: 'Table tbl_1', seenBy: 'USER:1' } } } },
    });
    expect(JSON.stringify(stream.results)).not.toContain('cursor');
    expect(orders.requests.map(({ variables: given }) => given)).toEqual([
      { outlet: 'out_1' },
      { outlet: 'out_1', after: 'c-2' },
      { outlet: 'out_1', after: 'c-3' },
    ]);
  });

  it('tells what happened while nobody listened yet to anything', async () => {
    orders.emit('before');
    const stream = await subscribed();
    orders.isAway = true;
    orders.lose();
    orders.emit('A');
    await until(() => orders.requests.length > 2);

    orders.isAway = false;
    await stream.have(1);

    expect(statusesOf(stream)).toEqual(['A']);
    expect(stream.errors).toBeNull();
  });

  it('S14 ends with RESYNC_REQUIRED when the rights have changed meanwhile', async () => {
    const stream = await subscribed();
    await test.signIn('ann', { version: 2 });
    test.clock.advance(60_000);

    orders.lose();
    await stream.ended;

    expect(stream.errors).toMatchObject([{ extensions: { code: 'RESYNC_REQUIRED' } }]);
    expect(orders.requests).toHaveLength(1);
  });

  it.each(['RESYNC_REQUIRED', 'NOT_FOUND'])('ends with what its owner then refuses it with: %s', async (code) => {
    const stream = await subscribed();
    orders.refusal = code;

    orders.lose();
    await stream.ended;

    expect(stream.errors).toMatchObject([{ message: 'No.', extensions: { code } }]);
    expect(orders.requests).toHaveLength(2);
  });
});
