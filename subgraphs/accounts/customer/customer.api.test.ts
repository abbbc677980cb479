import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { errorCode, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';
import { CustomerProfileEntity } from './customer.entity.js';
import { mostAddresses } from './customer.rules.js';

const FIELDS = `id email profile { name phone } deliveryAddresses { line1 } diets allergens dietaryNote
  preferences { seatingPreference isMarketingAllowed }`;
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { ${FIELDS} } }`;
const CUSTOMERS = `query ($brandId: ID!, $filter: CustomerFilter, $first: Int! = 25) {
  customers(brandId: $brandId, filter: $filter, first: $first) { edges { node { ${FIELDS} brand { id } } } }
}`;
const home = { label: 'Home', line1: '12 Marine Drive', city: 'Mumbai', country: 'IN', phone: '+91 22 5550 1000' };
const facts = {
  deliveryAddresses: [home],
  diets: ['JAIN', 'VEGETARIAN', 'JAIN'],
  allergens: ['PEANUTS', 'MILK'],
  dietaryNote: 'No onions',
  seatingPreference: 'WINDOW',
  isMarketingAllowed: true,
};

describe('profiles of guests', () => {
  let company: Company;
  let number = 0;

  beforeAll(async () => (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  const guest = async (brandId?: string): Promise<Viewer & { email: string }> => {
    const email = `guest${(number += 1)}@example.com`;
    const input = { email, name: 'Meera Guest', password, phone: '+912255504000', ...(brandId ? { brandId } : {}) };
    const { user } = await company.make('register', input, anonymous);
    return { kind: 'USER', id: user.id, sessionId: 'ses_1', version: 1, grants: [], email };
  };
  const save = async (viewer: Viewer, more: object = {}) =>
    (await company.make('saveCustomerProfile', { brandId: company.ours, ...facts, ...more }, viewer)).customerProfile;
  const send = (viewer: Viewer, input: object) => company.send(viewer, 'saveCustomerProfile', input);
  const read = (viewer: Viewer, id: string) => company.subgraph.run(viewer, CUSTOMER, { id });
  const list = async (viewer: Viewer, variables: object = {}) => {
    const answer = await company.subgraph.run(viewer, CUSTOMERS, { brandId: company.ours, ...variables });
    return answer.data?.['customers']?.edges.map(({ node }: { node: object }) => node) ?? errorCode(answer);
  };

  it('ACC-34 are made and changed by the guest; what is absent stays, and what is told again changes nothing', async () => {
    const viewer = await guest(company.ours);

    const made = await save(viewer);
    const same = await save(viewer);
    const changed = await company.make(
      'saveCustomerProfile',
      { brandId: company.ours, allergens: [], dietaryNote: null, expectedVersion: 1 },
      viewer,
    );

    expect(made).toEqual({
      id: expect.stringMatching(/^cus_/),
      version: 1,
      email: viewer.email,
      profile: { name: 'Meera Guest' },
      diets: ['VEGETARIAN', 'JAIN'],
      allergens: ['MILK', 'PEANUTS'],
      dietaryNote: 'No onions',
      deliveryAddresses: [{ ...home, phone: '+912255501000' }],
      preferences: { seatingPreference: 'WINDOW', isMarketingAllowed: true },
      // A guest works for no brand and sees none by itself.
      brand: null,
    });
    expect(same).toEqual(made);
    expect(changed.customerProfile).toEqual({ ...made, version: 2, allergens: [], dietaryNote: null });
    const told = { aggregateId: made.id, brandId: company.ours, outletId: null, payload: { userId: viewer.id } };
    expect(await company.eventsOf('customer.saved', made.id)).toEqual([
      { ...told, aggregateVersion: 1 },
      { ...told, aggregateVersion: 2 },
    ]);
  });

  it('X-06 ACC-34 hold nothing in the table that tells who, where or what', async () => {
    const viewer = await guest();
    const { id } = await save(viewer);

    const row = await company.subgraph.running.database.em.fork().findOneOrFail(CustomerProfileEntity, { id });

    for (const text of ['Marine', 'Mumbai', '5550', 'JAIN', 'PEANUTS', 'onions', 'Meera', 'guest'])
      expect(JSON.stringify(row)).not.toContain(text);
    expect([row.deliveryAddresses, row.diets, row.allergens, row.dietaryNote]).toEqual(
      Array(4).fill(expect.stringMatching(/^v1\.k1\./)),
    );
  });

  it('S20 ACC-35 show dietary needs to who serves, and who somebody is to who may read that in the whole brand', async () => {
    const viewer = await guest();
    const { id } = await save(viewer);
    const brand = { brandId: company.ours };
    const seen = async (by: Viewer) => (await read(by, id)).data?.['customer'];
    const personal = {
      email: viewer.email,
      profile: { name: 'Meera Guest', phone: '+912255504000' },
      deliveryAddresses: [{ line1: home.line1 }],
    };
    const dietary = { diets: ['VEGETARIAN', 'JAIN'], allergens: ['MILK', 'PEANUTS'], dietaryNote: 'No onions' };
    const preferences = { seatingPreference: 'WINDOW', isMarketingAllowed: true };
    const withoutPersonal = { email: null, profile: null, deliveryAddresses: null };

    const full = { id, ...personal, ...dietary, preferences };
    expect([await seen(viewer), await seen(holderOf('MANAGER', brand))]).toEqual([full, full]);
    const served = { id, ...withoutPersonal, ...dietary, preferences };
    const cafe = { ...brand, outletId: company.cafe };
    expect([await seen(holderOf('WAITER', cafe)), await seen(holderOf('MANAGER', cafe))]).toEqual([served, served]);
  });

  it('S3 ACC-28 ACC-35 are seen, listed and changed by nobody who may not', async () => {
    const viewer = await guest(company.ours);
    const { id } = await save(viewer);
    const other = await guest(company.ours);
    const unknown = await guest();
    const brand = { brandId: company.ours };
    const [manager, stranger] = [holderOf('MANAGER', brand), holderOf('MANAGER', { brandId: company.theirs })];
    const before = await company.rows();
    const input = { ...brand, userId: viewer.id, dietaryNote: 'Changed' };

    const reads = await Promise.all([other, stranger, holderOf('CHEF', brand), anonymous].map((by) => read(by, id)));
    const lists = [
      await list(viewer),
      await list(stranger),
      await list(holderOf('CHEF', brand)),
      await list(anonymous),
      await list(manager, { first: 101 }),
    ];
    const writes = [
      await send(other, input),
      await send(stranger, input),
      await send(holderOf('WAITER', brand), input),
      await send(manager, { ...input, brandId: company.theirs }),
      await send(manager, { ...input, userId: unknown.id }),
      await send(manager, { ...input, userId: 'usr_missing' }),
      await send(viewer, { ...input, brandId: 'brd_missing' }),
      await send(anonymous, input),
    ];

    expect(reads.map(errorCode)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'UNAUTHENTICATED']);
    expect(lists).toEqual(['FORBIDDEN', 'NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED', 'BAD_USER_INPUT']);
    expect(writes.map(errorCode)).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'FORBIDDEN',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'UNAUTHENTICATED',
    ]);
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-34 are kept by staff for a guest the brand knows', async () => {
    const viewer = await guest(company.ours);
    const manager = holderOf('MANAGER', { brandId: company.ours });

    const { id } = await save(manager, { userId: viewer.id });

    expect((await read(viewer, id)).data?.['customer']).toMatchObject({
      email: viewer.email,
      dietaryNote: 'No onions',
    });
  });

  it('ACC-35 are found by an exact address or number, by who may know whose it is', async () => {
    const viewer = await guest();
    const { id } = await save(viewer);
    await save(await guest());
    const [manager, waiter] = (['MANAGER', 'WAITER'] as const).map((role) => holderOf(role, { brandId: company.ours }));
    if (!manager || !waiter) throw new Error('There are two.');
    const filter = { text: viewer.email.toUpperCase() };

    expect(await list(manager, { filter })).toEqual([expect.objectContaining({ id, email: viewer.email })]);
    expect(await list(manager, { filter: { text: 'guest' } })).toEqual([]);
    expect((await list(manager, { filter: { text: '+91 2255504000' } })).length).toBeGreaterThan(1);
    expect(await list(waiter, { filter })).toBe('FORBIDDEN');
    expect((await list(waiter)).length).toBeGreaterThan(1);
  });

  const many = (count: number) => Array.from({ length: count }, () => home);
  it.each<[string, object, string, string[]]>([
    ['eleven addresses', { deliveryAddresses: many(mostAddresses + 1) }, 'INVALID_INPUT', ['deliveryAddresses']],
    [
      'an empty street',
      { deliveryAddresses: [home, { ...home, line1: ' ' }] },
      'INVALID_INPUT',
      ['deliveryAddresses', '1', 'line1'],
    ],
    [
      'no such country',
      { deliveryAddresses: [{ ...home, country: 'XX' }] },
      'INVALID_INPUT',
      ['deliveryAddresses', '0', 'country'],
    ],
    [
      'a country in words',
      { deliveryAddresses: [{ ...home, country: 'India' }] },
      'INVALID_INPUT',
      ['deliveryAddresses', '0', 'country'],
    ],
    [
      'a local number',
      { deliveryAddresses: [{ ...home, phone: '0222' }] },
      'INVALID_INPUT',
      ['deliveryAddresses', '0', 'phone'],
    ],
    ['a note of 501 characters', { dietaryNote: 'x'.repeat(501) }, 'INVALID_INPUT', ['dietaryNote']],
    ['an old version', { expectedVersion: 7 }, 'VERSION_CONFLICT', ['expectedVersion']],
  ])('ACC-34 are not changed by %s', async (_what, wrong, code, field) => {
    const viewer = await guest();
    await save(viewer);
    const before = await company.rows();

    const answer = await send(viewer, { brandId: company.ours, ...wrong });

    expect(answer.data?.['saveCustomerProfile']).toMatchObject({
      customerProfile: null,
      userErrors: [{ code, field }],
    });
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-34 hold ten addresses of the greatest length', async () => {
    const longest = {
      label: 'अ'.repeat(40),
      line1: 'अ'.repeat(120),
      line2: 'अ'.repeat(120),
      city: 'अ'.repeat(80),
      postalCode: 'अ'.repeat(16),
      country: 'IN',
      phone: '+123456789012345',
      instructions: 'अ'.repeat(200),
    };
    const viewer = await guest();

    const profile = await save(viewer, {
      deliveryAddresses: Array(mostAddresses).fill(longest),
      dietaryNote: 'अ'.repeat(500),
    });

    expect(profile.deliveryAddresses).toHaveLength(mostAddresses);
    expect(profile.deliveryAddresses[9].line1).toBe(longest.line1);
    expect(profile.dietaryNote).toBe('अ'.repeat(500));
  });

  it('ACC-34 become one when eight make the first of a guest', async () => {
    const viewer = await guest();

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(viewer, { brandId: company.ours, ...facts })),
    );

    const ids = new Set(answers.map(({ data }) => data?.['saveCustomerProfile'].customerProfile.id));
    expect(ids.size).toBe(1);
    expect(await company.eventsOf('customer.saved', [...ids][0])).toHaveLength(1);
  });

  it('LES-18 ACC-35 are listed at the same cost for three and for ten', async () => {
    const manager = holderOf('MANAGER', { brandId: company.theirs });
    const costs: number[] = [];
    let made = 0;
    for (const size of [3, 10]) {
      for (; made < size; made += 1) await save(await guest(), { brandId: company.theirs });
      costs.push(
        await company.statementsOf(async () => {
          const page = await list(manager, { brandId: company.theirs, first: 100 });
          expect(page).toHaveLength(size);
          expect(page[0]).toMatchObject({ email: expect.any(String), brand: { id: company.theirs } });
        }),
      );
    }

    expect(new Set(costs).size).toBe(1);
  });
});
