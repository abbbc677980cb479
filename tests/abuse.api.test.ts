import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { passwordsWorkedOn } from '../subgraphs/accounts/user/password.js';
import { startTestProduct, type TestProduct } from './harness/product.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }';
const guess = (identifier: string, number: number) => ({ identifier, password: `a guess with number ${number}` });

interface SocketAnswer {
  data?: Record<string, { userErrors: { code: string }[] }> | null;
  errors?: readonly { extensions?: Record<string, unknown> }[];
}

let product: TestProduct;

beforeAll(async () => void (product = await startTestProduct({ generosity: 1 })), 120_000);
afterAll(() => product.stop());

/** Asks over a socket of its own. */
function overSocket(variables: Record<string, unknown>): Promise<SocketAnswer> {
  const client = createClient({
    url: `${product.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  return new Promise<SocketAnswer>((resolve, reject) => {
    client.subscribe<SocketAnswer['data']>(
      { query: LOGIN, variables },
      { next: (answer) => resolve(answer as SocketAnswer), error: reject, complete: () => {} },
    );
  }).finally(() => client.dispose());
}

// One address makes every guess here, so the first test uses up its minute; the others see what is left of it: nothing.
describe('S10 somebody who guesses passwords at the one door', () => {
  it('has five guesses in a thousand tried, over fifty sockets at once', async () => {
    const before = passwordsWorkedOn();
    const batches = Array.from({ length: 20 }, (_, batch) => batch);
    const answers: SocketAnswer[] = [];
    for (const batch of batches)
      answers.push(
        ...(await Promise.all(
          Array.from({ length: 50 }, (_, index) => overSocket({ input: guess('owner', batch * 50 + index) })),
        )),
      );

    const limited = answers.filter(({ errors }) => errors?.[0]?.extensions?.['code'] === 'RATE_LIMITED');
    expect(answers).toHaveLength(1_000);
    expect(limited).toHaveLength(995);
    for (const { errors } of limited) expect(errors?.[0]?.extensions?.['retryAfter']).toBeGreaterThan(0);
    expect(passwordsWorkedOn() - before).toBeLessThanOrEqual(5);
  }, 120_000);

  it('is told HTTP 429 and when to come back, whatever address they claim to have', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.77', 'x-real-ip': '203.0.113.77' };

    const answer = await product.nobody().ask(LOGIN, { input: guess('somebody else', 1) }, headers);

    const seconds = Number(answer.headers.get('retry-after'));
    expect(answer.status).toBe(429);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(answer.body).toMatchObject({ data: null, errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  });

  it('has none tried of thirty in one document', async () => {
    const before = passwordsWorkedOn();
    const guesses = Array.from(
      { length: 30 },
      (_, index) => `g${index}: login(input: { identifier: "owner", password: "guess ${index}" }) { accessToken }`,
    );

    const { status, body } = await product.nobody().ask(`mutation { ${guesses.join(' ')} }`);

    expect([status, body.data, body.errors?.[0]?.extensions['code']]).toEqual([429, null, 'RATE_LIMITED']);
    expect(passwordsWorkedOn() - before).toBe(0);
  });

  it('has no batch read', async () => {
    const before = passwordsWorkedOn();
    const batch = Array.from({ length: 200 }, (_, index) => ({
      query: LOGIN,
      variables: { input: guess('owner', index) },
    }));

    const response = await fetch(`${product.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(batch),
    });

    expect([response.status, passwordsWorkedOn() - before]).toEqual([400, 0]);
  });
});
