import { anonymous } from '../../../platform/domain/viewer.js';
import { addressKey } from '../../../platform/limits/limit-keys.js';
import { solveProofOfWork } from '../../../platform/ports/proof-of-work.js';
import { openCuttableWay } from '../../../platform/events/redis-stream.fixture.js';
import { startTestSubgraph, type Answer, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { isRealServers, makeTestPlace, testServers } from '../../../tests/harness/target.js';
import { administrator, password } from '../accounts.fixture.js';
import { accounts } from '../subgraph.js';
import { passwordsWorkedOn } from '../user/password.js';
import { loginLimit } from './limit.rules.js';

const CREATE_BRAND = 'mutation ($input: CreateBrandInput!) { createBrand(input: $input) { brand { id } } }';
const CREATE_USER = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }';
const PAYLOAD = 'accessToken user { id } challenge { kind siteKey token difficulty } userErrors { code message field }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { ${PAYLOAD} } }`;
const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code } } }';
const wrong = 'not the password at all';

let subgraph: TestSubgraph;
let brandId: string;
let people = 0;
let machines = 0;

const mustHave = async (document: string, input: object) => {
  const { data, errors } = await subgraph.run(administrator, document, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data ?? {};
};

/** Somebody new who can sign in. */
const somebody = async () => {
  people += 1;
  const email = `person${people}@example.com`;
  await mustHave(CREATE_USER, { email, name: 'Somebody', password, role: 'WAITER', brandId });
  return email;
};

/** An address nobody has come from. */
const elsewhere = () => {
  machines += 1;
  return `198.51.${machines >> 8}.${machines & 255}`;
};

const login = (input: object, address = elsewhere()): Promise<Answer> =>
  subgraph.from('test', address).run(anonymous, LOGIN, { input });

const outcomeOf = ({ data, errors }: Answer): string =>
  errors?.[0] ? String(errors[0].extensions['code']) : (data?.['login'].userErrors[0]?.code ?? 'SIGNED_IN');

const tally = (answers: readonly Answer[]) => {
  const outcomes = answers.map(outcomeOf);
  return Object.fromEntries([...new Set(outcomes)].map((key) => [key, outcomes.filter((each) => each === key).length]));
};

const worksOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = passwordsWorkedOn();
  await work();
  return passwordsWorkedOn() - before;
};

beforeAll(async () => {
  subgraph = await startTestSubgraph(accounts, '2026-03-14T12:00:00.000Z', { generosity: 1 });
  brandId = (await mustHave(CREATE_BRAND, { name: 'Ours' }))['createBrand'].brand.id;
});
afterAll(() => subgraph.stop());

describe('ACC-25 S10 sign-ins', () => {
  it('are five a minute from one address, and the sixth is not even tried with the right password', async () => {
    const here = elsewhere();
    const names = await Promise.all(Array.from({ length: 6 }, somebody));
    let answers: Answer[] = [];

    const works = await worksOf(async () => {
      for (const identifier of names) answers = [...answers, await login({ identifier, password }, here)];
    });

    expect(tally(answers)).toEqual({ SIGNED_IN: 5, RATE_LIMITED: 1 });
    const refusal = answers[5];
    expect(refusal?.data).toBeNull();
    expect(refusal?.errors?.[0]?.extensions['retryAfter']).toBeGreaterThan(0);
    expect(refusal?.errors?.[0]?.extensions['retryAfter']).toBeLessThanOrEqual(60);
    expect(works).toBe(5);
    expect(tally([await login({ identifier: names[5], password })])).toEqual({ SIGNED_IN: 1 });
  });

  it('are five a minute under one name, however it is spelt and from however many addresses', async () => {
    const identifier = await somebody();
    const spellings = [identifier, identifier.toUpperCase(), ` ${identifier} `];
    let answers: Answer[] = [];

    const works = await worksOf(async () => {
      answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) => login({ identifier: spellings[index % 3], password: wrong })),
      );
    });

    const { RATE_LIMITED, ...tried } = tally(answers);
    expect(RATE_LIMITED).toBe(55);
    expect(Object.values(tried).reduce((sum, count) => sum + count)).toBe(5);
    expect(works).toBeLessThanOrEqual(5);
  });

  it('count one by one when one document holds many', async () => {
    const here = elsewhere();
    const aliases = Array.from(
      { length: 30 },
      (_, index) => `a${index}: login(input: { identifier: "guess${index}", password: "${wrong}" }) { ${PAYLOAD} }`,
    );
    let answer: Answer | null = null;

    const works = await worksOf(async () => {
      answer = await subgraph.from('test', here).run(anonymous, `mutation { ${aliases.join(' ')} }`);
    });

    expect(answer).toMatchObject({ data: null, errors: [{ path: ['a5'], extensions: { code: 'RATE_LIMITED' } }] });
    expect(works).toBe(5);
  });

  it('count the whole /64 of an IPv6 address', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        login({ identifier: `six${index}`, password: wrong }, `2001:db8:7:7::${index.toString(16)}`),
      ),
    );

    expect(tally(answers)).toEqual({ INVALID_CREDENTIALS: 5, RATE_LIMITED: 15 });
    expect(tally([await login({ identifier: 'six', password: wrong }, '2001:db8:7:8::1')])).toEqual({
      INVALID_CREDENTIALS: 1,
    });
  });
});

