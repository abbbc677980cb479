import { documentLimits } from '../gateway/limits.js';
import { addressKey, identifierKey } from '../platform/limits/limit-keys.js';
import { guessableSecrets, type Guesser } from './harness/guessing.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { askAll, openSocket, type SocketAnswer } from './harness/socket.js';

const GUESSES = 1_000;
// Fewer than one socket may have open, and a divisor of all.
const AT_ONCE = 40;
const MINUTE = 60;
const MANY_GUESSES_MS = 120_000;
const numbers = (count: number, first = 0) => Array.from({ length: count }, (_, index) => first + index);

/** An answer by either transport, as far as a guesser learns from it. */
type Told = Pick<SocketAnswer, 'data' | 'errors'>;

const isLimited = ({ errors }: Told) => errors?.[0]?.extensions?.['code'] === 'RATE_LIMITED';
const retryAfterOf = ({ errors }: Told) => Number(errors?.[0]?.extensions?.['retryAfter']);

let product: TestProduct;
let guesser: Guesser;

beforeAll(async () => void (product = await startTestProduct({ generosity: 1 })), 120_000);
afterAll(() => product.stop());

describe.each(guessableSecrets)('S10 somebody who guesses a $what', (secret) => {
  const { mutation, allowed, rules, reached } = secret;
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { accessToken userErrors { code } } }`;
  const operation = (number: number) => ({ query: document, variables: { input: guesser.wrong(number) } });

  // Every way begins with nothing counted; that windows end by themselves is shown where limits are.
  const endWindows = async () => {
    const { limits } = product.subgraphs.find(({ name }) => name === 'accounts')?.systemContext() ?? {};
    const keys = [addressKey('127.0.0.1'), identifierKey(guesser.name)];
    for (const rule of rules) await limits?.forget(rule, keys);
  };

  beforeAll(async () => void (guesser = await secret.prepare(product)));
  beforeEach(endWindows);

  const overHttp = async (number: number): Promise<Told> => {
    const { query, variables } = operation(number);
    return (await product.nobody().ask(query, variables)).body;
  };

  /** What came of guesses: how many were judged, how many reached the secret. */
  const guessing = async (guess: () => Promise<Told[]>) => {
    const before = reached();
    const answers = await guess();
    return { answers, judged: answers.filter((answer) => !isLimited(answer)), reached: reached() - before };
  };

  const rightOne = async (headers = {}) => product.nobody().ask(document, { input: guesser.right }, headers);

  const expectClosed = async () => {
    const before = reached();
    const { status, body, headers } = await rightOne();

    expect([status, body.data, isLimited(body), reached() - before]).toEqual([429, null, true, 0]);
    expect(Number(headers.get('retry-after'))).toBe(retryAfterOf(body));
    expect(retryAfterOf(body)).toBeGreaterThan(0);
    expect(retryAfterOf(body)).toBeLessThanOrEqual(MINUTE);
  };

  const expectFew = ({ answers, judged, reached: tried }: Awaited<ReturnType<typeof guessing>>) => {
    expect([answers.length, judged.length]).toEqual([GUESSES, allowed]);
    expect(tried).toBeGreaterThan(0);
    expect(tried).toBeLessThanOrEqual(allowed);
    for (const answer of judged) expect(answer.data?.[mutation]?.accessToken).toBeNull();
    for (const answer of answers.filter(isLimited)) expect(retryAfterOf(answer)).toBeGreaterThan(0);
  };

  const inChunks = async (size: number, ask: (number: number) => Promise<Told>) => {
    const answers: Told[] = [];
    for (let first = 0; first < GUESSES; first += size)
      answers.push(...(await Promise.all(numbers(size, first).map(ask))));
    return answers;
  };

  it.each([
    [200, 400],
    [GUESSES, 413],
  ])('has none tried of %i in one batch: %i', async (count, status) => {
    const batch = numbers(count).map((number) => ({ query: `mutation{${inline(mutation, guesser.wrong(number))}}` }));
    const before = reached();

    const response = await fetch(`${product.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(batch),
    });

    expect([response.status, await response.json()]).toMatchObject([
      status,
      { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    ]);
    expect(reached() - before).toBe(0);
  });

  it.each([
    [documentLimits.aliases + 1, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [GUESSES, 413, 'BAD_REQUEST'],
  ])('has none tried of %i under as many names in one document: %i', async (count, refusal, code) => {
    const before = reached();

    const { status, body } = await product.nobody().ask(aliased(mutation, numbers(count).map(guesser.wrong)));

    expect([status, body.data, body.errors?.[0]?.extensions['code']]).toEqual([refusal, undefined, code]);
    expect(reached() - before).toBe(0);
  });

  it.each(['HTTP', 'WebSocket'])('has a few tried of as many as one document may hold, over %s', async (transport) => {
    const query = aliased(mutation, numbers(documentLimits.aliases).map(guesser.wrong));
    const before = reached();

    const told = transport === 'HTTP' ? (await product.nobody().ask(query)).body : await once(query);

    expect(told).toMatchObject({ data: null, errors: [{ path: [`g${allowed}`] }] });
    expect(isLimited(told)).toBe(true);
    expect(reached() - before).toBeGreaterThan(0);
    expect(reached() - before).toBeLessThanOrEqual(allowed);
    await expectClosed();
  });

  it(
    'has a few tried of a thousand over one socket',
    async () => {
      const socket = openSocket(product.subscriptionUrl);

      expectFew(await guessing(() => inChunks(AT_ONCE, (number) => socket.ask(operation(number)))));
      await socket.close();
      await expectClosed();
    },
    MANY_GUESSES_MS,
  );

  it(
    'has a few tried of a thousand over fifty sockets at once',
    async () => {
      const outcome = await guessing(() =>
        askAll(product.url, { sockets: 50, operations: numbers(GUESSES).map(operation) }),
      );

      expectFew(outcome);
      await expectClosed();
    },
    MANY_GUESSES_MS,
  );

  it(
    'has a few tried of a thousand over HTTP at once, whatever address they claim to have',
    async () => {
      expectFew(await guessing(() => inChunks(AT_ONCE, overHttp)));
      await expectClosed();
      const headers = { 'x-forwarded-for': '203.0.113.77', 'x-real-ip': '203.0.113.77' };
      expect((await rightOne(headers)).status).toBe(429);
    },
    MANY_GUESSES_MS,
  );

  it('cannot keep its owner out for longer than the window', async () => {
    await guessing(() => Promise.all(numbers(allowed + 1).map(overHttp)));
    await expectClosed();
    await endWindows();

    expect((await rightOne()).body.data?.[mutation]).toEqual({ accessToken: expect.any(String), userErrors: [] });
  });
});

/** The answer to a document over a socket of its own. */
async function once(query: string): Promise<SocketAnswer> {
  const socket = openSocket(product.subscriptionUrl);
  const answer = await socket.ask({ query });
  await socket.close();
  return answer;
}

function aliased(mutation: string, inputs: readonly Record<string, string>[]): string {
  return `mutation{${inputs.map((input, index) => `g${index}:${inline(mutation, input)}`).join(' ')}}`;
}

function inline(mutation: string, input: Record<string, string>): string {
  const fields = Object.entries(input).map(([name, value]) => `${name}:${JSON.stringify(value)}`);
  return `${mutation}(input:{${fields.join(' ')}}){accessToken}`;
}
