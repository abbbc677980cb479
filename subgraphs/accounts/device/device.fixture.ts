import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import type { Answer, TestSurroundings } from '../../../tests/harness/subgraph.js';
import { holderOf, openCompany, password, type Company } from '../accounts.fixture.js';
import type { RoleCode } from '../role/role.templates.js';
import { SessionEntity } from '../session/session.entity.js';
import { DeviceKeyEntity } from './device-key.entity.js';
import type { DeviceChallengePurpose } from './device-key.rules.js';
import { NativeDevice } from './native-device.fixture.js';
import { PasskeyDevice } from './passkey-device.fixture.js';
import type { AnswerChanges, TestDevice, ToldChallenge } from './test-device.fixture.js';

const KEY = 'id device kind algorithm label createdAt lastUsedAt passwordDueAt revokedAt user { id }';
const documents = {
  login: `mutation ($input: LoginInput!) { login(input: $input) { refreshToken user { id } userErrors { code } } }`,
  deviceChallenge: `mutation ($input: DeviceChallengeInput!) { deviceChallenge(input: $input) {
    challengeId challenge expiresAt rpId credentialIds algorithms userHandle userErrors { code field } } }`,
  registerDeviceKey: `mutation ($input: RegisterDeviceKeyInput!) { registerDeviceKey(input: $input) {
    deviceKey { ${KEY} } userErrors { code field } } }`,
  loginWithDeviceKey: `mutation ($input: LoginWithDeviceKeyInput!) { loginWithDeviceKey(input: $input) {
    accessToken refreshToken user { id } userErrors { code message field } } }`,
  revokeDeviceKey: `mutation ($input: RevokeDeviceKeyInput!) { revokeDeviceKey(input: $input) {
    deviceKey { ${KEY} } userErrors { code } } }`,
  refreshToken: `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken userErrors { code } } }`,
} as const;
const KEYS = `query ($userId: ID, $first: Int! = 25, $after: String) {
  deviceKeys(userId: $userId, first: $first, after: $after) { edges { cursor node { ${KEY} } } pageInfo { hasNextPage } } }`;
const AUTHENTICATE = 'query ($sessionId: ID) { authenticate(sessionId: $sessionId) { status id } }';

/** Somebody who has signed in by password just now. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly viewer: Viewer;
}

/** People with phones. */
export class People {
  #number = 0;

  private constructor(readonly company: Company) {}

  static async open(surroundings: TestSurroundings = {}): Promise<People> {
    return new People(await openCompany(surroundings));
  }

  /** The manager of the brand most tests are about, who is nobody's employee there. */
  get manager(): Viewer {
    return holderOf('MANAGER', { brandId: this.company.ours });
  }

  /** Somebody new with a role, signed in. */
  async hire(role: RoleCode = 'WAITER', outletId?: string): Promise<Person> {
    this.#number += 1;
    const email = `phone${this.#number}@example.com`;
    const place = { brandId: this.company.ours, ...(outletId ? { outletId } : {}) };
    const { user } = await this.company.make('createUser', { email, name: 'With Phone', password, role, ...place });
    return this.signIn({ id: user.id, email, viewer: holderOf(role, { ...place, id: user.id }) });
  }

  /** The person in a new session by password. */
  async signIn(person: Person, deviceId?: string): Promise<Person> {
    const input = { identifier: person.email, password, ...(deviceId ? { deviceId } : {}) };
    const { refreshToken } = await this.payload(anonymous, 'login', input);
    return { ...person, viewer: { ...person.viewer, sessionId: refreshToken.split('.')[0] } };
  }

  /** Gives a manager's leave. */
  allow({ id }: Person): Promise<unknown> {
    return this.company.make('updateUser', { id, isDeviceEnrolmentAllowed: true }, this.manager);
  }

  /** Somebody new whose device is enrolled. */
  async withDevice(device: TestDevice): Promise<Person & { keyId: string }> {
    const person = await this.hire();
    await this.allow(person);
    const { deviceKey, userErrors } = await this.register(person, device);
    if (!deviceKey) throw new Error(`Not enrolled: ${JSON.stringify(userErrors)}`);
    return { ...person, keyId: deviceKey.id };
  }

  challenge(viewer: Viewer, deviceId: string, purpose: DeviceChallengePurpose): Promise<ToldChallenge> {
    return this.payload(viewer, 'deviceChallenge', { deviceId, purpose });
  }

  /** Registers a device's key with a challenge of its own; the payload. */
  async register({ viewer }: Person, device: TestDevice, more: object = {}) {
    const told = await this.challenge(viewer, device.deviceId, 'REGISTER');
    return this.payload(viewer, 'registerDeviceKey', { ...device.registration(told), ...more });
  }

  /** Signs in by a device with a challenge of its own; the payload. */
  async login(device: TestDevice, changes: AnswerChanges = {}) {
    const told = await this.challenge(anonymous, device.deviceId, 'LOGIN');
    return this.answer(device.login(told, changes));
  }

  /** Sends an answer of a device; the payload. */
  answer(input: object) {
    return this.payload(anonymous, 'loginWithDeviceKey', input);
  }

  send(viewer: Viewer, mutation: keyof typeof documents, input: object): Promise<Answer> {
    return this.company.subgraph.run(viewer, documents[mutation], { input });
  }

  /** The payload of a mutation; a test reads it freely. */
  async payload(viewer: Viewer, mutation: keyof typeof documents, input: object): Promise<any> {
    const answer = await this.send(viewer, mutation, input);
    const payload = answer.data?.[mutation];
    if (!payload) throw new Error(JSON.stringify(answer));
    return payload;
  }

  keys(viewer: Viewer, variables: object = {}): Promise<Answer> {
    return this.company.subgraph.run(viewer, KEYS, { ...variables });
  }

  /** What the gateway is told of the session of a refresh token. */
  async statusOf(refreshToken: string): Promise<string> {
    const sessionId = refreshToken.split('.')[0];
    return (await this.company.subgraph.run(system, AUTHENTICATE, { sessionId })).data?.['authenticate'].status;
  }

  row(id: string): Promise<DeviceKeyEntity> {
    return this.company.subgraph.running.database.em.fork().findOneOrFail(DeviceKeyEntity, { id });
  }

  sessionsOf(userId: string): Promise<SessionEntity[]> {
    return this.company.subgraph.running.database.em.fork().find(SessionEntity, { userId }, { orderBy: { id: 'asc' } });
  }

  async stop(): Promise<void> {
    await this.company.subgraph.stop();
  }
}

/** Devices whose keys are good, by what they hold. */
export const goodDevices: readonly [string, () => TestDevice][] = [
  ['a native Ed25519 key', () => new NativeDevice('EDDSA')],
  ['a native P-256 key', () => new NativeDevice('ES256')],
  ['a native RSA key', () => new NativeDevice('PS256')],
  ['an Ed25519 passkey', () => new PasskeyDevice('EDDSA')],
  ['a P-256 passkey', () => new PasskeyDevice('ES256')],
  ['an RSA passkey', () => new PasskeyDevice('RS256')],
];

/** One of each kind, with another device beside it to take things from. */
export const eachKind: readonly [string, () => TestDevice][] = [
  ['a native key', () => new NativeDevice()],
  ['a passkey', () => new PasskeyDevice()],
];
