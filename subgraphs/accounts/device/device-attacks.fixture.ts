import { anonymous } from '../../../platform/domain/viewer.js';
import type { People, Person } from './device.fixture.js';
import { challengeLifetimeMs } from './device-key.rules.js';
import { NativeDevice } from './native-device.fixture.js';
import { PasskeyDevice } from './passkey-device.fixture.js';
import type { TestDevice } from './test-device.fixture.js';

/** A phone that is enrolled, and another one beside it. */
export interface Scene {
  readonly people: People;
  readonly make: () => TestDevice;
  readonly device: TestDevice;
  readonly person: Person & { readonly keyId: string };
  readonly other: TestDevice;
  readonly otherPerson: Person;
}

/** Makes an answer that must be refused. */
export type Attack = (scene: Scene) => Promise<object>;

const toldTo = ({ people }: Scene, device: TestDevice) => people.challenge(anonymous, device.deviceId, 'LOGIN');
const answeredWith =
  (changes: Parameters<TestDevice['login']>[1]): Attack =>
  async (scene) =>
    scene.device.login(await toldTo(scene, scene.device), changes);
/** An answer whose parts a test reads and changes freely. */
export const inputOf = (answer: object): Record<string, any> => ({ ...answer });

/** What is wrong with an answer of any kind of key. */
export const attacks: readonly [string, Attack][] = [
  [
    'a challenge that was answered',
    async (scene) => {
      const told = await toldTo(scene, scene.device);
      await scene.people.answer(scene.device.login(told));
      return scene.device.login(told);
    },
  ],
  [
    'a challenge that was answered wrongly once',
    async (scene) => {
      const told = await toldTo(scene, scene.device);
      await scene.people.answer(scene.device.login(told, { isUserVerified: false }));
      return scene.device.login(told);
    },
  ],
  ["another device's challenge", async (scene) => scene.device.login(await toldTo(scene, scene.other))],
  [
    'a challenge that has expired',
    async (scene) => {
      const told = await toldTo(scene, scene.device);
      scene.people.company.subgraph.clock.advance(challengeLifetimeMs);
      return scene.device.login(told);
    },
  ],
  [
    'a challenge made to register',
    async ({ people, person, device }) =>
      device.login(await people.challenge(person.viewer, device.deviceId, 'REGISTER')),
  ],
  [
    'a challenge that was never made',
    async ({ device }) => device.login({ challengeId: 'dch_missing', challenge: 'A'.repeat(43) }),
  ],
  ['another challenge signed than the one named', answeredWith({ challenge: 'B'.repeat(43) })],
  ['another origin', answeredWith({ origin: 'https://evil.example' })],
  ['the origin with a path', answeredWith({ origin: 'http://localhost:4000/' })],
  ['no user verification', answeredWith({ isUserVerified: false })],
  ['what was signed to register', answeredWith({ purpose: 'REGISTER' })],
  [
    'the same counter again',
    async (scene) => {
      await scene.people.login(scene.device, { counter: 50 });
      return scene.device.login(await toldTo(scene, scene.device), { counter: 50 });
    },
  ],
  [
    'a counter that went back',
    async (scene) => {
      await scene.people.login(scene.device, { counter: 50 });
      return scene.device.login(await toldTo(scene, scene.device), { counter: 49 });
    },
  ],
  [
    "another enrolled device's key",
    async (scene) => scene.device.login(await toldTo(scene, scene.device), { signedBy: scene.other }),
  ],
  [
    'a key nobody registered',
    async (scene) => scene.device.login(await toldTo(scene, scene.device), { signedBy: scene.make() }),
  ],
  [
    'a key that is named as the signer and belongs to another device',
    async (scene) => ({
      ...scene.other.login(await toldTo(scene, scene.device)),
      deviceId: scene.device.deviceId,
    }),
  ],
  ['a signature that is cut short', answeredWith({ signature: (bytes) => bytes.subarray(0, -1) })],
  ['a signature with one bit changed', answeredWith({ signature: flipped })],
  ['an empty signature', answeredWith({ signature: () => Buffer.alloc(0) })],
  ['a huge signature', answeredWith({ signature: () => Buffer.alloc(60_000, 1) })],
  [
    'the wrong deviceId',
    async (scene) => ({ ...scene.device.login(await toldTo(scene, scene.device)), deviceId: scene.other.deviceId }),
  ],
  [
    'an unknown device',
    async (scene) => {
      const unknown = scene.make();
      return unknown.login(await toldTo(scene, unknown));
    },
  ],
  [
    'no answer at all',
    async (scene) => {
      const { challengeId } = await toldTo(scene, scene.device);
      return { challengeId, deviceId: scene.device.deviceId };
    },
  ],
  [
    'two answers of different kinds',
    async (scene) => {
      const told = await toldTo(scene, scene.device);
      const { deviceId } = scene.device;
      const answers = [
        new NativeDevice('ES256', deviceId).login(told),
        new PasskeyDevice('ES256', deviceId).login(told),
      ];
      return { ...answers[0], ...answers[1], ...scene.device.login(told) };
    },
  ],
];

