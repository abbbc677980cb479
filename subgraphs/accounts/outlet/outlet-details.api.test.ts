import type { Viewer } from '../../../platform/domain/viewer.js';
import { holderOf, openCompany, outletFacts, type Company } from '../accounts.fixture.js';

const DETAILS = `
  city address { line1 line2 city region postalCode countryCode }
  openingHours { weekday intervals { opensAt closesAt } }
  specialDays { date name intervals { opensAt closesAt } }
  taxRules { name ratePercent isInclusive fulfilmentTypes categories validFrom validTo }
  serviceCharges { name ratePercent isTaxable fulfilmentTypes minimumCovers }
  settings { isAutoAccepting isPrepaymentRequired orderPrefix isSeatingTracked reservationHoldMinutes reservationGraceMinutes expiryWarningDays }
`;
const OUTLET = `query ($id: ID!) { outlet(id: $id) { ${DETAILS} } }`;
const OPEN = `query ($id: ID!, $at: DateTime) { outlet(id: $id) { isTrading now: isOpen later: isOpen(at: $at) } }`;
const settings = {
  isAutoAccepting: false,
  isPrepaymentRequired: false,
  orderPrefix: '',
  isSeatingTracked: true,
  reservationHoldMinutes: 60,
  reservationGraceMinutes: 15,
  expiryWarningDays: 3,
};
const untold = {
  city: null,
  address: null,
  openingHours: [],
  specialDays: [],
  taxRules: [],
  serviceCharges: [],
  settings,
};
const evening = [{ opensAt: '18:00', closesAt: '01:00' }];
const told = {
  address: {
    line1: '1 Marine Drive',
    line2: null,
    city: 'Mumbai',
    region: 'Maharashtra',
    postalCode: '400020',
    countryCode: 'IN',
  },
  openingHours: [{ weekday: 'SATURDAY', intervals: evening }],
  specialDays: [{ date: '2026-03-21', name: 'Private party', intervals: [] }],
  taxRules: [
    {
      name: 'GST',
      ratePercent: '5',
      isInclusive: false,
      fulfilmentTypes: [],
      categories: [],
      validFrom: null,
      validTo: null,
    },
    {
      name: 'Excise',
      ratePercent: '8.875',
      isInclusive: true,
      fulfilmentTypes: ['DINE_IN'],
      categories: ['ALCOHOL'],
      validFrom: '2026-04-01',
      validTo: '2027-03-31',
    },
  ],
  serviceCharges: [
    { name: 'Service', ratePercent: '10', isTaxable: true, fulfilmentTypes: ['DINE_IN'], minimumCovers: 6 },
  ],
};

