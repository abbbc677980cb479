import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { errorCode, holderOf, password } from '../accounts.fixture.js';
import { SessionEntity } from '../session/session.entity.js';
import { UserEntity } from '../user/user.entity.js';
import { eachKind, People, type Person } from './device.fixture.js';
import { challengeLifetimeMs, keysPerPerson } from './device-key.rules.js';
import { NativeDevice, type NativeAlgorithm } from './native-device.fixture.js';
import { PasskeyDevice } from './passkey-device.fixture.js';
import type { TestDevice } from './test-device.fixture.js';

let people: People;

beforeAll(async () => void (people = await People.open()));
afterAll(() => people.stop());

const allowed = async (): Promise<Person> => {
  const person = await people.hire();
  await people.allow(person);
  return person;
};
const inputOf = (answer: object): Record<string, any> => ({ ...answer });

/** Sends a registration that must be refused and change nothing; its userErrors. */
const refused = async ({ viewer }: Person, input: object) => {
  const before = await people.company.rows();
  const { deviceKey, userErrors } = await people.payload(viewer, 'registerDeviceKey', input);
  expect(deviceKey).toBeNull();
  expect(await people.company.rows()).toEqual(before);
  return userErrors;
};
const toldTo = ({ viewer }: Person, device: TestDevice) => people.challenge(viewer, device.deviceId, 'REGISTER');
const unproven = [{ code: 'INVALID_CREDENTIALS', field: null }];

