import { anonymous } from '../../../platform/domain/viewer.js';
import { startTestSubgraph, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { errorCode } from '../accounts.fixture.js';
import { accounts } from '../subgraph.js';
import { DeviceChallengeEntity } from './device-challenge.entity.js';
import { forgetDeviceChallenges } from './device-challenge.jobs.js';
import { eachKind, People } from './device.fixture.js';
import { NativeDevice } from './native-device.fixture.js';
import { PasskeyDevice } from './passkey-device.fixture.js';

const CHALLENGE = `mutation ($input: DeviceChallengeInput!) { deviceChallenge(input: $input) {
  challengeId challenge expiresAt rpId credentialIds algorithms userHandle userErrors { code } } }`;

describe('deviceChallenge', () => {
  let people: People;

  beforeAll(async () => (people = await People.open()));
  afterAll(() => people.stop());

  const ask = (deviceId: string) => people.payload(anonymous, 'deviceChallenge', { deviceId, purpose: 'LOGIN' });
  const alike = ({ credentialIds, ...answer }: any) => ({
    ...answer,
    challengeId: answer.challengeId.replace(/_\w+/, '_…'),
    challenge: Buffer.from(answer.challenge, 'base64url').length,
    credentialIds: credentialIds.length,
  });

  it('S19 ACC-20 answers known and unknown devices alike, and takes as many statements', async () => {
    const [native, passkey, gone] = [new NativeDevice(), new PasskeyDevice(), new PasskeyDevice()];
    await people.withDevice(native);
    await people.withDevice(passkey);
    const person = await people.withDevice(gone);
    await people.payload(person.viewer, 'revokeDeviceKey', { id: person.keyId });
    const answers: unknown[] = [];
    const statements: number[] = [];

    for (const deviceId of [native.deviceId, passkey.deviceId, gone.deviceId, 'nobody has this one']) {
      let answer: unknown;
      statements.push(await people.company.statementsOf(async () => (answer = await ask(deviceId))));
      answers.push(alike(answer));
    }

    expect(new Set(statements).size).toBe(1);
    expect(answers).toEqual(
      Array(4).fill({
        challengeId: 'dch_…',
        challenge: 32,
        expiresAt: new Date(people.company.subgraph.clock.now().getTime() + 180_000).toISOString(),
        rpId: 'localhost',
        credentialIds: 4,
        algorithms: [-8, -7, -257],
        userHandle: null,
        userErrors: [],
      }),
    );
  });

  it('S19 names the passkey of a device among ids that are made up, the same ones at every call', async () => {
    const device = new PasskeyDevice();
    await people.withDevice(device);

    const known = [await ask(device.deviceId), await ask(device.deviceId)];
    const unknown = [await ask('an unknown device'), await ask('an unknown device'), await ask('another')];

    expect(known[0].credentialIds).toContain(device.credentialId.toString('base64url'));
    expect(known[0].credentialIds).toEqual(known[1].credentialIds);
    expect(unknown[0].credentialIds).toEqual(unknown[1].credentialIds);
    expect(unknown[0].credentialIds).not.toEqual(unknown[2].credentialIds);
    expect(new Set(unknown[0].credentialIds).size).toBe(4);
    expect(unknown[0].challenge).not.toBe(unknown[1].challenge);
  });

  it('names to somebody who registers what they have, so that no authenticator holds two', async () => {
    const device = new PasskeyDevice();
    const person = await people.withDevice(device);

    const told = await people.payload(person.viewer, 'deviceChallenge', { deviceId: 'next', purpose: 'REGISTER' });

    expect(told.credentialIds).toEqual([device.credentialId.toString('base64url')]);
    expect(Buffer.from(told.userHandle, 'base64url').toString()).toBe(person.id);
  });

  it('serves several people of one device', async () => {
    const [one, two] = [new PasskeyDevice('ES256', 'till'), new PasskeyDevice('ES256', 'till')];
    const [ann, ben] = [await people.withDevice(one), await people.withDevice(two)];

    const told = await ask('till');

    expect(told.credentialIds).toEqual(
      expect.arrayContaining([one, two].map(({ credentialId }) => credentialId.toString('base64url'))),
    );
    expect((await people.login(one)).user).toEqual({ id: ann.id });
    expect((await people.login(two)).user).toEqual({ id: ben.id });
  });

  it('is forgotten by the hourly job once nobody can answer it', async () => {
    const em = () => people.company.subgraph.running.database.em.fork();
    await ask('somebody');
    people.company.subgraph.clock.advance(180_000);
    const { challengeId } = await ask('somebody');
    const context = people.company.subgraph.running.systemContext();
    const job = { id: 'job_1', attempt: 1, context, signal: new AbortController().signal, checkpoint: null };

    const effect = await forgetDeviceChallenges.run({ ...job, save: async () => {} }, {});
    await context.unitOfWork(effect);

    expect((await em().find(DeviceChallengeEntity, {})).map(({ id }) => id)).toEqual([challengeId]);
  });

  it('refuses a device without a name or with too long a one', async () => {
    for (const deviceId of ['', '   ', 'x'.repeat(129), 'line\nbreak'])
      expect((await ask(deviceId)).userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['deviceId'] }]);
  });
});

describe('S10 ACC-20 limits of devices', () => {
  let subgraph: TestSubgraph;

  beforeAll(async () => (subgraph = await startTestSubgraph(accounts, undefined, { generosity: 1 })));
  afterAll(() => subgraph.stop());

  const LOGIN = `mutation ($input: LoginWithDeviceKeyInput!) { loginWithDeviceKey(input: $input) { userErrors { code } } }`;
  const challengesFrom = (address: string, deviceId: string) =>
    subgraph.from('test', address).run(anonymous, CHALLENGE, { input: { deviceId, purpose: 'LOGIN' } });
  const loginsFrom = (address: string, deviceId: string) =>
    subgraph.from('test', address).run(anonymous, LOGIN, { input: { deviceId, challengeId: 'dch_1' } });
  const limited = async (answers: Promise<object>[]) =>
    (await Promise.all(answers)).filter((answer) => errorCode(answer) === 'RATE_LIMITED').length;

  it('are twenty challenges a minute, of an address and of a device', async () => {
    const many = Array.from({ length: 30 }, (_, index) => index);

    expect(await limited(many.map((index) => challengesFrom('198.51.100.1', `phone ${index}`)))).toBe(10);
    expect(await limited(many.map((index) => challengesFrom(`198.51.101.${index}`, 'one phone')))).toBe(10);
  });

  it('are ten answers a minute, of an address and of a device', async () => {
    const many = Array.from({ length: 30 }, (_, index) => index);

    expect(await limited(many.map((index) => loginsFrom('198.51.100.2', `phone ${index}`)))).toBe(20);
    expect(await limited(many.map((index) => loginsFrom(`198.51.102.${index}`, 'one phone')))).toBe(20);
  });
});

describe('S10 ACC-15 proofs of the password at an enrolment', () => {
  let people: People;

  beforeAll(async () => (people = await People.open({ generosity: 1 })));
  afterAll(() => people.stop());

  it.each(eachKind.slice(0, 1))('are five a minute of one person', async (_what, make) => {
    const person = await people.hire('CUSTOMER');
    const device = make();
    const input = { ...device.registration({ challengeId: 'dch_1', challenge: 'A'.repeat(43) }), password: 'wrong' };

    const answers = await Promise.all(
      Array.from({ length: 12 }, () => people.send(person.viewer, 'registerDeviceKey', input)),
    );

    expect(answers.filter((answer) => errorCode(answer) === 'RATE_LIMITED')).toHaveLength(7);
  });
});