describe('the details of an outlet', () => {
  let company: Company;
  let owner: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
  });
  afterAll(() => company.subgraph.stop());

  const read = async (id: string) => (await company.subgraph.run(owner, OUTLET, { id })).data?.['outlet'];
  const lastTold = async (id: string) => (await company.eventsOf('outlet.saved', id)).at(-1)?.payload;

  it('ACC-27 TS-08 TS-19 are told when it opens, and to the other subgraphs', async () => {
    const input = {
      brandId: company.ours,
      name: 'Bar',
      ...outletFacts,
      ...told,
      settings: { isAutoAccepting: true, orderPrefix: 'B' },
    };

    const { outlet } = await company.make('createOutlet', input, owner);

    const inForce = { ...settings, isAutoAccepting: true, orderPrefix: 'B' };
    expect(outlet.city).toBe('Mumbai');
    expect(await read(outlet.id)).toEqual({ city: 'Mumbai', ...told, settings: inForce });
    expect(await lastTold(outlet.id)).toMatchObject({
      isActive: true,
      details: {
        address: told.address,
        openingHours: told.openingHours,
        specialDays: told.specialDays,
        taxRules: [
          { name: 'GST', ratePpm: 50_000 },
          { name: 'Excise', ratePpm: 88_750, categories: ['ALCOHOL'] },
        ],
        serviceCharges: [{ ratePpm: 100_000, minimumCovers: 6 }],
        settings: inForce,
      },
    });
  });

  it('are what everybody has until they are told', async () => {
    expect(await read(await company.addOutlet(company.ours, 'Plain'))).toEqual(untold);
  });

  it('TS-22 change only where they are given, once, and with the version they were read at', async () => {
    const id = await company.addOutlet(company.ours, 'Changing');
    const { openingHours, taxRules } = told;

    await company.make('updateOutlet', { id, expectedVersion: 1, openingHours, taxRules }, owner);
    await company.make(
      'updateOutlet',
      { id, expectedVersion: 2, taxRules: [], settings: { expiryWarningDays: 9 } },
      owner,
    );
    const same = await company.make('updateOutlet', { id, expectedVersion: 3, openingHours, settings: {} }, owner);
    const stale = await company.send(owner, 'updateOutlet', { id, expectedVersion: 2, openingHours: [] });

    expect(same.outlet.version).toBe(3);
    expect(stale.data?.['updateOutlet'].userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', field: ['expectedVersion'] },
    ]);
    expect(await read(id)).toEqual({ ...untold, openingHours, settings: { ...settings, expiryWarningDays: 9 } });
    expect(await company.eventsOf('outlet.saved', id)).toHaveLength(3);
  });

  it.each([
    [
      'openingHours.0.intervals.1.opensAt',
      { openingHours: [{ weekday: 'MONDAY', intervals: [...evening, ...evening] }] },
    ],
    [
      'openingHours.2.intervals.0.closesAt',
      {
        openingHours: [
          { weekday: 'MONDAY', intervals: [{ opensAt: '00:30', closesAt: '10:00' }] },
          { weekday: 'TUESDAY', intervals: [] },
          { weekday: 'SUNDAY', intervals: evening },
        ],
      },
    ],
    [
      'openingHours.1.weekday',
      {
        openingHours: [
          { weekday: 'MONDAY', intervals: [] },
          { weekday: 'MONDAY', intervals: [] },
        ],
      },
    ],
    ['specialDays.1.date', { specialDays: [...told.specialDays, ...told.specialDays] }],
    [
      'taxRules.1.ratePercent',
      { taxRules: [told.taxRules[0], { name: 'VAT', ratePercent: '100.0001', isInclusive: true }] },
    ],
    ['taxRules.0.validTo', { taxRules: [{ ...told.taxRules[1], validTo: '2026-01-01' }] }],
    ['serviceCharges.0.minimumCovers', { serviceCharges: [{ ...told.serviceCharges[0], minimumCovers: 0 }] }],
    ['settings.orderPrefix', { settings: { orderPrefix: 'much too long' } }],
    ['address.countryCode', { address: { countryCode: 'QQ' } }],
  ])('are refused whole, by the name of the field: %s', async (field, input) => {
    const before = await company.rows();

    const created = await company.send(owner, 'createOutlet', {
      brandId: company.ours,
      name: 'x',
      ...outletFacts,
      ...input,
    });
    const updated = await company.send(owner, 'updateOutlet', { id: company.cafe, name: 'Renamed', ...input });

    const refused = { outlet: null, userErrors: [{ code: 'INVALID_INPUT', field: field.split('.') }] };
    expect([created.data?.['createOutlet'], updated.data?.['updateOutlet']]).toMatchObject([refused, refused]);
    expect(await company.rows()).toEqual(before);
  });

  it('TS-19 say whether it is open, now and at another time, and never while it does not trade', async () => {
    const id = await company.addOutlet(company.ours, 'Hours');
    const ask = async (at: string | null) => (await company.subgraph.run(owner, OPEN, { id, at })).data?.['outlet'];
    await company.make('updateOutlet', { id, openingHours: told.openingHours, specialDays: told.specialDays }, owner);

    // It is Saturday 14 March 2026, 12:00 UTC: 17:30 in Mumbai.
    const answers = [
      await ask('2026-03-14T12:30:00.000Z'),
      await ask('2026-03-14T19:30:00.000Z'),
      await ask('2026-03-21T15:00:00.000Z'),
      await ask('2026-03-28T15:00:00.000Z'),
    ];
    await company.make('updateOutlet', { id, isActive: false }, owner);

    expect(answers).toEqual([true, false, false, true].map((later) => ({ isTrading: true, now: false, later })));
    expect(await ask('2026-03-28T15:00:00.000Z')).toEqual({ isTrading: false, now: false, later: false });
  });
});
