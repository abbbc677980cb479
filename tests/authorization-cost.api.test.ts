import type { TestClient } from './harness/client.js';
import { ManualTime, quietAfternoon } from './harness/manual-time.js';
import { startTestProduct, type TestProduct } from './harness/product.js';

const TABLES = 'query ($outletId: ID!) { serviceNodes(outletId: $outletId, first: 5) { edges { node { id label } } } }';
const REQUESTS = 50;
// What relay, sweep and consumers ask for in the background, whatever clients do.
const ownWork = /\b(outbox_event|stream_head|stream_cursor|consumed_event|relay_lease|job|schedule)\b/;

describe('saying who is asking and what they may do', () => {
  let twin: TestProduct;
  let waiter: TestClient;
  let outletId: string;

  beforeAll(async () => {
    twin = await startTestProduct({ clock: new ManualTime(quietAfternoon) });
    waiter = await twin.signIn('waiter');
    outletId = twin.demo.brands[0]?.outlets[0]?.id ?? '';
    // What is still told of the people just made would have the gateway ask for the waiter's rights again.
    await twin.settle();
  }, 120_000);
  afterAll(() => twin.stop());

  /** How many statements the subgraphs are sent while the waiter asks, accounts apart from the others. */
  const statementsOf = async (requests: number) => {
    twin.subgraphs.forEach(({ database }) => database.statements.record());
    for (let count = 0; count < requests; count += 1) {
      const { body } = await waiter.ask(TABLES, { outletId });
      expect(body.data?.['serviceNodes'].edges).toHaveLength(5);
    }
    const sent = (isAccounts: boolean) =>
      twin.subgraphs
        .filter(({ name }) => (name === 'accounts') === isAccounts)
        .flatMap(({ database }) => database.statements.recorded)
        .filter((sql) => /^\s*(select|insert|update|delete|with)\b/i.test(sql) && !ownWork.test(sql)).length;
    return { accounts: sent(true), others: sent(false) };
  };

  it('LES-18 ACC-28 adds no statement to any of fifty requests while nothing has changed', async () => {
    const first = await statementsOf(1);

    const { accounts, others } = await statementsOf(REQUESTS);

    process.stderr.write(
      `authorization: ${accounts} statements in accounts for ${REQUESTS} requests; the first of all took ${first.accounts}\n`,
    );
    expect(accounts).toBe(0);
    expect(others).toBe(REQUESTS * first.others);
  });
});
