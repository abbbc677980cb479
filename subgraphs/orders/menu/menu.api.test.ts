import { anonymous } from '../../../platform/domain/viewer.js';
import { brands, failures, openKitchen, outlets, viewers, type Kitchen } from '../orders.fixture.js';

describe('menus', () => {
  let kitchen: Kitchen;
  beforeAll(async () => {
    kitchen = await openKitchen();
  });
  afterAll(() => kitchen.subgraph.stop());

  const itemInput = (more: object = {}) => ({ categoryId: kitchen.categoryId, name: 'Paneer tikka', ...more });
  const priced = (amount: string, currency = 'INR', outletId: string = outlets.cafe) => ({
    outletId,
    price: { amount, currency },
  });

  it('ORD-01 ORD-05 ORD-07 TS-16 makes an item with description, diets, picture and a price an outlet', async () => {
    const input = itemInput({
      description: '  Smoky.  ',
      diets: ['VEGETARIAN', 'GLUTEN_FREE', 'VEGETARIAN'],
      imageUrl: 'https://example.com/tikka.jpg',
      prices: [priced('240.50'), priced('18', 'AED', outlets.bistro)],
    });

    const { menuItem } = await kitchen.make(viewers.owner, 'createMenuItem', input);
    const answer = await kitchen.subgraph.run(
      anonymous,
      `query ($id: ID!, $cafe: ID!, $bistro: ID!, $foreign: ID!) { menuItem(id: $id) {
        name description diets imageUrl isPublished category { name }
        cafe: price(outletId: $cafe) { amount currency } bistro: price(outletId: $bistro) { amount currency } foreign: price(outletId: $foreign) { amount }
        isAvailable(outletId: $cafe) remaining(outletId: $cafe) isElsewhere: isAvailable(outletId: $foreign) } }`,
      { id: menuItem.id, ...outlets },
    );

    expect(answer.data?.['menuItem']).toEqual({
      name: 'Paneer tikka',
      description: 'Smoky.',
      diets: ['VEGETARIAN', 'GLUTEN_FREE'],
      imageUrl: 'https://example.com/tikka.jpg',
      isPublished: true,
      category: { name: 'Mains' },
      cafe: { amount: '240.50', currency: 'INR' },
      bistro: { amount: '18.00', currency: 'AED' },
      foreign: null,
      isAvailable: true,
      remaining: null,
      isElsewhere: false,
    });
    const [saved] = (await kitchen.events('menu-item.saved')).slice(-1);
    expect(saved).toMatchObject({
      aggregateId: menuItem.id,
      aggregateVersion: 1,
      outletId: null,
      payload: {
        name: 'Paneer tikka',
        isPublished: true,
        prices: [
          { outletId: outlets.bistro, priceMinor: 1_800, currency: 'AED' },
          { outletId: outlets.cafe, priceMinor: 24_050, currency: 'INR' },
        ],
      },
    });
  });

  it('ORD-01 shows the menu of an outlet: published items it sells, by heading, in a constant number of statements', async () => {
    const { menuCategory: drinks } = await kitchen.make(viewers.owner, 'createMenuCategory', {
      brandId: brands.ours,
      name: 'Drinks',
      sortOrder: -1,
    });
    const names = async () => {
      const document = `query ($o: ID!) { menu(outletId: $o) { currency outlet { id } categories { name items { name isAvailable(outletId: $o) price(outletId: $o) { amount } } } } }`;
      let data: any;
      const statements = await kitchen.statementsOf(
        async () => ({ data } = await kitchen.subgraph.run(anonymous, document, { o: outlets.cafe })),
      );
      const categories = data.menu.categories.map(({ name, items }: any) => [
        name,
        items.map((item: any) => item.name),
      ]);
      return { statements, categories, menu: data.menu };
    };
    await kitchen.dish('Water', '20');
    const before = await names();

    for (const name of ['Lassi', 'Chai'])
      await kitchen.make(
        viewers.owner,
        'createMenuItem',
        itemInput({ name, categoryId: drinks.id, prices: [priced('60')] }),
      );
    await kitchen.make(
      viewers.owner,
      'createMenuItem',
      itemInput({ name: 'Hidden', isPublished: false, prices: [priced('60')] }),
    );
    await kitchen.make(
      viewers.owner,
      'createMenuItem',
      itemInput({ name: 'Elsewhere', prices: [priced('6', 'AED', outlets.bistro)] }),
    );
    const after = await names();

    expect(before.categories).toEqual([
      ['Drinks', []],
      ['Mains', ['Paneer tikka', 'Water']],
    ]);
    expect(after.categories).toEqual([
      ['Drinks', ['Chai', 'Lassi']],
      ['Mains', ['Paneer tikka', 'Water']],
    ]);
    expect(after.menu).toMatchObject({ currency: 'INR', outlet: { id: outlets.cafe } });
    expect([before.statements, after.statements]).toEqual([5, 5]);
  });

  it('ORD-03 GW-06 lists and searches the items of an outlet by name, published ones for guests and all for the manager', async () => {
    const list = async (viewer: object, more: object) => {
      const document = `query ($o: ID!, $first: Int! = 25, $after: String, $search: String, $categoryId: ID) {
        menuItems(outletId: $o, first: $first, after: $after, search: $search, categoryId: $categoryId) { edges { node { name } } pageInfo { hasNextPage endCursor } } }`;
      return kitchen.subgraph.run(viewer as typeof anonymous, document, { o: outlets.cafe, ...more });
    };
    const names = (answer: any) => answer.data.menuItems.edges.map(({ node }: any) => node.name);

    const [guest, manager] = [await list(anonymous, {}), await list(viewers.manager, {})];
    const first = await list(anonymous, { first: 3 });
    const second = await list(anonymous, { first: 3, after: first.data?.['menuItems'].pageInfo.endCursor });

    expect(names(guest)).toEqual(['Chai', 'Lassi', 'Paneer tikka', 'Water']);
    expect(names(manager)).toEqual(['Chai', 'Elsewhere', 'Hidden', 'Lassi', 'Paneer tikka', 'Water']);
    expect([...names(first), '|', ...names(second)]).toEqual(['Chai', 'Lassi', 'Paneer tikka', '|', 'Water']);
    expect(second.data?.['menuItems'].pageInfo.hasNextPage).toBe(false);
    expect(names(await list(anonymous, { search: 'PANEER' }))).toEqual(['Paneer tikka']);
    expect(names(await list(anonymous, { search: '%' }))).toEqual([]);
    expect(names(await list(anonymous, { categoryId: kitchen.categoryId }))).toEqual(['Paneer tikka', 'Water']);
    expect(failures(await list(anonymous, { first: 101 }))).toEqual(['BAD_USER_INPUT']);
  });

  it('ORD-06 lists a brand’s headings in order, by pages', async () => {
    const document =
      'query ($b: ID!, $after: String) { menuCategories(brandId: $b, first: 1, after: $after) { edges { node { name items { name } } } pageInfo { endCursor hasNextPage } } }';
    const first = await kitchen.subgraph.run(anonymous, document, { b: brands.ours });
    const second = await kitchen.subgraph.run(anonymous, document, {
      b: brands.ours,
      after: first.data?.['menuCategories'].pageInfo.endCursor,
    });

    const [one, two] = [first, second].map((answer) => answer.data?.['menuCategories'].edges[0].node);
    expect([one.name, two.name]).toEqual(['Drinks', 'Mains']);
    expect(two.items.map(({ name }: any) => name)).toEqual(['Elsewhere', 'Paneer tikka', 'Water']);
    expect(second.data?.['menuCategories'].pageInfo.hasNextPage).toBe(false);
  });

  it('TS-22 changes an item where its version is the one that was read', async () => {
    const id = await kitchen.dish('Momo', '90');

    const { menuItem } = await kitchen.make(viewers.owner, 'updateMenuItem', {
      id,
      expectedVersion: 1,
      name: 'Veg momo',
      description: 'Steamed.',
      isPublished: false,
    });
    const stale = await kitchen.send(viewers.owner, 'updateMenuItem', { id, expectedVersion: 1, name: 'Chicken momo' });
    const hidden = await kitchen.subgraph.run(anonymous, 'query ($id: ID!) { menuItem(id: $id) { id } }', { id });
    const seen = await kitchen.subgraph.run(
      viewers.manager,
      'query ($id: ID!) { menuItem(id: $id) { name description version } }',
      { id },
    );

    expect(menuItem).toMatchObject({ name: 'Veg momo', isPublished: false, version: 2 });
    expect(failures(stale)).toMatchObject([{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }]);
    expect(failures(hidden)).toEqual(['NOT_FOUND']);
    expect(seen.data?.['menuItem']).toEqual({ name: 'Veg momo', description: 'Steamed.', version: 2 });
  });

  it('sets prices, and removes nothing that is not told', async () => {
    const id = await kitchen.dish('Idli', '70');

    const { menuItem } = await kitchen.make(viewers.manager, 'setMenuItemPrice', { menuItemId: id, ...priced('75') });
    const answer = await kitchen.subgraph.run(
      anonymous,
      'query ($id: ID!, $o: ID!) { menuItem(id: $id) { price(outletId: $o) { amount } } }',
      { id, o: outlets.cafe },
    );
    const wrong = await kitchen.send(viewers.manager, 'setMenuItemPrice', { menuItemId: id, ...priced('75', 'AED') });
    const tooFine = await kitchen.send(viewers.manager, 'setMenuItemPrice', { menuItemId: id, ...priced('75.001') });

    expect(menuItem.version).toBe(2);
    expect(answer.data?.['menuItem'].price.amount).toBe('75.00');
    expect(failures(wrong)).toMatchObject([{ code: 'CURRENCY_MISMATCH', field: ['price', 'currency'] }]);
    expect(failures(tooFine)).toMatchObject([{ code: 'INVALID_INPUT', field: ['price', 'amount'] }]);
  });

  it('TS-10 takes an item off and puts it back, and counts portions only where told', async () => {
    const menuItemId = await kitchen.dish('Dosa', '80', 5);
    const set = (input: object) =>
      kitchen.make(viewers.chef, 'setMenuItemAvailability', { menuItemId, outletId: outlets.cafe, ...input });
    const look = async () => {
      const document =
        'query ($id: ID!, $o: ID!) { menuItem(id: $id) { isAvailable(outletId: $o) remaining(outletId: $o) } }';
      return (await kitchen.subgraph.run(anonymous, document, { id: menuItemId, o: outlets.cafe })).data?.['menuItem'];
    };

    await set({ isAvailable: false });
    const off = await look();
    await set({ isAvailable: true });
    const on = await look();
    await set({ remaining: null });
    const unlimited = await look();

    expect([off, on, unlimited]).toEqual([
      { isAvailable: false, remaining: 5 },
      { isAvailable: true, remaining: 5 },
      { isAvailable: true, remaining: null },
    ]);
    const told = (await kitchen.events('menu-item.availability-changed')).filter(
      ({ aggregateId }) => aggregateId === menuItemId,
    );
    expect(told.map(({ aggregateVersion, payload }) => [aggregateVersion, payload])).toEqual([
      [1, { remaining: 5, isAvailable: true }],
      [2, { remaining: 5, isAvailable: false }],
      [3, { remaining: 5, isAvailable: true }],
      [4, { remaining: null, isAvailable: true }],
    ]);
  });

  it('TS-10 tells who takes orders what runs out, from the cursor they had, and nobody else', async () => {
    const menuItemId = await kitchen.dish('Special', '300', 3);
    const document =
      'subscription ($o: ID!, $since: String) { menuAvailabilityChanged(outletId: $o, since: $since) { cursor at menuItem { id remaining(outletId: $o) } } }';
    await kitchen.subgraph.running.relay.flush();
    const live = await kitchen.subgraph.subscribe(viewers.waiter, document, { o: outlets.cafe });
    const refused = await kitchen.subgraph.subscribe(viewers.stranger, document, { o: outlets.cafe });
    if (!('next' in live)) throw new Error(JSON.stringify(live));

    await kitchen.make(viewers.chef, 'setMenuItemAvailability', { menuItemId, outletId: outlets.cafe, remaining: 2 });
    const { value } = await live.next();
    await live.return?.();
    await kitchen.make(viewers.chef, 'setMenuItemAvailability', { menuItemId, outletId: outlets.cafe, remaining: 1 });
    const since = value.data.menuAvailabilityChanged.cursor;
    const resumed = await kitchen.subgraph.subscribe(viewers.waiter, document, { o: outlets.cafe, since });
    if (!('next' in resumed)) throw new Error(JSON.stringify(resumed));
    const missed = await resumed.next();
    await resumed.return?.();

    expect(value.data.menuAvailabilityChanged).toMatchObject({
      at: '2026-03-14T12:00:00.000Z',
      menuItem: { id: menuItemId, remaining: 2 },
    });
    expect(missed.value.data.menuAvailabilityChanged.menuItem).toEqual({ id: menuItemId, remaining: 1 });
    expect(failures(refused as object)).toEqual(['NOT_FOUND']);
  });

  it('S4 resolves references: published items and headings for anybody, unpublished ones for the manager', async () => {
    const { menuItem } = await kitchen.make(
      viewers.owner,
      'createMenuItem',
      itemInput({ name: 'Secret', isPublished: false }),
    );
    const shown = await kitchen.dish('Shown', '10');
    const representations = [
      { __typename: 'MenuItem', id: shown },
      { __typename: 'MenuItem', id: menuItem.id },
      { __typename: 'MenuItem', id: 'itm_unknown' },
      { __typename: 'MenuCategory', id: kitchen.categoryId },
    ];
    const document =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on MenuItem { name } ... on MenuCategory { name } } }';

    const [guest, manager] = await Promise.all(
      [anonymous, viewers.manager].map((viewer) => kitchen.subgraph.run(viewer, document, { r: representations })),
    );

    expect(guest?.data?.['_entities']).toEqual([{ name: 'Shown' }, null, null, { name: 'Mains' }]);
    expect(manager?.data?.['_entities']).toEqual([{ name: 'Shown' }, { name: 'Secret' }, null, { name: 'Mains' }]);
  });
});