describe.each(eachKind)('S20 ACC-19 enrolment of %s', (_kind, make) => {
  it('is refused without a fresh password, and with a wrong one', async () => {
    const person = await allowed();
    const device = make();
    const wrong = await refused(person, {
      ...device.registration(await toldTo(person, device)),
      password: 'not the password at all',
    });
    people.company.subgraph.clock.advance(5 * 60_000 + 1);
    const stale = await refused(person, device.registration(await toldTo(person, device)));
    const noSession = { ...person, viewer: { ...person.viewer, sessionId: 'ses_missing' } };
    const unknown = await refused(noSession, device.registration(await toldTo(person, device)));

    expect(wrong).toEqual([{ code: 'INVALID_CREDENTIALS', field: ['password'] }]);
    expect([stale, unknown]).toEqual(Array(2).fill([{ code: 'PASSWORD_REQUIRED', field: ['password'] }]));
  });

  it('is refused by a session that a device key began, and by another person’s', async () => {
    const enrolled = new NativeDevice();
    const person = await people.withDevice(enrolled);
    await people.allow(person);
    const { refreshToken } = await people.login(enrolled);
    const byKey = { ...person, viewer: { ...person.viewer, sessionId: refreshToken.split('.')[0] } };
    const stranger = await people.hire();
    const theirs = { ...person, viewer: { ...person.viewer, sessionId: stranger.viewer.sessionId } };
    const device = make();

    for (const each of [byKey, theirs])
      expect(await refused(each, device.registration(await toldTo(each, device)))).toEqual([
        { code: 'PASSWORD_REQUIRED', field: ['password'] },
      ]);
  });

  it('S17 is refused by a session that has ended since, and by a sign-in before the password changed', async () => {
    const em = people.company.subgraph.running.database.em.fork();
    const [ended, before] = [await allowed(), await allowed()];
    const device = make();
    const [one, other] = [await toldTo(ended, device), await toldTo(before, device)];
    people.company.subgraph.clock.advance(1);
    const now = people.company.subgraph.clock.now();
    await em.nativeUpdate(SessionEntity, { id: ended.viewer.sessionId ?? '' }, { revokedAt: now });
    await em.nativeUpdate(UserEntity, { id: before.id }, { passwordChangedAt: now });

    const revoked = [{ code: 'TOKEN_REVOKED', field: null }];
    expect(await refused(ended, device.registration(one))).toEqual(revoked);
    expect(await refused(ended, { ...device.registration(one), password })).not.toEqual([]);
    expect(await refused(before, device.registration(other))).toEqual(unproven);
  });

  it('is refused without leave, with a leave that was used, with one taken back and with another person’s', async () => {
    const without = await people.hire();
    await allowed();
    const used = await people.withDevice(make());
    const takenBack = await allowed();
    await people.company.make('updateUser', { id: takenBack.id, isDeviceEnrolmentAllowed: false }, people.manager);

    for (const person of [without, used, takenBack]) {
      const device = make();
      expect(await refused(person, device.registration(await toldTo(person, device)))).toEqual([
        { code: 'INVALID_STATE', field: null },
      ]);
    }
    await people.allow(used);
    expect((await people.register(used, make())).userErrors).toEqual([]);
  });

  it('needs no leave of a guest', async () => {
    const guest = await people.hire('CUSTOMER');
    const device = make();

    expect((await people.register(guest, device)).userErrors).toEqual([]);
    expect((await people.login(device)).user).toEqual({ id: guest.id });
  });

  it('is refused with a challenge that is used, expired, another’s, another device’s or made to sign in', async () => {
    const [person, other] = [await allowed(), await allowed()];
    const device = make();
    const used = await toldTo(person, device);
    await people.payload(person.viewer, 'registerDeviceKey', device.registration(used, { isUserVerified: false }));
    const theirs = await toldTo(other, device);
    const elsewhere = await toldTo(person, make());
    const login = await people.challenge(anonymous, device.deviceId, 'LOGIN');
    for (const told of [used, theirs, elsewhere, login])
      expect(await refused(person, device.registration(told))).toEqual(unproven);
    const expired = await toldTo(person, device);
    people.company.subgraph.clock.advance(challengeLifetimeMs);

    expect(await refused(person, device.registration(expired))).toEqual(unproven);
    expect((await people.register(person, device)).userErrors).toEqual([]);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no user verification', { isUserVerified: false }],
    ['another challenge', { challenge: 'B'.repeat(43) }],
    ['what is signed to sign in', { purpose: 'LOGIN' as const }],
  ])('is refused with %s', async (_what, changes) => {
    const person = await allowed();
    const device = make();

    expect(await refused(person, device.registration(await toldTo(person, device), changes))).toEqual(unproven);
    expect((await people.register(person, device)).userErrors).toEqual([]);
  });

  it('is refused on a device that is enrolled, and of a key that was registered before, revoked or not', async () => {
    const device = make();
    const person = await people.withDevice(device);
    await people.allow(person);
    const sameDevice = device.kind === 'NATIVE' ? new NativeDevice('EDDSA', device.deviceId) : make();
    if (device.kind === 'PASSKEY') Object.assign(sameDevice, { deviceId: device.deviceId });
    const taken = await refused(person, sameDevice.registration(await toldTo(person, sameDevice)));
    await people.payload(person.viewer, 'revokeDeviceKey', { id: person.keyId });

    const again = await refused(person, device.registration(await toldTo(person, device)));
    const other = await allowed();
    const byAnother = await refused(other, device.registration(await toldTo(other, device)));

    expect(taken).toEqual([{ code: 'ALREADY_EXISTS', field: ['deviceId'] }]);
    expect([again, byAnother]).toEqual(Array(2).fill([{ code: 'ALREADY_EXISTS', field: ['publicKey'] }]));
    expect((await people.register(person, sameDevice)).userErrors).toEqual([]);
  });

  it('is refused to somebody who was sent away since they signed in', async () => {
    const person = await allowed();
    const device = make();
    const em = people.company.subgraph.running.database.em.fork();
    await em.nativeUpdate(UserEntity, { id: person.id }, { isActive: false });

    expect(await refused(person, device.registration(await toldTo(person, device)))).toEqual(unproven);
  });
});

