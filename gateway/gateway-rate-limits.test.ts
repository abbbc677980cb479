import { secondsToWait } from './rate-limited.js';
import { TestGateway } from './gateway.fixture.js';

const limited = (retryAfter?: number) => ({ message: 'Too many.', extensions: { code: 'RATE_LIMITED', retryAfter } });
const other = { message: 'No.', extensions: { code: 'FORBIDDEN' } };

describe('what a limit makes of an answer', () => {
  it.each([
    ['nothing answered', { data: null, errors: [limited(7)] }, 7],
    ['nothing executed', { errors: [limited(7)] }, 7],
    ['only fields that are null', { data: { a: null, b: null }, errors: [limited(7)] }, 7],
    ['several waits', { data: null, errors: [limited(7), limited(40), other] }, 40],
    ['no wait told', { data: null, errors: [limited()] }, 1],
    ['a part answered', { data: { a: null, b: { id: '1' } }, errors: [limited(7)] }, null],
    ['an answered falsehood', { data: { a: false }, errors: [limited(7)] }, null],
    ['another refusal', { data: null, errors: [other] }, null],
    ['no error', { data: { a: null } }, null],
  ])('ACC-25 %s', (_what, result, expected) => {
    expect(secondsToWait(result)).toBe(expected);
  });
});

describe('ACC-25 a limit that a subgraph enforces', () => {
  const refused = { query: '{ refused(code: "RATE_LIMITED") }' };
  let test: TestGateway;

  beforeAll(async () => {
    test = await TestGateway.start();
  });

  afterAll(() => test[Symbol.asyncDispose]());

  it.each(['application/json', 'application/graphql-response+json'])(
    'is HTTP 429 with Retry-After for a reader of %s',
    async (accept) => {
      const { status, headers, body } = await test.post(refused, { accept, origin: 'https://pos.example' });

      expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([429, '7', 'no-store']);
      expect(headers.get('access-control-expose-headers')).toContain('Retry-After');
      expect(body.errors).toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'RATE_LIMITED', retryAfter: 7 }) }),
      ]);
    },
  );

  it('leaves an answer of which a part could be given as it is', async () => {
    const { status, headers, body } = await test.post({ query: '{ placed refused(code: "RATE_LIMITED") }' });

    expect([status, headers.get('retry-after'), body.data]).toEqual([200, null, { placed: [], refused: null }]);
    expect(body.errors[0].extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 7 });
  });

  it('is an error with retryAfter over WebSocket', async () => {
    expect(await test.socket().ask(refused)).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }],
    });
  });
});

describe('S10 whom a limit counts', () => {
  const spoofed = { 'x-forwarded-for': '1.2.3.4, 198.51.100.1', 'x-real-ip': '1.2.3.4', forwarded: 'for=1.2.3.4' };

  it.each([
    ['the socket, whatever it says of itself', undefined, '127.0.0.1'],
    ['the caller of a trusted proxy', 1, '198.51.100.1'],
    ['the caller of a proxy in a trusted network', ['127.0.0.0/8'], '198.51.100.1'],
    ['the socket of a proxy that is not trusted', ['10.0.0.0/8'], '127.0.0.1'],
  ])('%s', async (_what, trustedProxies, expected) => {
    await using test = await TestGateway.start(trustedProxies === undefined ? {} : { trustedProxies });

    await test.post({ query: '{ placed }' }, spoofed);

    expect(test.subgraphs.orders.requests.map(({ remoteAddress }) => remoteAddress)).toEqual([expected]);
  });
});