describe('ACC-25 new accounts', () => {
  it('are three a minute from one address, and the fourth costs no hash', async () => {
    const here = elsewhere();
    let answers: Answer[] = [];

    const works = await worksOf(async () => {
      answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const input = { email: `new${index}@example.com`, name: 'New', password };
          return subgraph.from('test', here).run(anonymous, REGISTER, { input });
        }),
      );
    });

    const limited = answers.filter(({ errors }) => errors?.[0]?.extensions['code'] === 'RATE_LIMITED');
    expect([limited.length, answers.filter(({ data }) => data?.['register'].user).length, works]).toEqual([7, 3, 3]);
  });

  it('are not counted, and cost no hash, while the form is mistyped', async () => {
    const here = elsewhere();
    const register = (input: object) =>
      subgraph.from('test', here).run(anonymous, REGISTER, {
        input: { email: 'mistyped@example.com', name: 'New', password, ...input },
      });
    const mistyped = [{ password: 'short' }, { name: ' ' }, { phone: '12' }, { username: 'a b' }, { locale: 'x y' }];
    let codes: unknown[] = [];

    const works = await worksOf(async () => {
      for (const input of mistyped) codes = [...codes, (await register(input)).data?.['register'].userErrors[0].code];
    });

    expect([codes, works]).toEqual([['PASSWORD_TOO_WEAK', ...Array(4).fill('INVALID_INPUT')], 0]);
    expect((await register({})).data?.['register'].userErrors).toEqual([]);
  });
});

describe('ACC-25 an address that is registered', () => {
  it('is so three times a minute, from however many machines and however it is spelt', async () => {
    const spellings = ['often@example.com', 'OFTEN@example.com', 'Often@Example.com'];
    const answers = [];
    for (let time = 0; time < 5; time += 1) {
      const input = { email: spellings[time % 3], name: 'Often', password };
      answers.push(await subgraph.from('test', elsewhere()).run(anonymous, REGISTER, { input }));
    }

    expect(answers.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'ANSWERED')).toEqual([
      ...Array(3).fill('ANSWERED'),
      ...Array(2).fill('RATE_LIMITED'),
    ]);
  });
});

