import { brands, failures, openKitchen, outlets, viewers, type Kitchen } from '../orders.fixture.js';

describe('refused changes of menus', () => {
  let kitchen: Kitchen;
  let id: string;
  beforeAll(async () => {
    kitchen = await openKitchen();
    id = await kitchen.dish('Upma', '50');
  });
  afterAll(() => kitchen.subgraph.stop());

  const at = { outletId: outlets.cafe };

  it.each([
    ['createMenuCategory', 'nobody', { brandId: brands.ours, name: 'X' }, ['UNAUTHENTICATED']],
    ['createMenuCategory', 'waiter', { brandId: brands.ours, name: 'X' }, ['FORBIDDEN']],
    ['createMenuCategory', 'manager', { brandId: brands.ours, name: 'X' }, ['FORBIDDEN']],
    ['createMenuCategory', 'stranger', { brandId: brands.ours, name: 'X' }, ['NOT_FOUND']],
    ['createMenuCategory', 'owner', { brandId: brands.ours, name: ' ' }, [{ code: 'INVALID_INPUT', field: ['name'] }]],
    ['createMenuItem', 'manager', { name: 'X' }, ['FORBIDDEN']],
    ['createMenuItem', 'stranger', { name: 'X' }, ['NOT_FOUND']],
    ['createMenuItem', 'owner', { name: 'X'.repeat(121) }, [{ code: 'INVALID_INPUT', field: ['name'] }]],
    [
      'createMenuItem',
      'owner',
      { name: 'X', imageUrl: 'ftp://example.com/x' },
      [{ code: 'INVALID_INPUT', field: ['imageUrl'] }],
    ],
    [
      'createMenuItem',
      'owner',
      { name: 'X', prices: [{ ...at, price: { amount: '-1', currency: 'INR' } }] },
      [{ code: 'INVALID_INPUT', field: ['prices', '0', 'price', 'amount'] }],
    ],
    [
      'createMenuItem',
      'owner',
      { name: 'X', prices: [{ outletId: outlets.foreign, price: { amount: '1', currency: 'INR' } }] },
      ['NOT_FOUND'],
    ],
    [
      'createMenuItem',
      'owner',
      {
        name: 'X',
        prices: [
          { ...at, price: { amount: '1', currency: 'INR' } },
          { ...at, price: { amount: '2', currency: 'INR' } },
        ],
      },
      [{ code: 'INVALID_INPUT', field: ['prices', '1', 'outletId'] }],
    ],
    ['updateMenuItem', 'waiter', { name: 'X' }, ['FORBIDDEN']],
    ['updateMenuItem', 'manager', { name: 'X' }, ['FORBIDDEN']],
    ['updateMenuItem', 'stranger', { name: 'X' }, ['NOT_FOUND']],
    ['updateMenuItem', 'owner', { name: '' }, [{ code: 'INVALID_INPUT', field: ['name'] }]],
    ['updateMenuItem', 'owner', { categoryId: 'cat_unknown' }, ['NOT_FOUND']],
    ['setMenuItemPrice', 'chef', { ...at, price: { amount: '1', currency: 'INR' } }, ['FORBIDDEN']],
    ['setMenuItemPrice', 'stranger', { ...at, price: { amount: '1', currency: 'INR' } }, ['NOT_FOUND']],
    [
      'setMenuItemPrice',
      'owner',
      { outletId: outlets.foreign, price: { amount: '1', currency: 'INR' } },
      ['NOT_FOUND'],
    ],
    [
      'setMenuItemPrice',
      'manager',
      { outletId: outlets.bistro, price: { amount: '1', currency: 'AED' } },
      ['NOT_FOUND'],
    ],
    [
      'setMenuItemPrice',
      'owner',
      { ...at, price: { amount: '1', currency: 'INR' }, expectedVersion: 7 },
      [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }],
    ],
    ['setMenuItemAvailability', 'eve', { ...at, remaining: 1 }, ['FORBIDDEN']],
    ['setMenuItemAvailability', 'stranger', { ...at, remaining: 1 }, ['NOT_FOUND']],
    ['setMenuItemAvailability', 'chef', { outletId: outlets.bistro, remaining: 1 }, ['NOT_FOUND']],
    [
      'setMenuItemAvailability',
      'owner',
      { outletId: outlets.bistro, remaining: 1 },
      [{ code: 'INVALID_INPUT', field: ['menuItemId'] }],
    ],
    ['setMenuItemAvailability', 'chef', { ...at, remaining: -1 }, [{ code: 'INVALID_INPUT', field: ['remaining'] }]],
  ] as const)('LES-07 %s by the %s with %j changes nothing', async (mutation, who, input, expected) => {
    const own = {
      createMenuItem: { categoryId: kitchen.categoryId },
      updateMenuItem: { id },
      setMenuItemPrice: { menuItemId: id },
      setMenuItemAvailability: { menuItemId: id },
      createMenuCategory: {},
    };
    const before = await kitchen.rows();

    const answer = await kitchen.send(viewers[who], mutation, { ...own[mutation], ...input });

    expect(failures(answer)).toMatchObject(expected);
    expect(await kitchen.rows()).toEqual(before);
  });

  it('ends a brand’s headings at 200', async () => {
    const theirs = { brandId: brands.theirs, name: 'Heading' };
    for (let count = 0; count < 200; count += 1) await kitchen.make(viewers.stranger, 'createMenuCategory', theirs);

    const answer = await kitchen.send(viewers.stranger, 'createMenuCategory', theirs);

    expect(failures(answer)).toMatchObject([
      { code: 'INVALID_STATE', message: 'A brand has at most 200 menu categories.' },
    ]);
  }, 60_000);
});
