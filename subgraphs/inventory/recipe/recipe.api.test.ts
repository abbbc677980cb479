import { anonymous } from '../../../platform/domain/viewer.js';
import { brands, manyRowsMs, openStore, viewers, type Store } from '../inventory.fixture.js';
import { RecipeEntity, RecipeIngredientEntity } from './recipe.entity.js';

const RECIPE =
  'query ($menuItemId: ID!) { recipe(menuItemId: $menuItemId) { yieldPortions menuItem { id } ingredients { quantity item { name } } } }';
const RECIPES = `query ($brandId: ID!, $first: Int! = 25, $after: String) {
  recipes(brandId: $brandId, first: $first, after: $after) {
    edges { node { id ingredients { quantity item { name } } } } pageInfo { hasNextPage endCursor }
  }
}`;
const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on MenuItem { id recipe { yieldPortions } } ... on Recipe { version }
} }`;

describe('recipes', () => {
  let store: Store;
  let flour: string;
  let milk: string;
  let foreign: string;

  beforeAll(async () => {
    store = await openStore();
    flour = await store.addItem({ name: 'Flour' });
    milk = await store.addItem({ name: 'Milk', unit: 'ML', isSold: true });
    foreign = await store.addItem({ brandId: brands.theirs }, viewers.stranger);
    await store.tellMenuItem('itm_pancake');
    await store.tellMenuItem('itm_theirs', brands.theirs);
  });
  afterAll(() => store.subgraph.stop());

  const pancake = (facts: object = {}) => ({
    menuItemId: 'itm_pancake',
    yieldPortions: 4,
    ingredients: [
      { itemId: milk, quantity: '0.5', unit: 'L' },
      { itemId: flour, quantity: '250', unit: 'G' },
    ],
    ...facts,
  });

  it('INV-16 LES-22 are ingredients for a number of portions, shown in the units of their items', async () => {
    await store.make('saveRecipe', pancake());

    const answer = await store.subgraph.run(viewers.waiter, RECIPE, { menuItemId: 'itm_pancake' });

    expect(answer.data).toEqual({
      recipe: {
        yieldPortions: 4,
        menuItem: { id: 'itm_pancake' },
        ingredients: [
          { quantity: '500', item: { name: 'Milk' } },
          { quantity: '0.25', item: { name: 'Flour' } },
        ],
      },
    });
  });

  it('INV-05 link what is sold', async () => {
    const LINKED = 'query ($id: ID!) { inventoryItem(id: $id) { isUnlinked } }';
    const itemId = await store.addItem({ isSold: true });

    const before = await store.subgraph.run(viewers.waiter, LINKED, { id: itemId });
    await store.make('saveRecipe', pancake({ ingredients: [{ itemId, quantity: '1', unit: 'KG' }] }));
    const after = await store.subgraph.run(viewers.waiter, LINKED, { id: itemId });

    expect([before.data?.['inventoryItem'].isUnlinked, after.data?.['inventoryItem'].isUnlinked]).toEqual([
      true,
      false,
    ]);
  });

  it('INV-16 are replaced as a whole, and keep their identity', async () => {
    const first = (await store.make('saveRecipe', pancake())).recipe;
    const ingredients = [{ itemId: flour, quantity: '1', unit: 'KG' }];

    const { recipe } = await store.make('saveRecipe', pancake({ expectedVersion: first.version, ingredients }));

    expect(recipe).toEqual({
      ...first,
      version: first.version + 1,
      ingredients: [{ quantity: '1', item: { id: flour } }],
    });
  });

  it.each([
    ['no portions', { yieldPortions: 0 }, 'INVALID_INPUT', ['yieldPortions']],
    ['no ingredients', { ingredients: [] }, 'INVALID_INPUT', ['ingredients']],
    ['an old version', { expectedVersion: 999 }, 'VERSION_CONFLICT', ['expectedVersion']],
  ])('refuse %s', async (_what, facts, code, field) => {
    const before = await store.rows();

    const answer = await store.send(viewers.manager, 'saveRecipe', pancake(facts));

    expect(answer.data?.['saveRecipe']).toMatchObject({ recipe: null, userErrors: [{ code, field }] });
    expect(await store.rows()).toEqual(before);
  });

  it.each([
    ['a unit that does not convert', () => ({ itemId: flour, quantity: '1', unit: 'L' }), 'INVALID_INPUT', 'unit'],
    ['a quantity of zero', () => ({ itemId: flour, quantity: '0', unit: 'G' }), 'INVALID_INPUT', 'quantity'],
    ['an item twice', () => ({ itemId: milk, quantity: '1', unit: 'L' }), 'INVALID_INPUT', 'itemId'],
  ])('refuse an ingredient with %s', async (_what, ingredient, code, field) => {
    const before = await store.rows();
    const ingredients = [{ itemId: milk, quantity: '1', unit: 'L' }, ingredient()];

    const answer = await store.send(viewers.manager, 'saveRecipe', pancake({ ingredients }));

    expect(answer.data?.['saveRecipe'].userErrors).toMatchObject([{ code, field: ['ingredients', '1', field] }]);
    expect(await store.rows()).toEqual(before);
  });

  it('refuse an archived ingredient', async () => {
    const itemId = await store.addItem();
    await store.make('archiveInventoryItem', { id: itemId });

    const answer = await store.send(
      viewers.manager,
      'saveRecipe',
      pancake({ ingredients: [{ itemId, quantity: '1', unit: 'KG' }] }),
    );

    expect(answer.data?.['saveRecipe'].userErrors).toMatchObject([
      { code: 'INVALID_STATE', field: ['ingredients', '0', 'itemId'] },
    ]);
  });

  it.each([
    ['nobody', anonymous, {}, 'UNAUTHENTICATED'],
    ['a chef', viewers.chef, {}, 'FORBIDDEN'],
    ['a manager of one outlet', viewers.cafeManager, {}, 'FORBIDDEN'],
    ['another brand', viewers.stranger, {}, 'NOT_FOUND'],
    ['the manager, of a menu item nobody told of', viewers.manager, { menuItemId: 'itm_none' }, 'NOT_FOUND'],
    ["the manager, of another brand's menu item", viewers.manager, { menuItemId: 'itm_theirs' }, 'NOT_FOUND'],
  ])('INV-11 are not saved by %s', async (_who, viewer, facts, code) => {
    const before = await store.rows();

    const answer = await store.send(viewer, 'saveRecipe', pancake(facts));

    expect(answer.errors?.[0]?.extensions['code']).toBe(code);
    expect(await store.rows()).toEqual(before);
  });

  it("are not made of another brand's items", async () => {
    const before = await store.rows();
    const ingredients = [{ itemId: foreign, quantity: '1', unit: 'KG' }];

    const answer = await store.send(viewers.manager, 'saveRecipe', pancake({ ingredients }));

    expect(answer.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect(await store.rows()).toEqual(before);
  });

  it('have one row and whole ingredients after a race', async () => {
    await store.tellMenuItem('itm_raced');
    const save = (quantity: string) =>
      store.send(
        viewers.manager,
        'saveRecipe',
        pancake({ menuItemId: 'itm_raced', ingredients: [{ itemId: flour, quantity, unit: 'KG' }] }),
      );

    const answers = await Promise.all(['1', '2', '3', '4'].map(save));

    const em = store.subgraph.running.database.em.fork();
    const rows = await em.find(RecipeEntity, { menuItemId: 'itm_raced' });
    expect(answers.map(({ data }) => data?.['saveRecipe'].userErrors)).toEqual([[], [], [], []]);
    expect(rows).toMatchObject([{ version: 4 }]);
    expect(await em.count(RecipeIngredientEntity, { recipeId: rows[0]?.id ?? '' })).toBe(1);
  });

  it('are seen on the menu item, by those who may look into stock only', async () => {
    const { recipe } = await store.make('saveRecipe', pancake());
    const r = [
      { __typename: 'MenuItem', id: 'itm_pancake' },
      { __typename: 'Recipe', id: recipe.id },
    ];
    const ask = async (viewer: typeof anonymous) =>
      (await store.subgraph.run(viewer, ENTITIES, { r })).data?.['_entities'];

    expect(await ask(viewers.waiter)).toEqual([
      { id: 'itm_pancake', recipe: { yieldPortions: 4 } },
      { version: recipe.version },
    ]);
    expect(await ask(viewers.stranger)).toEqual([{ id: 'itm_pancake', recipe: null }, null]);
    expect(await ask(viewers.guest)).toEqual([{ id: 'itm_pancake', recipe: null }, null]);
    expect(await ask(anonymous)).toEqual([{ id: 'itm_pancake', recipe: null }, null]);
  });

  it('are added to any number of menu items in one statement', async () => {
    const count = (size: number) => {
      const r = Array.from({ length: size }, (_, place) => ({ __typename: 'MenuItem', id: `itm_${place}` }));
      return store.statementsOf(() => store.subgraph.run(viewers.waiter, ENTITIES, { r }));
    };

    expect([await count(1), await count(20), await count(100)]).toEqual([1, 1, 1]);
  });

  it('are NOT_FOUND where there is none, and for another brand', async () => {
    const codes = [];
    for (const [viewer, menuItemId] of [
      [viewers.manager, 'itm_none'],
      [viewers.stranger, 'itm_pancake'],
    ] as const) {
      codes.push((await store.subgraph.run(viewer, RECIPE, { menuItemId })).errors?.[0]?.extensions['code']);
    }

    expect(codes).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  it(
    'are paged without gaps, in as many statements for 1, 20 and 100',
    async () => {
      const em = store.subgraph.running.database.em.fork();
      const spice = await store.addItem({ brandId: brands.theirs }, viewers.stranger);
      const ids = Array.from({ length: 110 }, (_, place) => `rec_${String(place).padStart(3, '0')}`);
      const facts = { brandId: brands.theirs, yieldPortions: 1, version: 1 };
      await em.insertMany(
        RecipeEntity,
        ids.map((id) => ({ ...facts, id, menuItemId: `itm_${id}` })),
      );
      const row = { itemId: spice, position: 0, quantityMicro: 1_000 };
      await em.insertMany(
        RecipeIngredientEntity,
        ids.map((recipeId) => ({ ...row, recipeId })),
      );
      const ask = (variables: object, viewer = viewers.stranger) =>
        store.subgraph.run(viewer, RECIPES, { brandId: brands.theirs, ...variables });
      const idsOf = (answer: any): string[] => answer.data.recipes.edges.map(({ node }: any) => node.id);

      const first = await ask({ first: 100 });
      const second = await ask({ first: 100, after: first.data?.['recipes'].pageInfo.endCursor });
      const counts = [];
      for (const size of [1, 20, 100]) counts.push(await store.statementsOf(() => ask({ first: size })));

      expect([...idsOf(first), ...idsOf(second)]).toEqual(ids);
      expect(counts).toEqual([4, 4, 4]);
      expect((await ask({}, viewers.manager)).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
      expect((await ask({ first: 101 })).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    },
    manyRowsMs,
  );
});
