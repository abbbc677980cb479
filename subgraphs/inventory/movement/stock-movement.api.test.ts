import { anonymous } from '../../../platform/domain/viewer.js';
import { manyRowsMs, newKey, openStore, outlets, viewers, type Store } from '../inventory.fixture.js';
import { StockMovementEntity } from './stock-movement.entity.js';

const MOVEMENTS = `query ($outletId: ID!, $itemId: ID, $kind: StockMovementKind, $first: Int! = 25, $after: String) {
  stockMovements(outletId: $outletId, itemId: $itemId, kind: $kind, first: $first, after: $after) {
    edges { node { id kind quantity missing onHandAfter reason at item { name } batch { lot } order { id } movedBy { id } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const nodes = (answer: any): any[] => answer.data.stockMovements.edges.map(({ node }: any) => node);
const codesOf = (answers: readonly any[], mutation: string): string[] =>
  answers.map(({ data }) => data[mutation].userErrors[0]?.code ?? 'DONE').toSorted();

describe('moving stock', () => {
  let store: Store;
  const at = (itemId: string, quantity: string, facts: object = {}) => ({
    itemId,
    outletId: outlets.cafe,
    quantity,
    unit: 'KG',
    reason: 'Because',
    idempotencyKey: newKey(),
    ...facts,
  });

  beforeAll(async () => {
    store = await openStore();
  });
  afterAll(() => store.subgraph.stop());

  it('INV-03 INV-08 LES-22 receives, adjusts and deducts exactly, and says who and why', async () => {
    const itemId = await store.addItem();
    const movedBy = { id: viewers.chef.id };

    const received = await store.make('receiveStock', at(itemId, '0.1'), viewers.chef);
    const found = await store.make(
      'adjustStock',
      at(itemId, '200', { unit: 'G', direction: 'INCREASE' }),
      viewers.chef,
    );
    const lost = await store.make('adjustStock', at(itemId, '0.05', { direction: 'DECREASE' }), viewers.chef);
    const taken = await store.make('deductStock', at(itemId, '0.25'), viewers.chef);

    expect(received.movements).toMatchObject([{ kind: 'RECEIVE', quantity: '0.1', onHandAfter: '0.1', movedBy }]);
    expect(found.movements).toMatchObject([{ kind: 'ADJUST', quantity: '0.2', onHandAfter: '0.3', reason: 'Because' }]);
    expect(lost.movements).toMatchObject([{ kind: 'ADJUST', quantity: '-0.05', onHandAfter: '0.25' }]);
    expect(taken.movements.map(({ kind, quantity, onHandAfter }: any) => [kind, quantity, onHandAfter])).toEqual([
      ['DEDUCT', '-0.05', '0.2'],
      ['DEDUCT', '-0.2', '0'],
    ]);
    expect(taken.inventoryItem).toEqual({ id: itemId });
    expect(await store.onHand(itemId)).toBe('0');
  });

  it.each([
    ['a quantity of zero', 'receiveStock', { quantity: '0' }, 'INVALID_INPUT', ['quantity']],
    ['a negative quantity', 'receiveStock', { quantity: '-1' }, 'INVALID_INPUT', ['quantity']],
    ['a unit that does not convert', 'receiveStock', { unit: 'L' }, 'INVALID_INPUT', ['unit']],
    ['a lot of 61', 'receiveStock', { lot: 'l'.repeat(61) }, 'INVALID_INPUT', ['lot']],
    ['more than can be counted', 'receiveStock', { quantity: '9007199.254740991' }, 'INVALID_INPUT', ['quantity']],
    ['no reason to adjust', 'adjustStock', { direction: 'INCREASE', reason: ' ' }, 'REASON_REQUIRED', ['reason']],
    ['adjusting below zero', 'adjustStock', { direction: 'DECREASE', quantity: '1.6' }, 'OUT_OF_STOCK', ['quantity']],
    ['no reason to deduct', 'deductStock', { reason: '' }, 'REASON_REQUIRED', ['reason']],
    ['a reason of 501', 'deductStock', { reason: 'r'.repeat(501) }, 'INVALID_INPUT', ['reason']],
    ['deducting below zero', 'deductStock', { quantity: '1.500000001' }, 'OUT_OF_STOCK', ['quantity']],
    ['no key', 'deductStock', { idempotencyKey: null }, 'IDEMPOTENCY_KEY_REQUIRED', ['idempotencyKey']],
  ])('INV-06 INV-08 refuses %s', async (_what, mutation, facts, code, field) => {
    const itemId = await store.addItem();
    await store.receive(itemId, '1.5');
    const before = await store.rows();
    const { reason: _reason, ...delivery } = at(itemId, '1');

    const answer = await store.send(viewers.chef, mutation, {
      ...(mutation === 'receiveStock' ? delivery : at(itemId, '1')),
      ...facts,
    });

    expect(answer.data?.[mutation]).toMatchObject({ movements: null, userErrors: [{ code, field }] });
    expect(await store.rows()).toEqual(before);
  });

  it('INV-06 says how much there is when there is not enough', async () => {
    const itemId = await store.addItem();
    await store.receive(itemId, '1.5');

    const some = await store.send(viewers.chef, 'deductStock', at(itemId, '2'));
    const none = await store.send(viewers.chef, 'deductStock', at(await store.addItem(), '2'));

    expect(some.data?.['deductStock'].userErrors[0].message).toBe('Only 1.5 KG on hand.');
    expect(none.data?.['deductStock'].userErrors[0].message).toBe('Only 0 KG on hand.');
  });

  it('takes what is archived out, but not in', async () => {
    const itemId = await store.addItem();
    await store.receive(itemId, '2');
    await store.make('archiveInventoryItem', { id: itemId });

    const more = await store.send(viewers.chef, 'receiveStock', at(itemId, '1'));
    await store.make('deductStock', at(itemId, '2'));

    expect(more.data?.['receiveStock'].userErrors).toMatchObject([{ code: 'INVALID_STATE', field: ['itemId'] }]);
    expect(await store.onHand(itemId)).toBe('0');
  });

  it.each([
    ['nobody', anonymous, {}, 'UNAUTHENTICATED'],
    ['a waiter', viewers.waiter, {}, 'FORBIDDEN'],
    ['a chef, at another outlet', viewers.chef, { outletId: outlets.bistro }, 'NOT_FOUND'],
    ['another brand', viewers.stranger, {}, 'NOT_FOUND'],
    ['another brand, at its own outlet', viewers.stranger, { outletId: outlets.foreign }, 'NOT_FOUND'],
  ])('INV-11 is not for %s', async (_who, viewer, facts, code) => {
    const itemId = await store.addItem();
    await store.receive(itemId, '5');
    const before = await store.rows();

    const answers = [
      await store.send(viewer, 'receiveStock', at(itemId, '1', facts)),
      await store.send(viewer, 'adjustStock', at(itemId, '1', { direction: 'INCREASE', ...facts })),
      await store.send(viewer, 'deductStock', at(itemId, '1', facts)),
    ];

    expect(answers.map(({ errors }) => errors?.[0]?.extensions['code'])).toEqual([code, code, code]);
    expect(await store.rows()).toEqual(before);
  });

  it('is FORBIDDEN where the viewer may only look', async () => {
    const itemId = await store.addItem();
    const [grant] = viewers.chef.grants;
    const look = { role: 'TEST', brandId: grant?.brandId ?? null, outletId: outlets.bistro, slugs: ['inventory.read'] };
    const viewer = { ...viewers.chef, grants: [...viewers.chef.grants, look] };

    const answer = await store.send(viewer, 'receiveStock', at(itemId, '1', { outletId: outlets.bistro }));

    expect(answer.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('I11 replays the first result under one key, and refuses another request under it', async () => {
    const itemId = await store.addItem();
    const input = at(itemId, '1', { reason: null });

    const first = await store.make('receiveStock', input);
    const again = await store.make('receiveStock', input);
    const other = await store.send(viewers.manager, 'receiveStock', { ...input, quantity: '2' });
    const { idempotencyKey, ...unkeyed } = input;
    const MUTATION = 'mutation ($i: ReceiveStockInput!) { receiveStock(input: $i) { movements { id } } }';
    const header = await store.subgraph.run(viewers.manager, MUTATION, { i: unkeyed }, idempotencyKey);

    expect(again).toEqual(first);
    expect(header.data?.['receiveStock'].movements).toEqual([{ id: first.movements[0].id }]);
    expect(other.data?.['receiveStock'].userErrors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await store.onHand(itemId)).toBe('1');
  });

  it('R3 sells the last unit once to eight who want it', async () => {
    const itemId = await store.addItem({ unit: 'EACH' });
    const facts = { unit: 'EACH' };
    await store.receive(itemId, '1', facts);

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => store.send(viewers.chef, 'deductStock', at(itemId, '1', facts))),
    );

    expect(codesOf(answers, 'deductStock')).toEqual(['DONE', ...Array(7).fill('OUT_OF_STOCK')]);
    expect(await store.onHand(itemId)).toBe('0');
  });

  it('R3 R7 moves once for eight requests under one key', async () => {
    const itemId = await store.addItem();
    await store.receive(itemId, '5');
    const input = at(itemId, '1');

    const answers = await Promise.all(Array.from({ length: 8 }, () => store.send(viewers.chef, 'deductStock', input)));

    const ids = new Set(answers.map(({ data }) => data?.['deductStock'].movements[0].id));
    expect(codesOf(answers, 'deductStock')).toEqual(Array(8).fill('DONE'));
    expect(ids.size).toBe(1);
    expect(await store.onHand(itemId)).toBe('4');
  });

  it('R3 counts every first delivery of eight that arrive at once', async () => {
    const itemId = await store.addItem();

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => store.send(viewers.chef, 'receiveStock', at(itemId, '0.5'))),
    );

    expect(codesOf(answers, 'receiveStock')).toEqual(Array(8).fill('DONE'));
    expect(await store.onHand(itemId)).toBe('4');
  });
});

describe('the ledger', () => {
  let store: Store;
  let sugar: string;
  const ask = (variables: object, viewer = viewers.waiter) =>
    store.subgraph.run(viewer, MOVEMENTS, { outletId: outlets.cafe, ...variables });

  beforeAll(async () => {
    store = await openStore();
    sugar = await store.addItem({ name: 'Sugar' });
    const salt = await store.addItem({ name: 'Salt' });
    const facts = { outletId: outlets.cafe, unit: 'KG', reason: 'Spilled' };
    await store.receive(sugar, '1', { lot: 'A' });
    await store.make('deductStock', { ...facts, itemId: sugar, quantity: '0.4', idempotencyKey: newKey() });
    store.subgraph.clock.advance(1);
    await store.receive(salt, '2', { lot: 'B' });
  });
  afterAll(() => store.subgraph.stop());

  it('INV-03 is read newest first, also within one instant', async () => {
    const rows = nodes(await ask({}));

    expect(rows.map(({ item, quantity, onHandAfter }) => [item.name, quantity, onHandAfter])).toEqual([
      ['Salt', '2', '2'],
      ['Sugar', '-0.4', '0.6'],
      ['Sugar', '1', '1'],
    ]);
    expect(rows[1]).toMatchObject({
      kind: 'DEDUCT',
      missing: null,
      reason: 'Spilled',
      at: '2026-03-14T12:00:00.000Z',
      batch: { lot: 'A' },
      order: null,
      movedBy: { id: viewers.manager.id },
    });
  });

  it('INV-03 is read by item and by kind', async () => {
    expect(nodes(await ask({ itemId: sugar })).map(({ kind }) => kind)).toEqual(['DEDUCT', 'RECEIVE']);
    expect(nodes(await ask({ kind: 'RECEIVE' })).map(({ item }) => item.name)).toEqual(['Salt', 'Sugar']);
  });

  it.each([
    ['a page of 101', { first: 101 }, viewers.waiter, 'BAD_USER_INPUT'],
    ['another outlet of the brand', { outletId: outlets.bistro }, viewers.waiter, 'NOT_FOUND'],
    ['another brand', {}, viewers.stranger, 'NOT_FOUND'],
    ['a guest', {}, viewers.guest, 'FORBIDDEN'],
  ])('refuses %s', async (_what, variables, viewer, code) => {
    expect((await ask(variables, viewer)).errors?.[0]?.extensions['code']).toBe(code);
  });

  it(
    'is paged without gaps, in as many statements for 1, 20 and 100',
    async () => {
      const em = store.subgraph.running.database.em.fork();
      const known = await em.findOneOrFail(StockMovementEntity, { kind: 'DEDUCT' });
      const { brandId, outletId, batchId, at, byKind, byId } = known;
      const itemId = await store.addItem();
      const shared = { brandId, outletId, batchId, itemId, at, byKind, byId, kind: 'ADJUST', reason: null } as const;
      const rows = Array.from({ length: 110 }, (_, place) => {
        const text = String(place).padStart(3, '0');
        const numbers = { quantityMicro: place, missingMicro: 0, onHandAfterMicro: place };
        return { ...shared, ...numbers, id: `mov_${text}`, causeId: text, orderKey: text };
      });
      await em.insertMany(StockMovementEntity, rows);

      const first = await ask({ itemId, first: 100 });
      const second = await ask({ itemId, first: 100, after: first.data?.['stockMovements'].pageInfo.endCursor });
      const counts = [];
      for (const size of [1, 20, 100]) counts.push(await store.statementsOf(() => ask({ itemId, first: size })));

      expect([...nodes(first), ...nodes(second)].map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toReversed());
      expect(counts).toEqual([4, 4, 4]);
    },
    manyRowsMs,
  );
});
