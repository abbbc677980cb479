import fc from 'fast-check';
import { newId } from '../../../platform/domain/id.js';
import { StockBatchEntity } from '../batch/stock-batch.entity.js';
import { newKey, openStore, outlets, viewers, type Store } from '../inventory.fixture.js';
import { StockLevelEntity } from '../item/stock-level.entity.js';
import { StockMovementEntity } from '../movement/stock-movement.entity.js';

const days = [null, '2026-03-15', '2026-04-01'] as const;
const act = fc.oneof(
  fc.record({
    kind: fc.constant('receive' as const),
    grams: fc.integer({ min: 1, max: 900 }),
    day: fc.constantFrom(...days),
  }),
  fc.record({
    kind: fc.constantFrom('more' as const, 'less' as const, 'deduct' as const),
    grams: fc.integer({ min: 1, max: 600 }),
  }),
  fc.record({ kind: fc.constant('fire' as const), grams: fc.integer({ min: 1, max: 6 }) }),
);
// A batch runs at once; the invariant is read after each.
const history = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

describe('stock, whatever happens to it', () => {
  let store: Store;
  let orders = 0;

  beforeAll(async () => {
    store = await openStore();
  });
  afterAll(() => store.subgraph.stop());

  const run = async (itemId: string, menuItemId: string, { kind, grams, ...facts }: Act) => {
    const input = { itemId, outletId: outlets.cafe, quantity: String(grams), unit: 'G', idempotencyKey: newKey() };
    if (kind === 'fire') return store.fire(`ord_${(orders += 1)}`, [[menuItemId, grams]]);
    if (kind === 'receive')
      return store.send(viewers.chef, 'receiveStock', { ...input, expiresOn: 'day' in facts ? facts.day : null });
    if (kind === 'deduct') return store.send(viewers.chef, 'deductStock', { ...input, reason: 'Took' });
    const direction = kind === 'more' ? 'INCREASE' : 'DECREASE';
    return store.send(viewers.chef, 'adjustStock', { ...input, direction, reason: 'Counted' });
  };

  const books = async (itemId: string) => {
    const em = store.subgraph.running.database.em.fork();
    const [level] = await em.find(StockLevelEntity, { itemId });
    const batches = await em.find(StockBatchEntity, { itemId });
    const movements = await em.find(StockMovementEntity, { itemId }, { orderBy: { orderKey: 'asc', id: 'asc' } });
    return {
      onHand: level?.onHandMicro ?? 0,
      inBatches: batches.reduce((sum, { quantityMicro }) => sum + quantityMicro, 0),
      moved: movements.reduce((sum, { quantityMicro }) => sum + quantityMicro, 0),
      afterLast: movements.at(-1)?.onHandAfterMicro ?? 0,
      versions: [level?.version ?? 0, movements.length],
    };
  };

  it('I6 on hand is the sum of its movements and of its batches, and never below zero', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (batches) => {
        const itemId = await store.addItem();
        const menuItemId = newId('itm');
        await store.tellMenuItem(menuItemId);
        await store.make('saveRecipe', {
          menuItemId,
          yieldPortions: 3,
          ingredients: [{ itemId, quantity: '100', unit: 'G' }],
        });
        for (const batch of batches) {
          await Promise.all(batch.map((one) => run(itemId, menuItemId, one)));
          const { onHand, inBatches, moved, afterLast, versions } = await books(itemId);
          expect([inBatches, moved, afterLast]).toEqual([onHand, onHand, onHand]);
          expect(onHand).toBeGreaterThanOrEqual(0);
          expect(versions[0]).toBe(versions[1]);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
