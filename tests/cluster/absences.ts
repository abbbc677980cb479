import { isDone } from '../harness/order-flow.js';
import { atGateway, goOn, halt, until, untilAsked, type World } from './world.js';

const MENU = `query ($outletId: ID!) { outlet(id: $outletId) { name } menuItems(outletId: $outletId, first: 2) { edges { node { name recipe { id } } } } }`;
const STOCK = `query ($outletId: ID!) { outlet(id: $outletId) { name } inventoryItems(outletId: $outletId, first: 1) { edges { node { sku } } } }`;
const RECIPES = `query ($brandId: ID!) { recipes(brandId: $brandId, first: 2) { edges { node { id menuItem { name } } } } }`;

/** Subgraphs that are away, and replicas that hang. */
export function testAbsences(world: () => World): void {
  const inventory = () => world().twin.of('inventory');
  const name = () => world().twin.demo.brands[0]?.outlets[0]?.name;

  describe('F5: while inventory is away', () => {
    beforeAll(() => inventory().forEach(halt));
    afterAll(() => inventory().forEach(goOn));

    it('answers every other field, with an error at the path of what is lacking', async () => {
      const { manager, twin } = world();

      const { status, body } = await manager.ask(MENU, { outletId: twin.outletId });

      const edges = body.data?.['menuItems'].edges;
      expect(status).toBe(200);
      expect(body.data?.['outlet']).toEqual({ name: name() });
      expect(edges).toEqual([
        { node: { name: expect.any(String), recipe: null } },
        { node: { name: expect.any(String), recipe: null } },
      ]);
      expect(body.errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']])).toEqual([
        ['menuItems.edges.0.node.recipe', 'SUBGRAPH_UNAVAILABLE'],
        ['menuItems.edges.1.node.recipe', 'SUBGRAPH_UNAVAILABLE'],
      ]);
    });

    it('answers the other root fields, and null for its own', async () => {
      const { manager, twin } = world();
      const both = `query ($outletId: ID!) { outlet(id: $outletId) { name } inventoryItems(outletId: $outletId, first: 1) { edges { cursor } } }`;

      const { body } = await manager.ask(both, { outletId: twin.outletId });

      expect(body.data).toEqual({ outlet: { name: name() }, inventoryItems: null });
      expect(body.errors).toMatchObject([{ path: ['inventoryItems'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    });

    it('takes and serves orders', async () => {
      const { flow } = world();
      const unknown = flow.unknown();

      await flow.serve(await flow.place('without-stock'));

      expect(flow.unknown()).toBe(unknown);
    });

    it('is ready, and says what is lacking', async () => {
      const { twin } = world();
      const [gateway] = twin.of('gateway');

      const ready = await fetch(`${gateway.url}/readyz`);

      expect(ready.status).toBe(200);
      expect(await ready.json()).toEqual({ status: 'ok', findings: ['inventory: a replica does not answer'] });
    });
  });

  it('F5 answers again when it is back, and says no more that anything is lacking', async () => {
    const { manager, twin } = world();
    const ask = async () => (await manager.ask(STOCK, { outletId: twin.outletId })).body;

    await until(async () => (await ask()).errors === undefined);

    expect((await ask()).data?.['inventoryItems'].edges).toHaveLength(1);
    await until(async () => {
      const [gateway] = twin.of('gateway');
      return (await (await fetch(`${gateway.url}/readyz`)).text()) === '{"status":"ok"}\n';
    });
  });

  it('F1 F5 answers again when both replicas have died', async () => {
    const { manager, twin, flow } = world();
    await Promise.all(inventory().map((replica) => replica.kill('SIGKILL')));

    const lacking = (await manager.ask(STOCK, { outletId: twin.outletId })).body;
    await flow.place('while-it-starts');
    await Promise.all(inventory().map((replica) => replica.ready()));

    expect(lacking.errors).toMatchObject([{ path: ['inventoryItems'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    await until(async () => (await manager.ask(STOCK, { outletId: twin.outletId })).body.errors === undefined);
  }, 60_000);

  describe('F4: while a replica of orders hangs', () => {
    const hanging = () => world().twin.of('orders')[0];
    beforeAll(async () => {
      const { twin } = world();
      for (const gateway of twin.of('gateway'))
        for (const replica of twin.of('orders')) await untilAsked(world(), gateway, replica);
      halt(hanging());
    }, 60_000);
    afterAll(() => goOn(hanging()));

    it('does one of two mutations, and answers in time that the other is unknown: it is sent to nobody else', async () => {
      const { twin, flow } = world();
      const [gateway] = twin.of('gateway');
      const waiter = await atGateway(world(), 'waiter', gateway);

      // The two replicas take turns, so each gets one of two.
      const placed = await Promise.all([flow.send(waiter, 'hanging-1'), flow.send(waiter, 'hanging-2')]);

      const [failed] = placed.filter((answer) => !isDone(answer, 'placeOrder'));
      expect(placed.filter((answer) => isDone(answer, 'placeOrder'))).toHaveLength(1);
      expect(failed?.body).toMatchObject({
        data: null,
        errors: [{ path: ['placeOrder'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
      });
    });

    it('leaves the fields of others whole', async () => {
      const { twin } = world();
      const [, gateway] = twin.of('gateway');
      const manager = await atGateway(world(), 'manager', gateway);
      const brandId = twin.demo.brands[0]?.id;

      const asked = await Promise.all([0, 1].map(() => manager.ask(RECIPES, { brandId })));

      const [lacking, ...others] = asked.filter(({ body }) => body.errors);
      const recipe = (menuItem: unknown) => ({ node: { id: expect.stringMatching(/^rec_/), menuItem } });
      const dish = { name: expect.any(String) };
      expect(others).toEqual([]);
      expect(lacking?.body.data?.['recipes'].edges).toEqual([recipe(null), recipe(null)]);
      expect(lacking?.body.errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']])).toEqual([
        ['recipes.edges.0.node.menuItem.name', 'SUBGRAPH_UNAVAILABLE'],
        ['recipes.edges.1.node.menuItem.name', 'SUBGRAPH_UNAVAILABLE'],
      ]);
      const [whole] = asked.filter(({ body }) => !body.errors);
      expect(whole?.body.data?.['recipes'].edges).toEqual([recipe(dish), recipe(dish)]);
    });
  });

  it('F4 R7 settles what was unknown by the same key, once the replica goes on', async () => {
    const { flow } = world();

    const ids = [await flow.place('hanging-1'), await flow.place('hanging-2')];
    const again = [await flow.place('hanging-1'), await flow.place('hanging-2')];

    expect(again).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
  });
}
