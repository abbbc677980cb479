import { system } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf } from '../accounts.fixture.js';
import { PeopleWithCodes, type Person } from '../code/codes.fixture.js';
import { People } from '../device/device.fixture.js';
import { NativeDevice } from '../device/native-device.fixture.js';
import { UserEntity } from '../user/user.entity.js';

describe('S18 ACC-32 the first staff role of somebody who may have registered a colleague’s address', () => {
  let people: PeopleWithCodes;
  let brandId: string;
  let roleId: string;

  beforeAll(async () => {
    people = await PeopleWithCodes.open();
    brandId = people.company.ours;
    const wish = { brandId, name: 'Cook', permissions: ['kitchen.work'] };
    roleId = (await people.company.make('createRole', wish)).role.id;
  });
  afterAll(() => people.company.subgraph.stop());

  const owner = () => holderOf('OWNER', { brandId });
  const guest = () => people.person({ role: 'CUSTOMER' });
  const give = ({ id }: Person, role: object, by = owner()) =>
    people.company.send(by, 'assignRole', { userId: id, brandId, ...role });
  const refused = {
    code: 'INVALID_STATE',
    message: 'They have not shown yet that their e-mail address is theirs. Ask them to verify it first.',
    field: ['userId'],
  };

  it.each([
    ['a template', () => ({ role: 'WAITER' })],
    ['the role of a program', () => ({ role: 'INTEGRATOR' })],
    ['a role of the brand’s own', () => ({ roleId })],
    ['the customers’ with something added', () => ({ role: 'CUSTOMER', addedPermissions: ['orders.read'] })],
  ])('is given once their address is verified: %s', async (_what, roleOf) => {
    const person = await guest();
    const before = await people.company.rows();

    const answers = [
      await give(person, roleOf()),
      await give(person, roleOf(), administrator),
      await give(person, roleOf(), system),
    ];

    expect(answers.map(({ data }) => data?.['assignRole'])).toEqual(
      Array(3).fill({ membership: null, userErrors: [refused] }),
    );
    expect(await people.company.rows()).toEqual(before);

    const { token } = await people.verification(person);
    expect(await people.outcome('verifyEmail', { token })).toBe('DONE');
    expect((await give(person, roleOf())).data?.['assignRole'].userErrors).toEqual([]);
  });

  it('is told to be refused only to who may give it', async () => {
    const person = await guest();

    const answers = [
      await give(person, { role: 'WAITER' }, holderOf('MANAGER', { brandId })),
      await give(person, { role: 'WAITER' }, holderOf('OWNER', { brandId: people.company.theirs })),
    ];

    expect(answers.map(errorCode)).toEqual(['FORBIDDEN', 'NOT_FOUND']);
  });

  it('is not asked for by the customers’ role elsewhere, nor by a further staff role', async () => {
    const [person, colleague] = [await guest(), await people.person()];

    const elsewhere = { userId: person.id, role: 'CUSTOMER', brandId: people.company.theirs };
    await people.company.make('assignRole', elsewhere);
    await people.company.make('assignRole', { userId: colleague.id, role: 'CHEF', brandId });

    expect(await people.user(colleague)).toMatchObject({ isEmailVerified: false, rightsVersion: 2 });
  });
});

describe('ACC-19 the keys of somebody who becomes staff', () => {
  let people: People;

  beforeAll(async () => void (people = await People.open()));
  afterAll(() => people.stop());

  const guestWithDevices = async (...devices: NativeDevice[]) => {
    const guest = await people.hire('CUSTOMER');
    await people.company.verify(guest.id);
    const keyIds: string[] = [];
    for (const device of devices) keyIds.push((await people.register(guest, device)).deviceKey.id);
    return { ...guest, keyIds };
  };
  const give = ({ id }: { id: string }, role: string, brandId = people.company.ours) =>
    people.company.make('assignRole', { userId: id, role, brandId }, administrator);
  const enrolmentOf = async (id: string) =>
    (await people.company.subgraph.running.database.em.fork().findOneOrFail(UserEntity, { id })).deviceEnrolment;

  it('end with the first staff role: a guest needed no manager’s leave, which staff need', async () => {
    const [first, second] = [new NativeDevice('EDDSA'), new NativeDevice('EDDSA')];
    const guest = await guestWithDevices(first, second);
    const session = await people.login(first);

    await give(guest, 'WAITER');

    expect(await enrolmentOf(guest.id)).toBe('NONE');
    expect([await people.statusOf(session.refreshToken), (await people.login(second)).user]).toEqual(['REVOKED', null]);
    for (const keyId of guest.keyIds)
      expect(await people.company.eventsOf('device-key.revoked', keyId)).toHaveLength(1);
    const refused = await people.register(guest, new NativeDevice('EDDSA'));
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
    await people.allow(guest);
    expect((await people.register(guest, new NativeDevice('EDDSA'))).userErrors).toEqual([]);
  });

  it('stay with a guest of another brand, and with staff who get a further role', async () => {
    const [guestDevice, device] = [new NativeDevice('EDDSA'), new NativeDevice('EDDSA')];
    const guest = await guestWithDevices(guestDevice);
    const waiter = await people.withDevice(device);

    await give(guest, 'CUSTOMER', people.company.theirs);
    await give(waiter, 'CHEF');

    expect([await enrolmentOf(guest.id), await enrolmentOf(waiter.id)]).toEqual(['ENROLLED', 'ENROLLED']);
    expect((await people.login(guestDevice)).user).toEqual({ id: guest.id });
    expect((await people.login(device)).user).toEqual({ id: waiter.id });
  });

  it('end also where one is enrolled at the same time', async () => {
    const guest = await guestWithDevices(new NativeDevice('EDDSA'));
    const late = new NativeDevice('EDDSA');

    await Promise.all([give(guest, 'CHEF'), people.register(guest, late)]);

    expect((await people.login(late)).user).toBeNull();
    expect(await enrolmentOf(guest.id)).toBe('NONE');
  });
});
