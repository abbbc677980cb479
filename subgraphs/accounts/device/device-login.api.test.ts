import { sign } from 'node:crypto';
import { anonymous } from '../../../platform/domain/viewer.js';
import { UserEntity } from '../user/user.entity.js';
import {
  attacks,
  attacksOnNative,
  attacksOnPasskeys,
  inputOf,
  type Attack,
  type Scene,
} from './device-attacks.fixture.js';
import { eachKind, People } from './device.fixture.js';
import { NativeDevice } from './native-device.fixture.js';
import { PasskeyDevice } from './passkey-device.fixture.js';
import type { TestDevice } from './test-device.fixture.js';

describe('S20 ACC-20 an answer that is not a right one', () => {
  let people: People;
  let counted = 0;

  beforeAll(async () => (people = await People.open()));
  afterAll(async () => {
    process.stderr.write(`device keys: ${counted} wrong answers refused alike\n`);
    await people.stop();
  });

  const refusal = {
    accessToken: null,
    refreshToken: null,
    user: null,
    userErrors: [
      { code: 'INVALID_CREDENTIALS', message: 'This device cannot be signed in by this answer.', field: null },
    ],
  };

  const sceneOf = async (make: () => TestDevice): Promise<Scene> => {
    const [device, other] = [make(), make()];
    const [person, otherPerson] = [await people.withDevice(device), await people.withDevice(other)];
    return { people, make, device, person, other, otherPerson };
  };

  const refuses = async (make: () => TestDevice, attack: Attack) => {
    const scene = await sceneOf(make);
    const input = await attack(scene);
    const before = await people.company.rows();

    expect(await people.answer(input)).toEqual(refusal);

    expect(await people.company.rows()).toEqual(before);
    // The scene was right but for the attack.
    const counter = Math.max(scene.device.counter, 1_000) + 1;
    expect((await people.login(scene.device, { counter })).user).toEqual({ id: scene.person.id });
    counted += 1;
  };

  for (const [kind, make] of eachKind) {
    it.each(attacks)(`of ${kind}: %s is refused like any other, and nothing changes`, (_what, attack) =>
      refuses(make, attack),
    );
  }

  it.each(attacksOnNative)('of a native key: %s is refused like any other, and nothing changes', (_what, attack) =>
    refuses(() => new NativeDevice(), attack),
  );

  it.each(attacksOnPasskeys)('of a passkey: %s is refused like any other, and nothing changes', (_what, attack) =>
    refuses(() => new PasskeyDevice(), attack),
  );

  const downgrades: readonly [string, () => NativeDevice, (device: NativeDevice, data: Buffer) => Buffer][] = [
    ['RSA by PKCS #1 v1.5', () => new NativeDevice('PS256'), (key, data) => sign('sha256', data, key.privateKey)],
    ['ECDSA over SHA-1', () => new NativeDevice('ES256'), (key, data) => sign('sha1', data, key.privateKey)],
    [
      'ECDSA as two bare numbers',
      () => new NativeDevice('ES256'),
      (key, data) => sign('sha256', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' }),
    ],
  ];
  it.each(downgrades)('of a native key: a weaker or other algorithm, %s, is refused', async (_what, make, weak) => {
    const device = make();
    const person = await people.withDevice(device);
    const input = inputOf(device.login(await people.challenge(anonymous, device.deviceId, 'LOGIN')));
    const { statement } = input['challengeResponse'];
    const signature = weak(device, Buffer.from(statement)).toString('base64');

    expect(await people.answer({ ...input, challengeResponse: { statement, signature } })).toEqual(refusal);

    expect((await people.login(device)).user).toEqual({ id: person.id });
    counted += 1;
  });

  it('of a passkey: a weaker algorithm is refused, whatever key signs', async () => {
    const device = new PasskeyDevice('ES256');
    const person = await people.withDevice(device);

    const answers = [
      await people.login(device, { signedBy: new PasskeyDevice('RS256') }),
      await people.login(device, { signedBy: new PasskeyDevice('EDDSA') }),
    ];

    expect(answers).toEqual([refusal, refusal]);
    expect((await people.login(device)).user).toEqual({ id: person.id });
    counted += 2;
  });

  it.each(eachKind)('of %s: a revoked key, and one whose person was sent away, is refused', async (_what, make) => {
    const { device, person, other, otherPerson } = await sceneOf(make);
    await people.payload(person.viewer, 'revokeDeviceKey', { id: person.keyId });
    const em = people.company.subgraph.running.database.em.fork();
    await em.nativeUpdate(UserEntity, { id: otherPerson.id }, { isActive: false });
    const before = await people.company.rows();

    const answers = [await people.login(device), await people.login(other)];

    expect(answers).toEqual([refusal, refusal]);
    expect(await people.company.rows()).toEqual(before);
    counted += 2;
  });

  it('of a key that is revoked while it signs: no session outlives it', async () => {
    const { device, person } = await sceneOf(() => new NativeDevice());
    const told = await people.challenge(anonymous, device.deviceId, 'LOGIN');

    const [answer] = await Promise.all([
      people.answer(device.login(told)),
      people.payload(person.viewer, 'revokeDeviceKey', { id: person.keyId }),
    ]);

    if (answer.refreshToken) expect(await people.statusOf(answer.refreshToken)).toBe('REVOKED');
    else expect(answer).toEqual(refusal);
  });
});