describe('S20 ACC-19 a key that is not fit', () => {
  const unfit: readonly NativeAlgorithm[] = ['ES384', 'ES256K', 'ED448', 'RSA1024', 'RSA_EXPONENT_3', 'RSA_PSS'];

  it.each(unfit)('is refused: a native %s', async (algorithm) => {
    const person = await allowed();
    const device = new NativeDevice(algorithm);

    expect(await refused(person, device.registration(await toldTo(person, device)))).toEqual([
      { code: 'INVALID_INPUT', field: ['publicKey'] },
    ]);
  });

  it.each([
    ['nothing', null],
    ['an empty text', ''],
    ['a text', 'not a key'],
    ['base64 of something', 'AAAA'],
    ['a huge text', 'A'.repeat(60_000)],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ])('is refused: %s', async (_what, publicKey) => {
    const person = await allowed();
    const device = new NativeDevice();
    const input = device.registration(await toldTo(person, device));

    expect(await refused(person, { ...input, publicKey })).toEqual([{ code: 'INVALID_INPUT', field: ['publicKey'] }]);
  });

  it('is refused: a private key', async () => {
    const person = await allowed();
    const device = new NativeDevice();
    const publicKey = String(device.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const input = device.registration(await toldTo(person, device));

    expect(await refused(person, { ...input, publicKey })).toEqual([{ code: 'INVALID_INPUT', field: ['publicKey'] }]);
  });

  it('is refused: a public half swapped for another’s, with the statement of either', async () => {
    const person = await allowed();
    const [device, other] = [new NativeDevice(), new NativeDevice()];
    const swapped = { ...device.registration(await toldTo(person, device)), publicKey: other.publicKey };
    const otherSigns = device.registration(await toldTo(person, device), { signedBy: other });

    expect(await refused(person, swapped)).toEqual(unproven);
    expect(await refused(person, otherSigns)).toEqual(unproven);
  });

  it.each(['ES384', 'RSA1024'] as const)('is refused: a passkey with %s', async (algorithm) => {
    const person = await allowed();
    const device = new PasskeyDevice(algorithm);

    expect(await refused(person, device.registration(await toldTo(person, device)))).toEqual(unproven);
  });

  it('is refused: a passkey with another relying party, nobody present, or huge', async () => {
    const person = await allowed();
    const device = new PasskeyDevice();
    const register = async (changes: object) => device.registration(await toldTo(person, device), changes);
    const huge = inputOf(await register({}));

    expect(await refused(person, await register({ rpId: 'evil.example' }))).toEqual(unproven);
    expect(await refused(person, await register({ isUserPresent: false }))).toEqual(unproven);
    expect(
      await refused(person, { ...huge, passkey: { ...huge['passkey'], attestationObject: 'A'.repeat(60_000) } }),
    ).toEqual(unproven);
  });

  it('is refused: a passkey with a certificate, whose revocation would have to be asked for elsewhere', async () => {
    const person = await allowed();
    const device = new PasskeyDevice();
    const statement = new Map<string, unknown>([
      ['alg', -7],
      ['sig', new Uint8Array(70)],
      ['x5c', [new Uint8Array(100)]],
    ]);
    for (const format of ['packed', 'android-key', 'tpm', 'apple', 'fido-u2f', 'unheard-of']) {
      const told = await toldTo(person, device);
      expect(await refused(person, device.registration(told, {}, { format, statement }))).toEqual(unproven);
    }
  });

  it('is refused: none of what its kind needs', async () => {
    const person = await allowed();
    const native = new NativeDevice();
    const { passkey: _, ...bare } = inputOf(new PasskeyDevice().registration(await toldTo(person, native)));
    const unsigned = { ...native.registration(await toldTo(person, native)), signature: null };

    expect(await refused(person, bare)).toEqual([{ code: 'INVALID_INPUT', field: ['passkey'] }]);
    expect(await refused(person, unsigned)).toEqual([{ code: 'INVALID_INPUT', field: ['signature'] }]);
    for (const [deviceId, label] of [
      ['', 'a'],
      ['x'.repeat(129), 'a'],
      ['phone', 'x'.repeat(61)],
    ]) {
      const input = { ...native.registration({ challengeId: 'dch_1', challenge: 'A'.repeat(43) }), deviceId, label };
      const [error] = await refused(person, input);
      expect(error).toEqual({ code: 'INVALID_INPUT', field: [deviceId === 'phone' ? 'label' : 'deviceId'] });
    }
  });

  it('is refused: the eleventh of one person', async () => {
    const guest = await people.hire('CUSTOMER');
    for (let count = 0; count < keysPerPerson; count += 1)
      expect((await people.register(guest, new NativeDevice('EDDSA'))).userErrors).toEqual([]);
    const device = new NativeDevice('EDDSA');

    expect(await refused(guest, device.registration(await toldTo(guest, device)))).toEqual([
      { code: 'INVALID_STATE', field: null },
    ]);
  });
});

describe('ACC-19 S1 who may enrol', () => {
  it('is who is signed in: nobody else gets a challenge for it or registers', async () => {
    const device = new NativeDevice();
    const input = { deviceId: device.deviceId, purpose: 'REGISTER' };
    const client: Viewer = { ...holderOf('INTEGRATOR', { brandId: people.company.ours }), kind: 'CLIENT' };
    const registration = device.registration({ challengeId: 'dch_1', challenge: 'A'.repeat(43) });

    expect(errorCode(await people.send(anonymous, 'deviceChallenge', input))).toBe('UNAUTHENTICATED');
    expect(errorCode(await people.send(client, 'deviceChallenge', input))).toBe('FORBIDDEN');
    expect(errorCode(await people.send(anonymous, 'registerDeviceKey', { ...registration, password }))).toBe(
      'UNAUTHENTICATED',
    );
  });
});
