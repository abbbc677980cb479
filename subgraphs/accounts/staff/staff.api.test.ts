import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, manyRowsMs, openCompany, type Company } from '../accounts.fixture.js';
import { StaffProfileEntity } from './staff.entity.js';

const MEMBER = `query ($userId: ID!) { staffMember(userId: $userId) {
  id position hourlyRate { amount currency } address emergencyContact birthDate deviceEnrolment
  user { id } outlet { id }
} }`;
const MEMBERS = `query ($brandId: ID, $outletId: ID, $first: Int! = 25, $after: String) {
  staffMembers(brandId: $brandId, outletId: $outletId, first: $first, after: $after) {
    edges { node { address user { id profile { name } } outlet { name } deviceEnrolment } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const facts = {
  employeeNumber: 'E-7',
  position: 'Head waiter',
  hiredOn: '2025-01-15',
  employmentKind: 'FULL_TIME',
  hourlyRate: { amount: '250.50', currency: 'INR' },
  address: '12 Marine Drive, Mumbai',
  emergencyContact: 'Ravi, +91 22 5550 9999',
  birthDate: '1990-02-28',
};
const sealed = { address: facts.address, emergencyContact: facts.emergencyContact, birthDate: facts.birthDate };

describe('staff profiles', () => {
  let company: Company;
  let owner: Viewer;
  let manager: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
    manager = holderOf('MANAGER', { brandId: company.ours });
  });
  afterAll(() => company.subgraph.stop());
  afterEach(async () => {
    await company.subgraph.running.database.em.fork().nativeDelete(StaffProfileEntity, {});
  });

  const waiter = async () => (await company.addPerson('WAITER', { brandId: company.ours })).id;
  const save = (userId: string, more: object = {}, viewer = owner) =>
    company.make('saveStaffProfile', { userId, outletId: company.cafe, ...more }, viewer);
  const send = (viewer: Viewer, input: object) => company.send(viewer, 'saveStaffProfile', input);
  const member = (viewer: Viewer, userId: string) => company.subgraph.run(viewer, MEMBER, { userId });
  const seenBy = async (viewer: Viewer, userId: string) => {
    const { data } = await member(viewer, userId);
    const { hourlyRate, address, emergencyContact, birthDate } = data?.['staffMember'] ?? {};
    return { hourlyRate, address, emergencyContact, birthDate };
  };

  it('ACC-36 keep employment, outlet and sealed personal data of a person, and are told of once a change', async () => {
    const userId = await waiter();

    const { staffProfile } = await save(userId, facts);
    const same = await save(userId, facts);
    const moved = await save(userId, { outletId: company.bistro, address: null });

    expect(staffProfile).toEqual({
      ...facts,
      id: expect.stringMatching(/^stf_/),
      version: 1,
      deviceEnrolment: 'NONE',
      outlet: { id: company.cafe },
      user: { id: userId },
    });
    expect(same.staffProfile).toEqual(staffProfile);
    expect(moved.staffProfile).toEqual({ ...staffProfile, version: 2, outlet: { id: company.bistro }, address: null });
    const told = { aggregateId: staffProfile.id, brandId: company.ours, payload: { userId } };
    expect(await company.eventsOf('staff.saved', staffProfile.id)).toEqual([
      { ...told, aggregateVersion: 1, outletId: company.cafe },
      { ...told, aggregateVersion: 2, outletId: company.bistro },
    ]);
  });

  it('X-06 ACC-36 hold nothing personal that can be read in the table', async () => {
    const userId = await waiter();
    await save(userId, facts);

    const rows = await company.subgraph.running.database.em.fork().find(StaffProfileEntity, { userId });

    const stored = JSON.stringify(rows);
    for (const text of ['Marine', 'Ravi', '5550', '1990-02-28']) expect(stored).not.toContain(text);
    expect(rows).toEqual([
      expect.objectContaining({
        address: expect.stringMatching(/^v1\./),
        emergencyContact: expect.stringMatching(/^v1\./),
        birthDate: expect.stringMatching(/^v1\./),
      }),
    ]);
  });

  it('S20 ACC-36 show pay to who manages people, personal data to them and the person, the rest to who sees people', async () => {
    const userId = await waiter();
    await save(userId, facts);
    const self = holderOf('WAITER', { brandId: company.ours, id: userId });
    const none = { address: null, emergencyContact: null, birthDate: null };

    expect(await seenBy(owner, userId)).toEqual({ ...sealed, hourlyRate: facts.hourlyRate });
    expect(await seenBy(self, userId)).toEqual({ ...sealed, hourlyRate: null });
    expect(await seenBy(manager, userId)).toEqual({ ...none, hourlyRate: null });
    expect((await member(manager, userId)).data?.['staffMember']).toMatchObject({
      position: facts.position,
      user: { id: userId },
      outlet: { id: company.cafe },
    });
  });

  it('S3 ACC-28 are seen and saved by nobody who may not', async () => {
    const [userId, other] = [await waiter(), await waiter()];
    const theirs = (await company.addPerson('WAITER', { brandId: company.theirs })).id;
    await save(userId, facts);
    const brand = { brandId: company.ours };
    const colleague = holderOf('WAITER', { ...brand, id: other });
    const stranger = holderOf('OWNER', { brandId: company.theirs });
    const bistroOwner = holderOf('OWNER', { ...brand, outletId: company.bistro });
    const before = await company.rows();
    const input = { userId, outletId: company.cafe, position: 'Changed' };

    const reads = [
      await member(colleague, userId),
      await member(stranger, userId),
      await member(bistroOwner, userId),
      await member(owner, 'usr_missing'),
      await member(anonymous, userId),
    ];
    const writes = [
      await send(manager, input),
      await send(colleague, input),
      await send(stranger, input),
      await send(bistroOwner, { ...input, outletId: company.bistro }),
      await send(owner, { ...input, outletId: company.foreign }),
      await send(owner, { ...input, userId: theirs }),
      await send(owner, { ...input, userId: 'usr_missing' }),
      await send(anonymous, input),
    ];

    expect(reads.map(errorCode)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'UNAUTHENTICATED']);
    expect(writes.map(errorCode)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'UNAUTHENTICATED',
    ]);
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-17 nobody sets their own pay, though they may keep the rest', async () => {
    const { id } = await company.addPerson('OWNER', { brandId: company.ours });
    const self = holderOf('OWNER', { brandId: company.ours, id });
    const input = { userId: id, outletId: company.cafe };
    const before = await company.rows();

    const refused = await send(self, { ...input, hourlyRate: { amount: '999', currency: 'INR' } });

    expect(errorCode(refused)).toBe('FORBIDDEN');
    expect(await company.rows()).toEqual(before);
    expect((await save(id, { address: facts.address }, self)).staffProfile.address).toBe(facts.address);
  });

  it('ACC-36 are one a person: who works elsewhere too has theirs there', async () => {
    const userId = await waiter();
    await company.make('assignRole', { userId, role: 'WAITER', brandId: company.theirs });
    await save(userId, facts);
    const before = await company.rows();
    const stranger = holderOf('OWNER', { brandId: company.theirs });

    const answer = await send(stranger, { userId, outletId: company.foreign });
    const hidden = await member(stranger, userId);

    expect(answer.data?.['saveStaffProfile'].userErrors).toEqual([
      expect.objectContaining({ code: 'ALREADY_EXISTS', field: ['userId'] }),
    ]);
    expect(errorCode(hidden)).toBe('NOT_FOUND');
    expect(await company.rows()).toEqual(before);
  });

  it.each<[string, object, string, string[]]>([
    ['no outlet the first time', { outletId: null }, 'INVALID_INPUT', ['outletId']],
    [
      'pay in another currency',
      { hourlyRate: { amount: '5', currency: 'USD' } },
      'CURRENCY_MISMATCH',
      ['hourlyRate', 'currency'],
    ],
    ['negative pay', { hourlyRate: { amount: '-5', currency: 'INR' } }, 'INVALID_INPUT', ['hourlyRate', 'amount']],
    [
      'pay in thirds of a paisa',
      { hourlyRate: { amount: '5.333', currency: 'INR' } },
      'INVALID_INPUT',
      ['hourlyRate', 'amount'],
    ],
    ['a birth tomorrow', { birthDate: '2026-03-15' }, 'INVALID_INPUT', ['birthDate']],
    ['a birth in 1899', { birthDate: '1899-12-31' }, 'INVALID_INPUT', ['birthDate']],
    ['an address of 301 characters', { address: 'x'.repeat(301) }, 'INVALID_INPUT', ['address']],
    ['a contact of 201 characters', { emergencyContact: 'x'.repeat(201) }, 'INVALID_INPUT', ['emergencyContact']],
    ['a position of 81 characters', { position: 'x'.repeat(81) }, 'INVALID_INPUT', ['position']],
    ['a number of 41 characters', { employeeNumber: 'x'.repeat(41) }, 'INVALID_INPUT', ['employeeNumber']],
  ])('ACC-36 are not made with %s', async (_what, wrong, code, field) => {
    const userId = await waiter();
    const before = await company.rows();

    const answer = await send(owner, { userId, outletId: company.cafe, ...wrong });

    expect(answer.data?.['saveStaffProfile']).toMatchObject({ staffProfile: null, userErrors: [{ code, field }] });
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-36 are told all that is wrong with them at once', async () => {
    const hourlyRate = { amount: '-5', currency: 'INR' };
    const wrong = { position: 'x'.repeat(81), hourlyRate, address: 'x'.repeat(301), birthDate: '1899-12-31' };

    const answer = await send(owner, { userId: await waiter(), outletId: company.cafe, ...wrong });

    const fields = ['position', 'hourlyRate.amount', 'address', 'birthDate'].map((path) => ({
      field: path.split('.'),
    }));
    expect(answer.data?.['saveStaffProfile'].userErrors).toMatchObject(fields);
  });

  it('TS-22 ACC-36 are not changed on an old reading, nor is a number given twice, in whatever letters', async () => {
    const [one, two] = [await waiter(), await waiter()];
    await save(one, { employeeNumber: 'É-1' });
    const saved = await save(two, { employeeNumber: 'E-2' });

    const stale = await send(owner, { userId: two, position: 'Chef', expectedVersion: saved.staffProfile.version + 1 });
    const taken = await send(owner, { userId: two, employeeNumber: 'e\u0301-1' });

    expect(stale.data?.['saveStaffProfile'].userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', field: ['expectedVersion'] },
    ]);
    expect(taken.data?.['saveStaffProfile'].userErrors).toMatchObject([
      { code: 'ALREADY_EXISTS', field: ['employeeNumber'] },
    ]);
  });

  it('ACC-36 are not made for a guest of the brand', async () => {
    const { id } = await company.addPerson('CUSTOMER', { brandId: company.ours });

    const answer = await send(owner, { userId: id, outletId: company.cafe });

    expect(answer.data?.['saveStaffProfile'].userErrors).toMatchObject([{ code: 'INVALID_STATE', field: ['userId'] }]);
  });

  it('ACC-36 become one when eight make the first of a person', async () => {
    const userId = await waiter();
    const input = { userId, outletId: company.cafe };

    const answers = await Promise.all(Array.from({ length: 8 }, () => send(owner, input)));

    const ids = new Set(answers.map(({ data }) => data?.['saveStaffProfile'].staffProfile.id));
    const rows = await company.subgraph.running.database.em.fork().count(StaffProfileEntity, { userId });
    expect([ids.size, rows]).toEqual([1, 1]);
    expect(await company.eventsOf('staff.saved', [...ids][0])).toHaveLength(1);
  });

  it(
    'LES-18 ACC-36 are listed by brand and outlet in pages, at the same cost for one and for thirty',
    async () => {
      const costs: number[] = [];
      let made = 0;
      for (const size of [1, 10, 30]) {
        for (; made < size; made += 1)
          await save(await waiter(), { outletId: made % 2 ? company.bistro : company.cafe });
        costs.push(
          await company.statementsOf(async () => {
            const { data } = await company.subgraph.run(owner, MEMBERS, { first: 100 });
            expect(data?.['staffMembers'].edges).toHaveLength(size);
            expect(data?.['staffMembers'].edges[0].node).toMatchObject({
              user: { profile: { name: expect.any(String) } },
              outlet: { name: 'Cafe' },
              deviceEnrolment: 'NONE',
            });
          }),
        );
      }
      const count = async (viewer: Viewer, variables: object) => {
        const answer = await company.subgraph.run(viewer, MEMBERS, { first: 100, ...variables });
        return answer.data?.['staffMembers']?.edges.length ?? errorCode(answer);
      };

      expect(new Set(costs).size).toBe(1);
      expect(await count(owner, { outletId: company.bistro })).toBe(15);
      expect(await count(holderOf('MANAGER', { brandId: company.ours, outletId: company.cafe }), {})).toBe(15);
      expect(await count(administrator, { brandId: company.theirs })).toBe(0);
      expect(await count(owner, { brandId: company.theirs })).toBe('NOT_FOUND');
      expect(await count(owner, { first: 101 })).toBe('BAD_USER_INPUT');
      expect(await count(holderOf('WAITER', { brandId: company.ours }), {})).toBe('FORBIDDEN');
    },
    manyRowsMs,
  );
});
