import { anonymous, system } from '../../../platform/domain/viewer.js';
import { until } from '../../../platform/events/events.fixture.js';
import { administrator, errorCode } from '../accounts.fixture.js';
import { People } from '../device/device.fixture.js';
import { NativeDevice } from '../device/native-device.fixture.js';
import { PasskeyDevice } from '../device/passkey-device.fixture.js';
import { SessionEntity } from '../session/session.entity.js';
import { UserEntity } from '../user/user.entity.js';
import { BiometricEventEntity } from './biometric-event.entity.js';
import { applyBiometricEvent } from './biometric-event.operations.js';

const RECEIVE = `mutation ($input: ReceiveBiometricEventInput!) {
  receiveBiometricEvent(input: $input) { isNew userErrors { code } } }`;

describe('ACC-23 what a provider of biometrics tells', () => {
  let people: People;
  let number = 0;

  beforeAll(async () => (people = await People.open()));
  afterAll(() => people.stop());

  const em = () => people.company.subgraph.running.database.em.fork();
  const receive = (input: object, viewer = system) => people.company.subgraph.run(viewer, RECEIVE, { input });
  const eventOf = (kind: string, userId: string, deviceId: string | null = null) => {
    number += 1;
    const occurredAt = people.company.subgraph.clock.now().toISOString();
    return { provider: 'facetec', eventId: `evt-${number}`, kind, userId, deviceId, occurredAt };
  };
  const applied = async ({ eventId }: { eventId: string }) => {
    await until(async () => (await em().count(BiometricEventEntity, { eventId, appliedAt: { $ne: null } })) === 1);
  };
  const tell = async (event: ReturnType<typeof eventOf>) => {
    expect((await receive(event)).data?.['receiveBiometricEvent']).toEqual({ isNew: true, userErrors: [] });
    await applied(event);
  };
  const enrolmentOf = async (id: string) => (await em().findOneOrFail(UserEntity, { id })).deviceEnrolment;

  /** A guest with two phones. */
  const withTwo = async () => {
    const [phone, tablet] = [new NativeDevice('EDDSA'), new PasskeyDevice('EDDSA')];
    const guest = await people.hire('CUSTOMER');
    await people.register(guest, phone);
    await people.register(guest, tablet);
    return { guest, phone, tablet };
  };

  it('of a lost device ends its key and its sessions, and no other’s', async () => {
    const { guest, phone, tablet } = await withTwo();
    const { refreshToken } = await people.login(phone);

    await tell(eventOf('DEVICE_LOST', guest.id, phone.deviceId));

    expect(await people.statusOf(refreshToken)).toBe('REVOKED');
    expect((await people.login(phone)).user).toBeNull();
    expect((await people.login(tablet)).user).toEqual({ id: guest.id });
    expect(await enrolmentOf(guest.id)).toBe('ENROLLED');
  });

  it('of a lost device ends the sign-in by password there, also where it has no key', async () => {
    const guest = await people.hire('CUSTOMER');
    const em = people.company.subgraph.running.database.em.fork();
    await em.nativeUpdate(SessionEntity, { id: guest.viewer.sessionId ?? '' }, { deviceId: 'phone-1' });

    await tell(eventOf('DEVICE_LOST', guest.id, 'phone-2'));
    expect(await people.statusOf(`${guest.viewer.sessionId}.`)).toBe('ACTIVE');
    await tell(eventOf('DEVICE_LOST', guest.id, 'phone-1'));

    expect(await people.statusOf(`${guest.viewer.sessionId}.`)).toBe('REVOKED');
  });

  it('of a lost device it does not name ends all of them', async () => {
    const { guest, phone, tablet } = await withTwo();

    await tell(eventOf('DEVICE_LOST', guest.id));

    expect([(await people.login(phone)).user, (await people.login(tablet)).user]).toEqual([null, null]);
  });

  it('of an enrolment it revokes ends all keys, and the leave for another', async () => {
    const device = new NativeDevice('EDDSA');
    const person = await people.withDevice(device);
    await people.allow(person);

    await tell(eventOf('ENROLMENT_REVOKED', person.id));

    expect((await people.login(device)).user).toBeNull();
    expect(await enrolmentOf(person.id)).toBe('NONE');
    expect((await people.register(person, new NativeDevice('EDDSA'))).userErrors).toMatchObject([
      { code: 'INVALID_STATE' },
    ]);
  });

  it('of liveness that failed asks for the password, and of liveness that passed nothing', async () => {
    const { guest, phone } = await withTwo();
    await tell(eventOf('LIVENESS_PASSED', guest.id, phone.deviceId));
    expect((await people.login(phone)).user).toEqual({ id: guest.id });

    await tell(eventOf('LIVENESS_FAILED', guest.id, phone.deviceId));

    expect((await people.login(phone)).userErrors).toMatchObject([{ code: 'PASSWORD_REQUIRED' }]);
  });

  it('is kept and acted on once, however often and however close it is told', async () => {
    const { guest, phone } = await withTwo();
    const event = eventOf('LIVENESS_FAILED', guest.id);

    const answers = await Promise.all(Array.from({ length: 8 }, () => receive(event)));
    await applied(event);
    await people.signIn(guest, phone.deviceId);
    const late = await receive(event);
    const row = await em().findOneOrFail(BiometricEventEntity, { eventId: event.eventId });
    const { running } = people.company.subgraph;
    const { unitOfWork, clock } = running.systemContext();
    await unitOfWork((transaction) => applyBiometricEvent(transaction, clock, row.id));

    const told = [...answers, late].map(({ data }) => data?.['receiveBiometricEvent'].isNew);
    expect(told.filter(Boolean)).toHaveLength(1);
    expect(told.at(-1)).toBe(false);
    expect((await people.login(phone)).user).toEqual({ id: guest.id });
  });

  it('under one id by two providers is two events', async () => {
    const { guest } = await withTwo();
    const event = eventOf('LIVENESS_PASSED', guest.id);

    const answers = [await receive(event), await receive({ ...event, provider: 'generic' })];

    expect(answers.map(({ data }) => data?.['receiveBiometricEvent'].isNew)).toEqual([true, true]);
  });

  it('of nobody here is kept and changes nothing', async () => {
    const before = await people.company.rows();

    await tell(eventOf('ENROLMENT_REVOKED', 'usr_missing'));

    expect(await people.company.rows()).toEqual(before);
  });

  it('ACC-40 is heard by the product from nobody but itself', async () => {
    const { guest } = await withTwo();
    const event = eventOf('DEVICE_LOST', guest.id);

    const answers = [
      await receive(event, anonymous),
      await receive(event, administrator),
      await receive(event, guest.viewer),
    ];

    expect(answers.map(errorCode)).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await em().count(BiometricEventEntity, { eventId: event.eventId })).toBe(0);
  });
});