describe('ACC-26 repeated failures', () => {
  const failed = async (identifier: string) => {
    for (let failure = 0; failure < 3; failure += 1)
      expect(outcomeOf(await login({ identifier, password: wrong }))).toBe('INVALID_CREDENTIALS');
  };
  const challengeOf = ({ data }: Answer) => data?.['login'].challenge;

  it('ask for a challenge before any password is looked at, and the solution opens the door once', async () => {
    const [ann, ben] = [await somebody(), await somebody()];
    await failed(ann);
    let asked: Answer | null = null;

    expect(await worksOf(async () => (asked = await login({ identifier: ann, password })))).toBe(0);

    expect(asked).toEqual({
      data: {
        login: {
          accessToken: null,
          user: null,
          challenge: { kind: 'PROOF_OF_WORK', siteKey: null, token: expect.any(String), difficulty: 8 },
          userErrors: [{ code: 'CHALLENGE_REQUIRED', message: expect.any(String), field: ['challengeResponse'] }],
        },
      },
    });
    const { token, difficulty } = challengeOf(asked ?? {});
    const challengeResponse = solveProofOfWork(token, difficulty);
    expect(outcomeOf(await login({ identifier: ann, password, challengeResponse }))).toBe('SIGNED_IN');
    await failed(ben);
    expect(outcomeOf(await login({ identifier: ben, password, challengeResponse }))).toBe('CHALLENGE_REQUIRED');
  });

  it('are forgotten by a sign-in', async () => {
    const identifier = await somebody();
    for (const given of [wrong, wrong, password, wrong])
      expect(outcomeOf(await login({ identifier, password: given }))).toMatch(/INVALID_CREDENTIALS|SIGNED_IN/);

    expect(outcomeOf(await login({ identifier, password }))).toBe('SIGNED_IN');
  });

  it('with a solution still are failures', async () => {
    const identifier = await somebody();
    await failed(identifier);
    const { token, difficulty } = challengeOf(await login({ identifier, password: wrong }));

    const challengeResponse = solveProofOfWork(token, difficulty);

    expect(outcomeOf(await login({ identifier, password: wrong, challengeResponse }))).toBe('INVALID_CREDENTIALS');
  });

  it.each([
    ['empty', () => ''],
    ['somebody’s nonsense', () => 'nonsense'],
    ['unsolved', (token: string) => token],
    ['computed for another token', (token: string) => solveProofOfWork(token.replace(/^./, '9'), 8)],
  ])('are not excused by a solution that is %s', async (_what, solve) => {
    const identifier = await somebody();
    await failed(identifier);
    const { token } = challengeOf(await login({ identifier, password }));

    const answer = await login({ identifier, password, challengeResponse: solve(token) });

    expect([outcomeOf(answer), challengeOf(answer).token === token]).toEqual(['CHALLENGE_REQUIRED', false]);
  });

  it('from one address ask all names from there', async () => {
    const here = elsewhere();
    const identifier = await somebody();
    const { limits } = subgraph.running.systemContext();
    for (let failure = 0; failure < 10; failure += 1) {
      // Ten do not fit into the five of a minute, and windows are of real time.
      await limits.forget(loginLimit, [addressKey(here)]);
      expect(outcomeOf(await login({ identifier: `nobody${failure}`, password: wrong }, here))).toBe(
        'INVALID_CREDENTIALS',
      );
    }
    await limits.forget(loginLimit, [addressKey(here)]);

    expect(outcomeOf(await login({ identifier, password }, here))).toBe('CHALLENGE_REQUIRED');
    expect(outcomeOf(await login({ identifier, password }))).toBe('SIGNED_IN');
  });
});

if (isRealServers()) {
  describe('F3 sign-ins without Redis', () => {
    it('go on within a stricter limit of this process, and cost nothing beyond it', async () => {
      const way = await openCuttableWay(testServers().redisUrl);
      const place = makeTestPlace();
      const away = await startTestSubgraph(accounts, '2026-03-14T12:00:00.000Z', {
        generosity: 1,
        place: { ...place, redisUrl: way.url },
      });
      const guess = () => away.run(anonymous, LOGIN, { input: { identifier: 'ann@example.com', password: wrong } });
      await way.cut();
      let answers: Answer[] = [];

      const works = await worksOf(async () => (answers = await Promise.all(Array.from({ length: 100 }, guess))));

      expect(tally(answers)['RATE_LIMITED']).toBe(98);
      expect(works).toBeLessThanOrEqual(2);
      await away.stop();
      await way.close();
      await place.remove();
    });
  });
}
