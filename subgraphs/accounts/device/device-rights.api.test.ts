import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf } from '../accounts.fixture.js';
import { UserEntity } from '../user/user.entity.js';
import { People, type Person } from './device.fixture.js';
import { NativeDevice } from './native-device.fixture.js';
import { requirePasswordAgain } from './password-period.operations.js';

let people: People;

beforeAll(async () => void (people = await People.open()));
afterAll(() => people.stop());

const at = () => ({ brandId: people.company.ours });
const enrolmentOf = async ({ id }: { id: string }) =>
  (await people.company.subgraph.running.database.em.fork().findOneOrFail(UserEntity, { id })).deviceEnrolment;

/** Who manages the devices of a waiter of the cafe, and how the others are told that they do not. */
const managers = (waiter: Person): [string, Viewer, 'ALLOWED' | 'FORBIDDEN' | 'NOT_FOUND'][] => [
  ['the manager of the brand', people.manager, 'ALLOWED'],
  ['the manager of the cafe', holderOf('MANAGER', { ...at(), outletId: people.company.cafe }), 'ALLOWED'],
  ['the owner', holderOf('OWNER', at()), 'ALLOWED'],
  ['who administers the installation', administrator, 'ALLOWED'],
  ['the manager of another outlet', holderOf('MANAGER', { ...at(), outletId: people.company.bistro }), 'NOT_FOUND'],
  ['the owner of another brand', holderOf('OWNER', { brandId: people.company.theirs }), 'NOT_FOUND'],
  ['a colleague', holderOf('WAITER', at()), 'FORBIDDEN'],
  ['the waiter', waiter.viewer, 'FORBIDDEN'],
];

describe('ACC-19 a manager’s leave to enrol a device', () => {
  const send = (viewer: Viewer, id: string, isDeviceEnrolmentAllowed: boolean) =>
    people.company.send(viewer, 'updateUser', { id, isDeviceEnrolmentAllowed });

  it('is given and taken back by who manages devices where the person works, and nobody else', async () => {
    const waiter = await people.hire('WAITER', people.company.cafe);

    for (const [who, viewer, outcome] of managers(waiter)) {
      const before = await people.company.rows();
      const answer = await send(viewer, waiter.id, true);
      expect([who, errorCode(answer) ?? 'ALLOWED']).toEqual([who, outcome]);
      if (outcome !== 'ALLOWED') expect(await people.company.rows()).toEqual(before);
      else expect(await enrolmentOf(waiter)).toBe('ALLOWED');
      if (outcome === 'ALLOWED') await send(viewer, waiter.id, false);
      expect(await enrolmentOf(waiter)).toBe('NONE');
    }
    expect(errorCode(await send(anonymous, waiter.id, true))).toBe('UNAUTHENTICATED');
  });

  it('ACC-17 is given by nobody to themselves', async () => {
    const manager = await people.hire('MANAGER');

    expect(errorCode(await send(manager.viewer, manager.id, true))).toBe('FORBIDDEN');
    expect(await enrolmentOf(manager)).toBe('NONE');
  });

  it('ACC-17 is not given to somebody who holds more there, nor to a guest, who needs none', async () => {
    const [owner, manager, guest] = [
      await people.hire('OWNER'),
      await people.hire('MANAGER'),
      await people.hire('CUSTOMER'),
    ];

    const answers = [
      await send(people.manager, owner.id, true),
      await send(people.manager, guest.id, true),
      await send(people.manager, manager.id, true),
      await send(holderOf('OWNER', at()), owner.id, true),
    ];

    expect(answers.map(errorCode)).toEqual(['FORBIDDEN', 'FORBIDDEN', undefined, undefined]);
  });

  it('ACC-17 lets a manager change nothing else about the account', async () => {
    const waiter = await people.hire();
    const before = await people.company.rows();
    const input = { id: waiter.id, isDeviceEnrolmentAllowed: true };

    const answers = [
      await people.company.send(people.manager, 'updateUser', { ...input, isActive: false }),
      await people.company.send(people.manager, 'updateUser', { ...input, name: 'Renamed' }),
      await people.company.send(people.manager, 'updateUser', { id: waiter.id }),
    ];

    expect(answers.map(errorCode)).toEqual(Array(3).fill('FORBIDDEN'));
    expect(await people.company.rows()).toEqual(before);
  });

  it('is told once, is used up by an enrolment, and shows how far the person is', async () => {
    const device = new NativeDevice();
    const waiter = await people.hire();
    const steps = [await enrolmentOf(waiter)];
    await people.allow(waiter);
    await people.allow(waiter);
    steps.push(await enrolmentOf(waiter));
    const { deviceKey } = await people.register(waiter, device);
    steps.push(await enrolmentOf(waiter));
    await people.allow(waiter);
    steps.push(await enrolmentOf(waiter));
    await send(people.manager, waiter.id, false);
    steps.push(await enrolmentOf(waiter));
    await people.payload(waiter.viewer, 'revokeDeviceKey', { id: deviceKey.id });
    steps.push(await enrolmentOf(waiter));

    expect(steps).toEqual(['NONE', 'ALLOWED', 'ENROLLED', 'ALLOWED', 'ENROLLED', 'NONE']);
    const told = await people.company.eventsOf('device-leave.changed', waiter.id);
    expect(told.map(({ payload }) => payload)).toEqual(
      [true, true, false].map((isAllowed) => ({ userId: waiter.id, isAllowed })),
    );
  });
});

