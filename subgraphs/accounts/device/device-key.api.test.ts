import { anonymous } from '../../../platform/domain/viewer.js';
import { password } from '../accounts.fixture.js';
import { UserEntity } from '../user/user.entity.js';
import { eachKind, goodDevices, People } from './device.fixture.js';
import { DeviceChallengeEntity } from './device-challenge.entity.js';
import { sha256Hex } from './device-key.rules.js';
import { NativeDevice } from './native-device.fixture.js';

describe('a device that holds a key', () => {
  let people: People;

  beforeAll(async () => (people = await People.open()));
  afterAll(() => people.stop());

  const rows = () => people.company.rows();

  it.each(goodDevices)('ACC-19 ACC-20 with %s registers by a manager’s leave and signs in', async (_what, make) => {
    const device = make();
    const person = await people.hire();
    await people.allow(person);

    const { deviceKey, userErrors } = await people.register(person, device, { label: 'Work phone' });
    const first = await people.login(device);
    const second = await people.login(device);

    expect(userErrors).toEqual([]);
    expect(deviceKey).toMatchObject({ device: device.deviceId, kind: device.kind, label: 'Work phone' });
    expect(deviceKey).toMatchObject({ user: { id: person.id }, lastUsedAt: null, revokedAt: null });
    expect([first.userErrors, second.userErrors]).toEqual([[], []]);
    expect([first.user, second.user]).toEqual([{ id: person.id }, { id: person.id }]);
    expect(await people.statusOf(second.refreshToken)).toBe('ACTIVE');
    expect((await people.row(deviceKey.id)).signCount).toBe(device.counter);
  });

  it.each(eachKind)(
    'ACC-24 with %s gets a session that is bound to it: no other device refreshes it',
    async (_w, make) => {
      const device = make();
      const { id } = await people.withDevice(device);
      const { refreshToken } = await people.login(device);

      const session = (await people.sessionsOf(id)).at(-1);
      const refresh = (deviceId: string) =>
        people.payload(anonymous, 'refreshToken', { refreshToken, ...(deviceId ? { deviceId } : {}) });
      const here = await refresh(device.deviceId);
      const elsewhere = await refresh('another device');

      expect([session?.deviceId, session?.method]).toEqual([
        device.deviceId,
        device.kind === 'PASSKEY' ? 'PASSKEY' : 'DEVICE_KEY',
      ]);
      expect(here.userErrors).toEqual([]);
      expect(elsewhere.userErrors).toEqual([{ code: 'TOKEN_REVOKED' }]);
    },
  );

  it('ACC-22 is known by its public half and counters: nothing of a finger or face, and no challenge, is kept', async () => {
    const device = new NativeDevice();
    const person = await people.withDevice(device);
    const { challengeId, challenge } = await people.challenge(anonymous, device.deviceId, 'LOGIN');

    const em = people.company.subgraph.running.database.em.fork();
    const kept = await em.findOneOrFail(DeviceChallengeEntity, { id: challengeId });

    expect(Buffer.from(challenge, 'base64url')).toHaveLength(32);
    expect(kept.challengeHash).toBe(sha256Hex(challenge));
    expect(JSON.stringify(kept)).not.toContain(challenge);
    expect(Object.keys(await people.row(person.keyId)).toSorted()).toEqual(
      `algorithm createdAt credentialId credentialKey deviceId heldDeviceId id kind label lastUsedAt passwordProvenAt
       publicKey revokedAt signCount userId version`.split(/\s+/),
    );
  });

  it('ACC-19 tells that it was saved and revoked, with the person and nothing of the key', async () => {
    const device = new NativeDevice();
    const person = await people.withDevice(device);
    await people.payload(person.viewer, 'revokeDeviceKey', { id: person.keyId });

    const told = { aggregateId: person.keyId, brandId: '', outletId: null };
    expect(await people.company.eventsOf('device-key.saved', person.keyId)).toEqual([
      { ...told, aggregateVersion: 1, payload: { userId: person.id, kind: 'NATIVE' } },
    ]);
    expect(await people.company.eventsOf('device-key.revoked', person.keyId)).toEqual([
      { ...told, aggregateVersion: 2, payload: { userId: person.id } },
    ]);
    expect(await people.company.eventsOf('device-leave.changed', person.id)).toEqual([
      {
        ...told,
        aggregateId: person.id,
        aggregateVersion: expect.any(Number),
        payload: { userId: person.id, isAllowed: true },
      },
    ]);
  });

  it.each(eachKind)(
    'S20 with %s signs in once when one answer is sent over many connections at once',
    async (_w, make) => {
      const device = make();
      const { id } = await people.withDevice(device);
      const told = await people.challenge(anonymous, device.deviceId, 'LOGIN');
      const input = device.login(told);
      const before = (await people.sessionsOf(id)).length;

      const answers = await Promise.all(Array.from({ length: 8 }, () => people.answer(input)));

      expect(answers.filter(({ accessToken }) => accessToken)).toHaveLength(1);
      expect(answers.flatMap(({ userErrors }) => userErrors)).toHaveLength(7);
      expect(await people.sessionsOf(id)).toHaveLength(before + 1);
    },
  );

  it.each(eachKind)('S20 with %s signs in once when two answers carry one counter', async (_w, make) => {
    const device = make();
    await people.withDevice(device);
    const told = [
      await people.challenge(anonymous, device.deviceId, 'LOGIN'),
      await people.challenge(anonymous, device.deviceId, 'LOGIN'),
    ];
    const inputs = told.map((each) => device.login(each, { counter: 7 }));

    const answers = await Promise.all(inputs.map((input) => people.answer(input)));

    expect(answers.filter(({ accessToken }) => accessToken)).toHaveLength(1);
  });

  it('S20 is enrolled once when two registrations race for one leave', async () => {
    const person = await people.hire();
    await people.allow(person);

    const answers = await Promise.all(eachKind.map(([, make]) => people.register(person, make())));

    expect(answers.filter(({ deviceKey }) => deviceKey)).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'INVALID_STATE', field: null }]);
  });

  it.each(eachKind)(
    'ACC-21 with %s asks for the password every thirty days, and works again once it was given',
    async (_w, make) => {
      const device = make();
      const person = await people.withDevice(device);
      const { clock } = people.company.subgraph;
      const day = 86_400_000;
      clock.advance(30 * day - 1);
      const lastMoment = await people.login(device);
      clock.advance(1);

      const due = await people.login(device);
      const stillDue = await people.login(device);
      const wrong = await people.login(device, { isUserVerified: false });
      await people.signIn(person, 'another device');
      const elsewhere = await people.login(device);
      await people.signIn(person, device.deviceId);
      const again = await people.login(device);
      clock.advance(30 * day - 1);
      const later = await people.login(device);

      expect(lastMoment.user).toEqual({ id: person.id });
      expect([due, stillDue, elsewhere]).toEqual(
        Array(3).fill({
          accessToken: null,
          refreshToken: null,
          user: null,
          userErrors: [{ code: 'PASSWORD_REQUIRED', message: expect.any(String), field: null }],
        }),
      );
      expect(wrong.userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
      expect([again.user, later.user]).toEqual([{ id: person.id }, { id: person.id }]);
    },
  );

  it.each(eachKind)(
    'S20 with %s is revoked while its session is open: the session ends, others go on',
    async (_w, make) => {
      const device = make();
      const person = await people.withDevice(device);
      const { refreshToken } = await people.login(device);
      expect(await people.statusOf(refreshToken)).toBe('ACTIVE');

      const { deviceKey } = await people.payload(person.viewer, 'revokeDeviceKey', { id: person.keyId });
      const before = await rows();
      const again = await people.payload(person.viewer, 'revokeDeviceKey', { id: person.keyId });

      expect(deviceKey.revokedAt).toBe(people.company.subgraph.clock.now().toISOString());
      expect(again.deviceKey).toEqual(deviceKey);
      expect(await rows()).toEqual(before);
      expect(await people.statusOf(refreshToken)).toBe('REVOKED');
      expect(await people.statusOf(`${person.viewer.sessionId}.1`)).toBe('ACTIVE');
      expect((await people.login(device)).userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
      const ended = (await people.sessionsOf(person.id)).filter(({ revokedAt }) => revokedAt !== null);
      expect(ended.map(({ deviceId }) => deviceId)).toEqual([device.deviceId]);
    },
  );

  it('ACC-18 asks nobody for a second step: the key and what opens it are two', async () => {
    const device = new NativeDevice();
    const { id } = await people.withDevice(device);
    await people.company.subgraph.running.database.em.fork().nativeUpdate(UserEntity, { id }, { isTotpEnabled: true });

    expect((await people.login(device)).user).toEqual({ id });
    expect((await people.login(device, { isUserVerified: false })).user).toBeNull();
  });

  it('takes the password in the request where the session is older than five minutes', async () => {
    const device = new NativeDevice();
    const person = await people.hire();
    await people.allow(person);
    people.company.subgraph.clock.advance(5 * 60_000 + 1);

    const without = await people.register(person, device);
    const given = await people.register(person, device, { password });

    expect(without.userErrors).toEqual([{ code: 'PASSWORD_REQUIRED', field: ['password'] }]);
    expect(given.userErrors).toEqual([]);
  });
});