/** What is wrong with an answer of a native key. */
export const attacksOnNative: readonly [string, Attack][] = [
  [
    'another deviceId signed than sent',
    async (scene) => {
      const input = inputOf(scene.device.login(await toldTo(scene, scene.device)));
      const statement = input['challengeResponse'].statement.replace(/device: .*/, 'device: another');
      const signature = scene.device.sign(Buffer.from(statement)).toString('base64');
      return { ...input, challengeResponse: { statement, signature } };
    },
  ],
  ['a statement changed after it was signed', reworded((text) => text.replace(/counter: \d+/, 'counter: 900'))],
  ['a statement with a line more', resigned((text) => `${text}\nadmin: true`)],
  ['a statement with its lines in another order', resigned((text) => text.split('\n').toReversed().join('\n'))],
  ['a statement that ends with a line feed', resigned((text) => `${text}\n`)],
  ['a counter with a leading zero', resigned((text) => text.replace('counter: ', 'counter: 0'))],
  ['a counter of zero', answeredWith({ counter: 0 })],
  ['a statement of another version', resigned((text) => text.replace('key 1\n', 'key 2\n'))],
  ['a huge statement', resigned((text) => text.replace(/device: /, `device: ${'x'.repeat(60_000)}`))],
];

/** What is wrong with an answer of a passkey. */
export const attacksOnPasskeys: readonly [string, Attack][] = [
  ['another relying party', answeredWith({ rpId: 'evil.example' })],
  ['nobody present', answeredWith({ isUserPresent: false })],
  [
    "another person's user handle",
    async (scene) => {
      const userHandle = Buffer.from(scene.otherPerson.id).toString('base64url');
      return scene.device.login(await toldTo(scene, scene.device), { userHandle });
    },
  ],
  [
    'huge client data',
    async (scene) => {
      const input = inputOf(scene.device.login(await toldTo(scene, scene.device)));
      return { ...input, passkey: { ...input['passkey'], clientDataJson: 'A'.repeat(60_000) } };
    },
  ],
  [
    'client data that is no JSON',
    async (scene) => {
      const input = inputOf(scene.device.login(await toldTo(scene, scene.device)));
      return { ...input, passkey: { ...input['passkey'], clientDataJson: 'AAAA', authenticatorData: '' } };
    },
  ],
];

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const last = copy.length - 1;
  copy.writeUInt8(copy.readUInt8(last) ^ 1, last);
  return copy;
}

function reworded(change: (text: string) => string): Attack {
  return async (scene) => {
    const input = inputOf(scene.device.login(await toldTo(scene, scene.device)));
    const { statement, signature } = input['challengeResponse'];
    return { ...input, challengeResponse: { statement: change(statement), signature } };
  };
}

function resigned(change: (text: string) => string): Attack {
  return async (scene) => {
    const input = inputOf(scene.device.login(await toldTo(scene, scene.device)));
    const statement = change(input['challengeResponse'].statement);
    const signature = scene.device.sign(Buffer.from(statement)).toString('base64');
    return { ...input, challengeResponse: { statement, signature } };
  };
}
