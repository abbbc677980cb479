import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, outletFacts, type Company } from '../accounts.fixture.js';

const BRAND = `query ($id: ID!) { brand(id: $id) { name legalName isActive version settings {
  defaultLocale loyaltyCurrency regularTier { orders spent { amount currency } } vipTier { orders spent { amount currency } }
} } }`;
const TRADING = 'query ($id: ID!) { outlet(id: $id) { isActive isTrading version } }';
const inr = (amount: string) => ({ amount, currency: 'INR' });

describe('changes of a brand', () => {
  let company: Company;
  let owner: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
  });
  afterAll(() => company.subgraph.stop());

  const trading = async (id: string) => (await company.subgraph.run(administrator, TRADING, { id })).data?.['outlet'];
  const newBrand = async (): Promise<string> => (await company.make('createBrand', { name: 'Chain' })).brand.id;
  const toldTrading = async (id: string) =>
    (await company.eventsOf('outlet.saved', id)).map(({ payload }) => Object(payload).isActive);

  it('ACC-27 CPN-02 TS-22 are made by its owner, told once, and refused at an old version', async () => {
    const id = await newBrand();
    const chain = holderOf('OWNER', { brandId: id });
    const settings = { defaultLocale: 'hi-IN', loyaltyCurrency: 'INR', vipTier: { orders: 20, spent: inr('50000') } };

    await company.make('updateBrand', { id, expectedVersion: 1, legalName: 'Chain Foods Pvt. Ltd.', settings }, chain);
    const same = await company.make('updateBrand', { id, name: 'Chain', settings: {} }, chain);
    const renamed = await company.make(
      'updateBrand',
      { id, expectedVersion: 2, name: ' Chains ', legalName: '' },
      chain,
    );
    const stale = await company.send(chain, 'updateBrand', { id, expectedVersion: 2, name: 'Late' });

    expect(same.brand.version).toBe(2);
    expect(renamed.brand).toEqual({ id, name: 'Chains', legalName: null, isActive: true, version: 3 });
    expect(stale.data?.['updateBrand'].userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    expect((await company.subgraph.run(chain, BRAND, { id })).data?.['brand']).toEqual({
      name: 'Chains',
      legalName: null,
      isActive: true,
      version: 3,
      settings: {
        defaultLocale: 'hi-IN',
        loyaltyCurrency: 'INR',
        regularTier: { orders: 3, spent: inr('100.00') },
        vipTier: { orders: 20, spent: inr('50000.00') },
      },
    });
    expect((await company.eventsOf('brand.saved', id)).map(({ aggregateVersion }) => aggregateVersion)).toEqual([
      1, 2, 3,
    ]);
  });

  it.each([
    ['INVALID_INPUT', 'name', { name: ' ' }],
    ['INVALID_INPUT', 'legalName', { legalName: 'x'.repeat(161) }],
    ['INVALID_INPUT', 'settings.defaultLocale', { settings: { defaultLocale: 'xx' } }],
    [
      'INVALID_INPUT',
      'settings.regularTier.orders',
      { settings: { regularTier: { orders: 0, spent: { amount: '1', currency: 'USD' } } } },
    ],
    ['CURRENCY_MISMATCH', 'settings.vipTier.spent', { settings: { vipTier: { orders: 10, spent: inr('1000') } } }],
  ])('are refused with %s at %s, by either mutation', async (code, field, input) => {
    const before = await company.rows();

    const updated = await company.send(owner, 'updateBrand', { id: company.ours, isActive: false, ...input });
    const created = await company.send(administrator, 'createBrand', { name: 'x', ...input });

    const refused = { brand: null, userErrors: [{ code, field: field.split('.') }] };
    expect([updated.data?.['updateBrand'], created.data?.['createBrand']]).toMatchObject([refused, refused]);
    expect(await company.rows()).toEqual(before);
  });

  it('S5 ACC-28 are made by nobody else, who change nothing', async () => {
    const before = await company.rows();
    const askers = [
      anonymous,
      holderOf('MANAGER', { brandId: company.ours }),
      holderOf('OWNER', { brandId: company.ours, outletId: company.cafe }),
      holderOf('OWNER', { brandId: company.theirs }),
      holderOf('CUSTOMER', { brandId: company.ours }),
    ];

    const codes: unknown[] = [];
    for (const viewer of askers)
      codes.push(errorCode(await company.send(viewer, 'updateBrand', { id: company.ours, isActive: false })));

    expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', 'FORBIDDEN']);
    expect(await company.rows()).toEqual(before);
  });

  it('stop all of its outlets when it is switched off, and start those again that were not off themselves', async () => {
    const id = await newBrand();
    const [open, closed] = [await company.addOutlet(id, 'Open'), await company.addOutlet(id, 'Closed')];
    await company.make('updateOutlet', { id: closed, isActive: false });

    await company.make('updateBrand', { id, isActive: false });
    const whileOff = [await trading(open), await trading(closed)];
    const { outlet: late } = await company.make('createOutlet', { brandId: id, name: 'Late', ...outletFacts });
    await company.make('updateOutlet', { id: closed, isActive: true });
    await company.make('updateBrand', { id, isActive: true });

    expect(whileOff).toEqual([
      { isActive: true, isTrading: false, version: 2 },
      { isActive: false, isTrading: false, version: 3 },
    ]);
    expect(await Promise.all([open, closed, late.id].map(toldTrading))).toEqual([
      [true, false, true],
      [true, false, false, false, true],
      [false, true],
    ]);
    expect(await toldTrading(company.foreign)).toEqual([true]);
  });

  it('race with outlets that open, none of which trades afterwards', async () => {
    const id = await newBrand();

    const made = await Promise.all([
      ...Array.from({ length: 4 }, (_, index) => company.addOutlet(id, `Racing ${index}`)),
      company.make('updateBrand', { id, isActive: false }).then(() => null),
    ]);

    for (const outletId of made.filter((each) => each !== null)) {
      expect(await trading(outletId)).toMatchObject({ isActive: true, isTrading: false });
      expect((await toldTrading(outletId)).at(-1)).toBe(false);
    }
  });

  it('let one of eight edits of the same version through', async () => {
    const id = await newBrand();

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        company.send(administrator, 'updateBrand', { id, expectedVersion: 1, name: `Race ${index}` }),
      ),
    );

    const codes = answers.map(({ data }) => data?.['updateBrand'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(codes).toEqual(['OK', ...Array(7).fill('VERSION_CONFLICT')]);
    expect(await company.eventsOf('brand.saved', id)).toHaveLength(2);
  });
});
