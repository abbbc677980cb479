import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { solveProofOfWork } from '../../../platform/ports/proof-of-work.js';
import { startTestSubgraph, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { OneTimeCodeEntity } from '../code/code.entity.js';
import { issueCode } from '../code/code.operations.js';
import { SessionEntity } from '../session/session.entity.js';
import { accounts } from '../subgraph.js';
import { hashPassword } from '../user/password.js';
import { UserEntity } from '../user/user.entity.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { TwoStepPeople, type TwoStepPerson } from './second-factor.fixture.js';

const fiveMinutesMs = 5 * 60_000;
const nothing = { accessToken: null, refreshToken: null, recoveryCodesLeft: null, user: null, challenge: null };
const refused = (field: string) => ({
  ...nothing,
  userErrors: [{ code: 'INVALID_CODE', field: [field], message: expect.any(String) }],
});
const wrongCode = refused('code');
const deadToken = refused('secondFactorToken');

describe('ACC-18 signing in with a second step', () => {
  let subgraph: TestSubgraph;
  let people: TwoStepPeople;

  beforeAll(async () => {
    subgraph = await startTestSubgraph(accounts);
    people = new TwoStepPeople(subgraph);
  });
  afterAll(() => subgraph.stop());

  const fork = () => subgraph.running.database.em.fork();
  const change = (person: TwoStepPerson, facts: Partial<UserEntity>) =>
    fork().nativeUpdate(UserEntity, { id: person.id }, facts);
  const sessionsOf = ({ id }: TwoStepPerson) =>
    fork().find(SessionEntity, { userId: id, method: 'SECOND_FACTOR' }, { orderBy: { id: 'asc' } });
  const nextStep = () => subgraph.clock.advance(30_000);
  const signIn = async (person: TwoStepPerson, code: string) => people.second(await people.firstStep(person), code);

  it('answers the second step with tokens, the person, and how many recovery codes are left', async () => {
    const person = await people.twoSteps();

    const { accessToken, refreshToken, ...rest } = await signIn(person, people.codeOf(person.secret));

    expect(rest).toEqual({
      recoveryCodesLeft: 10,
      user: { id: person.id, email: person.email },
      challenge: null,
      userErrors: [],
    });
    expect(accessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await sessionsOf(person)).toMatchObject([{ id: refreshToken.split('.')[0], deviceId: null }]);
  });

  it('ACC-24 binds the session to the device of the first step', async () => {
    const person = await people.twoSteps();

    await people.second(await people.firstStep(person, { deviceId: ' phone-1 ' }), people.codeOf(person.secret));

    expect(await sessionsOf(person)).toMatchObject([{ deviceId: 'phone-1' }]);
    expect((await people.login(person.email, { deviceId: 'x'.repeat(129) })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['deviceId'] },
    ]);
  });

  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('takes a code %i time steps away: %s', async (away, isGood) => {
    const person = await people.twoSteps();
    // Beyond the step that confirmed it, so that nothing but its distance stands against a code.
    for (let step = 0; step < 3; step += 1) nextStep();

    const answer = await signIn(person, people.codeOf(person.secret, away));

    expect([answer.accessToken !== null, (await sessionsOf(person)).length]).toEqual([isGood, isGood ? 1 : 0]);
    if (!isGood) expect(answer).toEqual(wrongCode);
  });

  it('takes a code once, and none of an earlier time step after it', async () => {
    const person = await people.twoSteps();
    nextStep();
    const [before, now, next] = [-1, 0, 1].map((away) => people.codeOf(person.secret, away));

    expect((await signIn(person, now ?? '')).userErrors).toEqual([]);
    expect(await signIn(person, now ?? '')).toEqual(wrongCode);
    expect(await signIn(person, before ?? '')).toEqual(wrongCode);
    expect((await signIn(person, next ?? '')).userErrors).toEqual([]);
  });

  it('does not take the code that confirmed it', async () => {
    const person = await people.person();
    const { secret } = await people.enable(person.viewer);
    const code = people.codeOf(secret);
    await people.confirm(person.viewer, code);

    expect(await people.second(await people.firstStep(person), code)).toEqual(wrongCode);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const person = await people.twoSteps();
    const [first = '', second = ''] = person.recoveryCodes;

    expect(await signIn(person, first)).toMatchObject({ recoveryCodesLeft: 9, userErrors: [] });
    expect(await signIn(person, first)).toEqual(wrongCode);
    expect(await signIn(person, ` ${second.toLowerCase().replace('-', ' ')} `)).toMatchObject({ recoveryCodesLeft: 8 });
    expect((await fork().findOneOrFail(SecondFactorEntity, { userId: person.id })).recoveryKeys).toHaveLength(8);
  });

  it('takes no codes of somebody else', async () => {
    const [ann, ben] = [await people.twoSteps(), await people.twoSteps()];

    expect(await signIn(ann, people.codeOf(ben.secret))).toEqual(wrongCode);
    expect(await signIn(ann, ben.recoveryCodes[0] ?? '')).toEqual(wrongCode);
    expect(await sessionsOf(ann)).toEqual([]);
    expect((await signIn(ben, ben.recoveryCodes[0] ?? '')).userErrors).toEqual([]);
  });

  it('S18 leaves the token good after a wrong code, and dead after five', async () => {
    const person = await people.twoSteps();
    const patient = await people.firstStep(person);
    for (let guess = 0; guess < 4; guess += 1)
      expect(await people.second(patient, people.wrongCodeOf(person.secret))).toEqual(wrongCode);
    expect((await people.second(patient, people.codeOf(person.secret))).userErrors).toEqual([]);
    nextStep();

    const hasty = await people.firstStep(person);
    for (let guess = 0; guess < 5; guess += 1)
      expect(await people.second(hasty, people.wrongCodeOf(person.secret))).toEqual(wrongCode);

    expect(await people.second(hasty, people.codeOf(person.secret))).toEqual(deadToken);
    expect(await sessionsOf(person)).toHaveLength(1);
  });

  it('S18 S10 counts guesses that come at once', async () => {
    const person = await people.twoSteps();
    const token = await people.firstStep(person);

    const answers = await Promise.all(
      Array.from({ length: 12 }, () => people.second(token, people.wrongCodeOf(person.secret))),
    );

    const fields = answers.map(({ userErrors }) => userErrors[0].field[0]);
    expect(fields.filter((field) => field === 'code')).toHaveLength(5);
    expect(fields.filter((field) => field === 'secondFactorToken')).toHaveLength(7);
  });

  it('S18 takes a token for five minutes, once, and only the last one', async () => {
    const person = await people.twoSteps();
    const late = await people.firstStep(person);
    subgraph.clock.advance(fiveMinutesMs);
    expect(await people.second(late, people.codeOf(person.secret))).toEqual(deadToken);

    const replaced = await people.firstStep(person);
    const last = await people.firstStep(person);
    subgraph.clock.advance(fiveMinutesMs - 1);
    expect(await people.second(replaced, people.codeOf(person.secret))).toEqual(deadToken);
    expect((await people.second(last, people.codeOf(person.secret))).userErrors).toEqual([]);
    nextStep();
    expect(await people.second(last, people.codeOf(person.secret))).toEqual(deadToken);
  });

  it('S18 answers tokens that are not good alike: of nobody, altered, of another purpose, of somebody else’s secret', async () => {
    const [ann, ben] = [await people.twoSteps(), await people.twoSteps()];
    const [token, other] = [await people.firstStep(ann), await people.firstStep(ben)];
    const context = subgraph.running.systemContext();
    const reset = await context.unitOfWork((em) =>
      issueCode(context, em, { userId: ann.id, purpose: 'PASSWORD_RESET' }),
    );
    const last = token.endsWith('A') ? 'B' : 'A';
    const mixed = `${token.split('.')[0]}.${other.split('.')[1]}`;
    const tokens = [
      '',
      'x',
      'otc_01KAJ9Z0000000000000000000.'.padEnd(73, 'x'),
      `${token.slice(0, -1)}${last}`,
      mixed,
      reset.token,
    ];

    for (const bad of tokens) expect(await people.second(bad, people.codeOf(ann.secret))).toEqual(deadToken);
    expect((await people.second(token, people.codeOf(ann.secret))).userErrors).toEqual([]);
    expect(await sessionsOf(ben)).toEqual([]);
  });

  it('S18 ends with the first step it follows: whoever is sent away or changes the password begins again', async () => {
    const [away, changed] = [await people.twoSteps(), await people.twoSteps()];
    const tokens = [await people.firstStep(away), await people.firstStep(changed)];
    await change(away, { isActive: false });
    await change(changed, { passwordHash: await hashPassword('another horse battery') });

    expect(await people.second(tokens[0] ?? '', people.codeOf(away.secret))).toEqual(deadToken);
    expect(await people.second(tokens[1] ?? '', people.codeOf(changed.secret))).toEqual(deadToken);
    expect([await sessionsOf(away), await sessionsOf(changed)]).toEqual([[], []]);
  });

  it.each([
    ['of the app', ({ secret }: TwoStepPerson) => people.codeOf(secret)],
    ['for recovery', ({ recoveryCodes }: TwoStepPerson) => recoveryCodes[0] ?? ''],
  ])('lets exactly one of many in who come with one token and one code %s', async (_what, codeOf) => {
    for (let round = 0; round < 3; round += 1) {
      const person = await people.twoSteps();
      const token = await people.firstStep(person);

      const answers = await Promise.all(Array.from({ length: 8 }, () => people.second(token, codeOf(person))));

      expect(answers.filter(({ accessToken }) => accessToken)).toHaveLength(1);
      expect(await sessionsOf(person)).toHaveLength(1);
    }
  });

  it('lets exactly one of many in who sign in from the start with one code', async () => {
    for (let round = 0; round < 3; round += 1) {
      const person = await people.twoSteps();
      const code = people.codeOf(person.secret);

      await Promise.all(Array.from({ length: 4 }, () => signIn(person, code)));

      // Each first step kills the token of the one before it, so perhaps nobody has used the code yet.
      await signIn(person, code);
      expect(await sessionsOf(person)).toHaveLength(1);
    }
  });

  it('S25 keeps tokens and codes out of tables and events', async () => {
    const person = await people.twoSteps();
    const [token, code] = [await people.firstStep(person), people.codeOf(person.secret)];
    const stored = JSON.stringify([await fork().find(OneTimeCodeEntity, {}), await fork().find(OutboxEventEntity, {})]);
    await people.second(token, code);

    expect(stored).toContain(token.split('.')[0]);
    expect(stored).not.toContain(token.split('.')[1]);
    expect(JSON.stringify(await fork().find(OutboxEventEntity, {}))).not.toMatch(
      new RegExp(`${code}|${person.secret}|${token}|${person.recoveryCodes.join('|')}`),
    );
  });
});

