import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { anonymous } from '../../../platform/domain/viewer.js';
import { startTestSubgraph, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { SessionEntity } from '../session/session.entity.js';
import { accounts } from '../subgraph.js';
import { passwordsWorkedOn } from '../user/password.js';
import { UserEntity } from '../user/user.entity.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { TwoStepPeople, type TestPerson } from './second-factor.fixture.js';
import { setupMs } from './second-factor.rules.js';

let subgraph: TestSubgraph;
let people: TwoStepPeople;

const fork = () => subgraph.running.database.em.fork();
const factorOf = ({ id }: TestPerson) => fork().findOne(SecondFactorEntity, { userId: id });
const changesOf = ({ id }: TestPerson) =>
  fork().find(OutboxEventEntity, { type: 'second-factor.changed', aggregateId: id }, { orderBy: { id: 'asc' } });
const rowsOf = async ({ id }: TestPerson) => ({
  factor: await factorOf({ id } as TestPerson),
  user: await fork().findOne(UserEntity, { id }),
  open: await fork().count(SessionEntity, { userId: id, revokedAt: null }),
  events: await fork().count(OutboxEventEntity, {}),
});
const failure = (code: string, field: string | null) =>
  expect.objectContaining({ userErrors: [expect.objectContaining({ code, field: field && [field] })] });

beforeAll(async () => {
  subgraph = await startTestSubgraph(accounts);
  people = new TwoStepPeople(subgraph);
});
afterAll(() => subgraph.stop());

describe('ACC-18 setting up a second step', () => {
  it('tells the secret once, and asks for nothing until it is confirmed', async () => {
    const person = await people.person();

    const setup = await people.enable(person.viewer);

    expect(setup).toEqual({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      otpauthUri: expect.stringContaining(`secret=${setup.secret}&algorithm=SHA1&digits=6&period=30`),
      userErrors: [],
    });
    expect(setup.otpauthUri).toContain(encodeURIComponent(person.email));
    expect(await people.login(person.email)).toMatchObject({
      accessToken: expect.any(String),
      secondFactorToken: null,
    });
    expect(await changesOf(person)).toEqual([]);
  });

  it('S17 is not confirmed by a session that has ended since', async () => {
    const person = await people.person();
    const { secret } = await people.enable(person.viewer);
    await fork().nativeUpdate(
      SessionEntity,
      { id: person.viewer.sessionId ?? '' },
      { revokedAt: subgraph.clock.now() },
    );

    expect(await people.confirm(person.viewer, people.codeOf(secret))).toMatchObject({
      user: null,
      userErrors: [{ code: 'TOKEN_REVOKED' }],
    });
  });

  it('is confirmed by a code, told ten recovery codes once, and ends the other sessions', async () => {
    const person = await people.person();
    await people.login(person.email);
    const { secret } = await people.enable(person.viewer);

    const { recoveryCodes, ...rest } = await people.confirm(person.viewer, people.codeOf(secret));

    expect(rest).toEqual({ user: { id: person.id, isTotpEnabled: true }, userErrors: [] });
    expect(new Set(recoveryCodes).size).toBe(10);
    const sessions = await fork().find(SessionEntity, { userId: person.id });
    expect(sessions.map(({ id, revokedAt }) => [id === person.viewer.sessionId, revokedAt !== null])).toEqual(
      expect.arrayContaining([
        [true, false],
        [false, true],
      ]),
    );
    expect(sessions).toHaveLength(2);
    expect(await changesOf(person)).toMatchObject([{ payload: { isEnabled: true }, reason: 'CONFIRMED' }]);
    expect(await people.login(person.email)).toMatchObject({
      accessToken: null,
      refreshToken: null,
      user: null,
      secondFactorToken: expect.stringMatching(/^otc_/),
    });
  });

  it('keeps the secret sealed and the recovery codes as nothing but hashes', async () => {
    const { secret, recoveryCodes, ...person } = await people.twoSteps();

    const stored = JSON.stringify([await factorOf(person), await fork().find(OutboxEventEntity, {})]);

    expect(stored).toContain('"secret":"v1.');
    expect(stored).not.toContain(secret);
    for (const code of recoveryCodes)
      for (const form of [code, code.replace('-', '')]) expect(stored).not.toContain(form);
  });

  it.each([[-1], [1]])('is confirmed by a code %i time step away', async (away) => {
    const person = await people.person();
    const { secret } = await people.enable(person.viewer);

    expect((await people.confirm(person.viewer, people.codeOf(secret, away))).userErrors).toEqual([]);
  });

  it.each([
    ['two time steps early', (secret: string) => people.codeOf(secret, -2)],
    ['two time steps late', (secret: string) => people.codeOf(secret, 2)],
    ['that is wrong', (secret: string) => people.wrongCodeOf(secret)],
    ['that is none', () => 'abc'],
    ['of more digits', (secret: string) => `${people.codeOf(secret)}0`],
  ])('is not confirmed by a code %s', async (_what, codeOf) => {
    const person = await people.person();
    const { secret } = await people.enable(person.viewer);
    const before = await rowsOf(person);

    expect(await people.confirm(person.viewer, codeOf(secret))).toEqual(failure('INVALID_CODE', 'code'));
    expect(await rowsOf(person)).toEqual(before);
  });

  it('needs the password anew', async () => {
    const person = await people.person();

    expect(await people.enable(person.viewer, 'not the password')).toEqual(failure('INVALID_CREDENTIALS', 'password'));
    expect(await factorOf(person)).toBeNull();
  });

  it('begins anew with another secret, and the one before is not good any longer', async () => {
    const person = await people.person();
    const first = await people.enable(person.viewer);
    const second = await people.enable(person.viewer);

    expect(await people.confirm(person.viewer, people.codeOf(first.secret))).toEqual(failure('INVALID_CODE', 'code'));
    expect((await people.confirm(person.viewer, people.codeOf(second.secret))).userErrors).toEqual([]);
  });

  it('is confirmed within a quarter of an hour or not at all', async () => {
    const [quick, slow] = [await people.person(), await people.person()];
    const secrets = [await people.enable(quick.viewer), await people.enable(slow.viewer)].map(({ secret }) => secret);

    subgraph.clock.advance(setupMs - 1);
    const inTime = await people.confirm(quick.viewer, people.codeOf(secrets[0]));
    subgraph.clock.advance(1);
    const late = await people.confirm(slow.viewer, people.codeOf(secrets[1]));

    expect(inTime.userErrors).toEqual([]);
    expect(late).toEqual(failure('INVALID_STATE', null));
  });

  it('is not done twice, and nothing is confirmed that was not begun', async () => {
    const [with2, without] = [await people.twoSteps(), await people.person()];
    const before = await rowsOf(with2);

    expect(await people.enable(with2.viewer)).toEqual(failure('INVALID_STATE', null));
    expect(await people.confirm(with2.viewer, people.codeOf(with2.secret))).toEqual(failure('INVALID_STATE', null));
    expect(await people.confirm(without.viewer, '123456')).toEqual(failure('INVALID_STATE', null));
    expect(await rowsOf(with2)).toEqual(before);
  });

  it('is for those who are signed in', async () => {
    const answers = [
      people.enable(anonymous),
      people.confirm(anonymous, '123456'),
      people.disable(anonymous, '123456'),
    ];

    expect(await Promise.all(answers)).toEqual(Array(3).fill({ error: 'UNAUTHENTICATED' }));
  });

  it('tells the codes of one when two confirm at once', async () => {
    const person = await people.person();
    const { secret } = await people.enable(person.viewer);

    const answers = await Promise.all(
      Array.from({ length: 6 }, () => people.confirm(person.viewer, people.codeOf(secret))),
    );

    expect(answers.filter(({ recoveryCodes }) => recoveryCodes)).toHaveLength(1);
    expect(await changesOf(person)).toHaveLength(1);
  });
});

describe('ACC-18 doing without a second step', () => {
  it.each([
    ['a code of the app', ({ secret }: { secret: string }) => people.codeOf(secret)],
    ['a recovery code', ({ recoveryCodes }: { recoveryCodes: readonly string[] }) => recoveryCodes[3] ?? ''],
  ])('takes the password and %s', async (_what, codeOf) => {
    const person = await people.twoSteps();

    const answer = await people.disable(person.viewer, codeOf(person));

    expect(answer).toEqual({ user: { id: person.id, isTotpEnabled: false }, userErrors: [] });
    expect(await factorOf(person)).toBeNull();
    expect(await changesOf(person)).toMatchObject([{ reason: 'CONFIRMED' }, { reason: 'DISABLED' }]);
    expect((await people.login(person.email)).accessToken).toEqual(expect.any(String));
  });

  it('takes neither alone', async () => {
    const person = await people.twoSteps();
    const before = await rowsOf(person);

    const answers = [
      await people.disable(person.viewer, people.codeOf(person.secret), 'not the password'),
      await people.disable(person.viewer, people.wrongCodeOf(person.secret)),
    ];

    expect(answers).toEqual([failure('INVALID_CREDENTIALS', 'password'), failure('INVALID_CODE', 'code')]);
    expect(await rowsOf(person)).toEqual(before);
  });

  it('takes no code that was used to sign in, nor one of somebody else', async () => {
    const [person, other] = [await people.twoSteps(), await people.twoSteps()];
    const code = people.codeOf(person.secret);
    expect((await people.second(await people.firstStep(person), code)).userErrors).toEqual([]);

    expect(await people.disable(person.viewer, code)).toEqual(failure('INVALID_CODE', 'code'));
    expect(await people.disable(person.viewer, other.recoveryCodes[0] ?? '')).toEqual(failure('INVALID_CODE', 'code'));
  });

  it('is nothing for those who have none, and a token from before is dead', async () => {
    const [person, without] = [await people.twoSteps(), await people.person()];
    const token = await people.firstStep(person);
    await people.disable(person.viewer, people.codeOf(person.secret));
    subgraph.clock.advance(30_000);

    expect(await people.disable(without.viewer, '123456')).toEqual(failure('INVALID_STATE', null));
    expect(await people.second(token, people.codeOf(person.secret))).toEqual(
      failure('INVALID_CODE', 'secondFactorToken'),
    );
  });
});

describe('ACC-18 S10 proofs of a second step', () => {
  let strict: TestSubgraph;
  beforeAll(async () => (strict = await startTestSubgraph(accounts, '2026-03-14T12:00:00.000Z', { generosity: 1 })));
  afterAll(() => strict.stop());

  it('are five a minute, the right one included, and the sixth costs no hash', async () => {
    const limited = new TwoStepPeople(strict);
    const [confirming, disabling] = [await limited.person(), await limited.twoSteps()];
    const { secret } = await limited.enable(confirming.viewer);
    for (let guess = 0; guess < 5; guess += 1)
      expect(await limited.confirm(confirming.viewer, limited.wrongCodeOf(secret))).toEqual(
        failure('INVALID_CODE', 'code'),
      );
    // One was used up when it was confirmed.
    for (let guess = 0; guess < 4; guess += 1)
      await limited.disable(disabling.viewer, limited.wrongCodeOf(disabling.secret), 'not the password');
    const works = passwordsWorkedOn();

    expect(await limited.confirm(confirming.viewer, limited.codeOf(secret))).toEqual({ error: 'RATE_LIMITED' });
    expect(await limited.disable(disabling.viewer, limited.codeOf(disabling.secret))).toEqual({
      error: 'RATE_LIMITED',
    });
    expect(passwordsWorkedOn()).toBe(works);
  });
});
