import { TOTP } from 'otpauth';
import { addressKey, identifierKey } from '../platform/limits/limit-keys.js';
import { addressFailures, nameFailures } from '../subgraphs/accounts/abuse/challenge.rules.js';
import { loginLimit, secondFactorLimit } from '../subgraphs/accounts/abuse/limit.rules.js';
import { change } from './harness/change.js';
import { inParallel } from './harness/in-parallel.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { askAll, type SocketAnswer } from './harness/socket.js';

const GUESSES = 300;
const SECOND = `mutation ($input: LoginWithSecondFactorInput!) {
  loginWithSecondFactor(input: $input) { accessToken userErrors { code field } } }`;
const numbers = Array.from({ length: GUESSES }, (_, index) => index);

describe('S10 somebody who has the password and guesses the second step', () => {
  let product: TestProduct;
  let totp: TOTP;
  let userId: string;

  beforeAll(async () => {
    product = await startTestProduct({ generosity: 1 });
    const waiter = await product.signIn('waiter');
    const { password } = credentials();
    userId = (await waiter.ask('{ me { id } }')).body.data?.['me'].id;
    const { secret } = await change(waiter, 'enableTotp', { facts: { password }, shows: 'secret' });
    totp = new TOTP({ secret });
    await change(waiter, 'confirmTotp', { facts: { code: totp.generate() }, shows: 'recoveryCodes' });
  }, 180_000);
  // Windows end by themselves: that is shown where limits are.
  beforeEach(async () => {
    const { limits } = product.subgraphs.find(({ name }) => name === 'accounts')?.systemContext() ?? {};
    const keys = [addressKey('127.0.0.1'), identifierKey(credentials().identifier), `user:${userId}`];
    for (const rule of [loginLimit, secondFactorLimit, nameFailures, addressFailures]) await limits?.forget(rule, keys);
  });
  afterAll(() => product.stop());

  const credentials = () => {
    const user = product.demo.brands[0]?.users.waiter;
    if (!user) throw new Error('The demo has no waiter.');
    return user;
  };
  const firstStep = async (): Promise<string> => {
    const payload = await change(product.nobody(), 'login', { facts: credentials(), shows: 'secondFactorToken' });
    return payload['secondFactorToken'];
  };
  const wrongCode = (number: number) => {
    const near = [-1, 0, 1].map((away) => totp.generate({ timestamp: Date.now() + away * 30_000 }));
    const code = String(number).padStart(6, '0');
    return near.includes(code) ? '999999' : code;
  };
  const input = (secondFactorToken: string, number: number) => ({
    input: { secondFactorToken, code: wrongCode(number) },
  });
  // What was held against the secret: all else was refused before.
  const judged = (answers: readonly Pick<SocketAnswer, 'data'>[]) =>
    answers.filter(({ data }) => data?.['loginWithSecondFactor']?.userErrors[0]?.field?.[0] === 'code');

  it.each<[string, (token: string) => Promise<Pick<SocketAnswer, 'data'>[]>]>([
    [
      'HTTP',
      async (token) =>
        inParallel(numbers, async (number) => (await product.nobody().ask(SECOND, input(token, number))).body, 40),
    ],
    [
      'twenty sockets',
      async (token) =>
        askAll(product.url, {
          sockets: 20,
          operations: numbers.map((number) => ({ query: SECOND, variables: input(token, number) })),
        }),
    ],
  ])(
    'has five codes tried of hundreds over %s, and then not even the right one',
    async (_way, guess) => {
      const token = await firstStep();

      const answers = await guess(token);

      expect(answers).toHaveLength(GUESSES);
      expect(judged(answers).length).toBeGreaterThan(0);
      expect(judged(answers).length).toBeLessThanOrEqual(secondFactorLimit.allowed);
      const { body } = await product
        .nobody()
        .ask(SECOND, { input: { secondFactorToken: token, code: totp.generate() } });
      expect(body.data?.['loginWithSecondFactor']?.accessToken ?? null).toBeNull();
    },
    120_000,
  );
});