describe('S10 ACC-26 guesses at the second step', () => {
  let subgraph: TestSubgraph;
  let people: TwoStepPeople;
  beforeAll(async () => {
    subgraph = await startTestSubgraph(accounts, '2026-03-14T12:00:00.000Z', { generosity: 1 });
    people = new TwoStepPeople(subgraph);
  });
  afterAll(() => subgraph.stop());

  it('ask for a challenge after three, are five a minute however many tokens there are, and name the person', async () => {
    // Confirming used up one of the five.
    const person = await people.twoSteps();
    const token = await people.firstStep(person);
    for (let guess = 0; guess < 3; guess += 1)
      expect(await people.second(token, people.wrongCodeOf(person.secret))).toEqual(wrongCode);

    const asked = await people.second(token, people.codeOf(person.secret));
    const limited = await people.second(token, people.codeOf(person.secret));

    expect(asked).toMatchObject({
      accessToken: null,
      challenge: { kind: 'PROOF_OF_WORK' },
      userErrors: [{ code: 'CHALLENGE_REQUIRED' }],
    });
    expect(limited).toEqual({ error: 'RATE_LIMITED' });
    expect((await people.login(person.email)).userErrors).toMatchObject([{ code: 'CHALLENGE_REQUIRED' }]);
    const other = await people.twoSteps();
    expect((await people.second(await people.firstStep(other), people.codeOf(other.secret))).userErrors).toEqual([]);
  });

  it('are taken with the solution of the challenge, and forgotten once one was right', async () => {
    const person = await people.twoSteps();
    const token = await people.firstStep(person);
    for (let guess = 0; guess < 2; guess += 1) await people.second(token, people.wrongCodeOf(person.secret));
    // The third failure is the password's: both steps count together.
    await people.login(person.email, { password: 'not the password' });
    const { challenge } = await people.second(token, people.codeOf(person.secret));

    const challengeResponse = solveProofOfWork(challenge.token, challenge.difficulty);
    const answer = await people.second(token, people.codeOf(person.secret), { challengeResponse });

    expect(answer).toMatchObject({ accessToken: expect.any(String), challenge: null, userErrors: [] });
    expect((await people.login(person.email)).userErrors).toEqual([]);
  });
});