describe('ACC-19 keys of others', () => {
  it('are seen and revoked by who manages their devices; all others are answered as if there were none', async () => {
    for (const [index] of managers(await people.hire()).entries()) {
      const device = new NativeDevice('EDDSA');
      const waiter = await people.hire('WAITER', people.company.cafe);
      await people.allow(waiter);
      const { deviceKey } = await people.register(waiter, device);
      const [who, viewer, outcome] = managers(waiter)[index] ?? ['nobody', anonymous, 'FORBIDDEN'];
      const isOwn = who === 'the waiter';
      const before = await people.company.rows();

      const list = await people.keys(viewer, { userId: waiter.id });
      const revoked = await people.send(viewer, 'revokeDeviceKey', { id: deviceKey.id });

      const isAllowed = isOwn || outcome === 'ALLOWED';
      expect([who, errorCode(list), errorCode(revoked)]).toEqual([
        who,
        ...Array(2).fill(isAllowed ? undefined : 'NOT_FOUND'),
      ]);
      if (!isAllowed) expect(await people.company.rows()).toEqual(before);
      else expect(list.data?.['deviceKeys'].edges.map(({ node }: any) => node.id)).toEqual([deviceKey.id]);
      expect((await people.login(device)).user).toEqual(isAllowed ? null : { id: waiter.id });
    }
  });

  it('S3 S5 do not exist for nobody, for strangers and by ids nobody has', async () => {
    const waiter = await people.withDevice(new NativeDevice('EDDSA'));
    const stranger = await people.hire('CUSTOMER');

    const answers = [
      await people.keys(anonymous),
      await people.send(anonymous, 'revokeDeviceKey', { id: waiter.keyId }),
      await people.keys(stranger.viewer, { userId: waiter.id }),
      await people.keys(stranger.viewer, { userId: 'usr_missing' }),
      await people.send(stranger.viewer, 'revokeDeviceKey', { id: waiter.keyId }),
      await people.send(stranger.viewer, 'revokeDeviceKey', { id: 'dvk_missing' }),
    ];

    expect(answers.map(errorCode)).toEqual([...Array(2).fill('UNAUTHENTICATED'), ...Array(4).fill('NOT_FOUND')]);
    const [first, second] = [answers[4], answers[5]].map((answer) => answer?.errors?.[0]?.message);
    expect(first).toBe(second);
  });

  it('are listed page by page without those that are revoked, in one more statement than none', async () => {
    const guest = await people.hire('CUSTOMER');
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1)
      ids.push((await people.register(guest, new NativeDevice('EDDSA'))).deviceKey.id);
    await people.payload(guest.viewer, 'revokeDeviceKey', { id: ids[1] });

    const page = await people.keys(guest.viewer, { first: 2 });
    const after = page.data?.['deviceKeys'].edges.at(-1).cursor;
    const rest = await people.keys(guest.viewer, { first: 2, after });
    const tooMany = await people.keys(guest.viewer, { first: 101 });
    const few = await people.company.statementsOf(() => people.keys(guest.viewer, { first: 1 }));
    const all = await people.company.statementsOf(() => people.keys(guest.viewer, { first: 100 }));

    const idsOf = (answer: typeof page) => answer.data?.['deviceKeys'].edges.map(({ node }: any) => node.id);
    expect([idsOf(page), idsOf(rest)]).toEqual([[ids[0], ids[2]], [ids[3]]]);
    expect(errorCode(tooMany)).toBe('BAD_USER_INPUT');
    expect(few).toBe(all);
  });
});

describe('ACC-21 a change of the password', () => {
  it('leaves the keys and asks each device for the new one', async () => {
    const [device, other] = [new NativeDevice('EDDSA'), new NativeDevice('EDDSA')];
    const [person, colleague] = [await people.withDevice(device), await people.withDevice(other)];
    const context = people.company.subgraph.running.systemContext();

    await context.unitOfWork((em) => requirePasswordAgain(em, person.id));
    const asked = await people.login(device);
    const unasked = await people.login(other);
    await people.signIn(person, ` ${device.deviceId} `);

    expect(asked.userErrors).toMatchObject([{ code: 'PASSWORD_REQUIRED' }]);
    expect(unasked.user).toEqual({ id: colleague.id });
    expect((await people.login(device)).user).toEqual({ id: person.id });
  });
});
