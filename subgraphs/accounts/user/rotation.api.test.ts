import { createVault, type Vault } from '../../../platform/crypto/vault.js';
import type { UnitOfWork } from '../../../platform/data/unit-of-work.js';
import { newId } from '../../../platform/domain/id.js';
import { manyRowsMs, openCompany, type Company } from '../accounts.fixture.js';
import { CustomerProfileEntity } from '../customer/customer.entity.js';
import { openCustomer, sealCustomer, sealedCustomers } from '../customer/customer.vault.js';
import { StaffProfileEntity } from '../staff/staff.entity.js';
import { openStaff, sealedStaff, sealStaff } from '../staff/staff.vault.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';
import { emailOf, openProfile, sealEmail, sealedProfiles, sealedUsers, sealName, sealPhone } from './user.vault.js';

const indexKey = 'x'.repeat(32);
const keyOf = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte).toString('base64') });
const [first, second] = [keyOf('k1', 1), keyOf('k2', 2)];
const old = createVault({ keys: [first], indexKey });
const rotating = createVault({ keys: [second, first], indexKey });
const current = createVault({ keys: [second], indexKey });
const createdAt = new Date('2026-01-01T00:00:00.000Z');

describe('sealing anew', () => {
  let company: Company;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    company = await openCompany();
    ({ unitOfWork } = company.subgraph.running.systemContext());
  });
  afterAll(() => company.subgraph.stop());
  beforeEach(async () => {
    const em = company.subgraph.running.database.em.fork();
    await em.nativeDelete(UserEntity, {});
    await em.nativeDelete(UserProfileEntity, {});
    await em.nativeDelete(StaffProfileEntity, {});
    await em.nativeDelete(CustomerProfileEntity, {});
  });

  const fork = () => company.subgraph.running.database.em.fork();
  const rotate = (isDryRun = false) => {
    const rotation = { unitOfWork, vault: rotating, isDryRun };
    return Promise.all([sealedUsers, sealedProfiles].map((table) => table.rotate(rotation)));
  };

  /** Stores accounts in one of three states: plain, as before values were sealed; sealed with the old key; or with the new one. */
  const addPeople = async (count: number, sealing: Vault | null) => {
    const users: UserEntity[] = [];
    const profiles: UserProfileEntity[] = [];
    for (let index = 0; index < count; index += 1) {
      const id = newId('usr');
      const email = `${id}@Example.com`;
      const keys = sealing ? sealEmail(sealing, email) : { email, emailKey: email.toLowerCase() };
      users.push({ ...new UserEntity(), id, ...keys, passwordHash: 'none', createdAt });
      const name = sealing ? sealName(sealing, `Person ${id}`) : `Person ${id}`;
      const phone = sealing ? sealPhone(sealing, '+912255501000') : { phone: '+912255501000', phoneKey: null };
      profiles.push({ ...new UserProfileEntity(), userId: id, name, ...phone });
    }
    await fork().insertMany(UserEntity, users);
    await fork().insertMany(UserProfileEntity, profiles);
  };
  const wrong = async () => {
    const users = await fork().find(UserEntity, {});
    const profiles = await fork().find(UserProfileEntity, {});
    return [
      ...users.filter((user) => emailOf(current, user) !== `${user.id}@Example.com`),
      ...users.filter(({ id, emailKey }) => emailKey !== sealEmail(current, `${id}@Example.com`).emailKey),
      ...profiles.filter((row) => openProfile(current, row).name !== `Person ${row.userId}`),
      ...profiles.filter((row) => row.phoneKey !== sealPhone(current, '+912255501000').phoneKey),
    ];
  };

  it(
    'X-06 seals what is plain and what an older key sealed, and leaves alone what is right',
    async () => {
      await addPeople(230, null);
      await addPeople(210, old);
      await addPeople(10, rotating);
      const kept = await fork().findOneOrFail(UserEntity, { email: { $like: 'v1.k2.%' } });

      const dry = await rotate(true);
      const before = await fork().count(UserEntity, { email: { $like: 'v1.k2.%' } });
      const done = await rotate();
      const again = await rotate();

      expect([dry, done]).toEqual(Array(2).fill(Array(2).fill({ read: 450, changed: 440 })));
      expect(before).toBe(10);
      expect(again).toEqual(Array(2).fill({ read: 450, changed: 0 }));
      expect(await wrong()).toEqual([]);
      expect((await fork().findOneOrFail(UserEntity, { id: kept.id })).email).toBe(kept.email);
    },
    manyRowsMs,
  );

  it(
    'X-06 goes on where it was broken off',
    async () => {
      await addPeople(450, old);
      let batches = 0;
      const breaking: UnitOfWork = (work) => {
        batches += 1;
        if (batches === 3) throw new Error('The power went.');
        return unitOfWork(work);
      };

      const broken = sealedUsers.rotate({ unitOfWork: breaking, vault: rotating, isDryRun: false });
      await expect(broken).rejects.toThrow('The power went.');
      const done = await fork().count(UserEntity, { email: { $like: 'v1.k2.%' } });
      const rest = await rotate();

      expect(done).toBe(400);
      expect(rest[0]).toEqual({ read: 450, changed: 50 });
      expect(await wrong()).toEqual([]);
    },
    manyRowsMs,
  );

  it('X-06 seals staff and guests anew without raising their versions', async () => {
    const brand = { brandId: company.ours, createdAt };
    const staff = { ...new StaffProfileEntity(), ...brand, id: newId('stf'), userId: 'usr_1', outletId: company.cafe };
    sealStaff(old, staff, { column: 'address', text: 'Marine Drive' });
    const guest = { ...new CustomerProfileEntity(), ...brand, id: newId('cus'), userId: 'usr_1' };
    sealCustomer(old, guest, { allergens: ['MILK'], dietaryNote: 'No onions' });
    await fork().insert(StaffProfileEntity, staff);
    await fork().insert(CustomerProfileEntity, guest);

    const rotation = { unitOfWork, vault: rotating, isDryRun: false };
    const counts = [await sealedStaff.rotate(rotation), await sealedCustomers.rotate(rotation)];

    const [member] = await fork().find(StaffProfileEntity, {});
    const [customer] = await fork().find(CustomerProfileEntity, {});
    if (!member || !customer) throw new Error('They are gone.');
    expect(counts).toEqual(Array(2).fill({ read: 1, changed: 1 }));
    expect([openStaff(current, member, 'address'), member.birthDate, member.version]).toEqual([
      'Marine Drive',
      null,
      1,
    ]);
    expect(openCustomer(current, customer, 'allergens')).toEqual(['MILK']);
    expect([openCustomer(current, customer, 'dietaryNote'), customer.diets, customer.version]).toEqual([
      'No onions',
      null,
      1,
    ]);
  });

  it('X-06 stops at a value whose key is not known, and says which key it needs', async () => {
    await addPeople(1, old);
    const before = await fork().find(UserEntity, {});

    const lost = sealedUsers.rotate({ unitOfWork, vault: current, isDryRun: false });

    await expect(lost).rejects.toThrow('the key k1 is not in COLUMN_KEYS');
    expect(await fork().find(UserEntity, {})).toEqual(before);
  });

  it('X-06 does not lose what a person changes meanwhile', async () => {
    await addPeople(60, old);
    const [person] = await fork().find(UserProfileEntity, {}, { limit: 1 });
    const userId = person?.userId ?? '';

    await Promise.all([
      rotate(),
      unitOfWork(async (em) => {
        const profile = await em.findOneOrFail(UserProfileEntity, { userId });
        profile.name = sealName(old, 'Changed meanwhile');
      }),
    ]);
    await rotate();

    const after = await fork().findOneOrFail(UserProfileEntity, { userId });
    expect(openProfile(current, after).name).toBe('Changed meanwhile');
  });
});
