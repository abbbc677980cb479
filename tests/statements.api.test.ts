import type { TestClient } from './harness/client.js';
import { startTestProduct, type TestProduct } from './harness/product.js';

const ORDERS = `query ($outletId: ID!, $first: Int!) { orders(outletId: $outletId, first: $first) { edges { node {
  number status paymentState total { amount } due { amount }
  table { label floor { name } } seating { covers } placedBy { id profile { name } } outlet { name brand { name } }
  lines { quantity name menuItem { name recipe { ingredients { item { name } } } } }
  workflowEvents { toStatus at } payments { amount { amount } }
} } pageInfo { hasNextPage } } }`;
// What relay, sweep and consumers ask for in the background, whatever clients do.
const ownWork = /\b(outbox_event|stream_head|stream_cursor|consumed_event|relay_lease|job|schedule)\b/;

describe('a list of orders', () => {
  let twin: TestProduct;
  let manager: TestClient;

  beforeAll(async () => {
    twin = await startTestProduct({ days: 3 });
    manager = await twin.signIn('manager');
    // What is still told of the people just made would have the gateway ask for the manager's rights again.
    await twin.settle();
  }, 180_000);
  afterAll(() => twin.stop());

  const statementsFor = async (first: number) => {
    const counters = twin.subgraphs.map(({ database }) => database.statements);
    counters.forEach((counter) => counter.record());
    const { body } = await manager.ask(ORDERS, { outletId: twin.demo.brands[0]?.outlets[0]?.id, first });
    const edges = body.data?.['orders'].edges ?? [];
    expect(body.errors).toBeUndefined();
    expect(edges).toHaveLength(first);
    expect(
      edges.every(({ node }: any) => node.table.label && node.lines[0].menuItem.name && node.placedBy.profile.name),
    ).toBe(true);
    return counters.flatMap(({ recorded }) => recorded).filter((sql) => /^\s*select/i.test(sql) && !ownWork.test(sql));
  };

  it('LES-18 costs the same number of statements for 1, 20 and 100 orders with lines, dishes, recipes and tables', async () => {
    await statementsFor(1);

    const [one, twenty, hundred] = [await statementsFor(1), await statementsFor(20), await statementsFor(100)];

    process.stderr.write(
      `orders with lines, dishes, recipes, tables, people and payments: ${one.length} statements over four subgraphs\n`,
    );
    expect([twenty.length, hundred.length]).toEqual([one.length, one.length]);
    expect(one.length).toBeLessThanOrEqual(20);
  });
});
