import { TestGateway } from './gateway.fixture.js';

const me = { query: '{ me { id kind } }' };

describe('who opens a socket', () => {
  let test: TestGateway;

  beforeAll(async () => (test = await TestGateway.start()));
  afterAll(() => test[Symbol.asyncDispose]());

  const bearerOf = {
    TOKEN_EXPIRED: async () => `Bearer ${await test.token({ sub: 'usr_ann', sid: 'ses_ann', exp: 1 })}`,
    TOKEN_REVOKED: async () => `Bearer ${await test.signIn('bob', { status: 'REVOKED' })}`,
    UNAUTHENTICATED: async () => 'Bearer null',
  };

  it.each(['TOKEN_EXPIRED', 'TOKEN_REVOKED', 'UNAUTHENTICATED'] as const)(
    'S14 ACC-41 is told %s as the reason of 4403, under whatever letter case the token came',
    async (code) => {
      for (const name of ['authorization', 'Authorization', 'AUTHORIZATION'])
        expect(await test.socket({ [name]: await bearerOf[code]() }).closed).toMatchObject({
          code: 4403,
          reason: code,
        });
    },
  );

  it('ACC-41 is told TOKEN_EXPIRED with the first operation after the end, and as the socket closes', async () => {
    await using later = await TestGateway.start();
    const socket = later.socket({ authorization: `Bearer ${await later.signIn('ann')}` });
    expect(await socket.ask(me)).toMatchObject({ data: { me: { id: 'usr_ann' } } });
    later.clock.advance(3_600_000);

    expect(await socket.ask(me)).toMatchObject({ errors: [{ extensions: { code: 'TOKEN_EXPIRED' } }] });
    expect(await socket.closed).toMatchObject({ code: 4403, reason: 'TOKEN_EXPIRED' });
  });

  it.each(['authorization', 'Authorization', 'AUTHORIZATION'])('is whose token came as %s', async (name) => {
    const socket = test.socket({ [name]: `Bearer ${await test.signIn('ann')}` });

    expect(await socket.ask(me)).toMatchObject({ data: { me: { id: 'usr_ann', kind: 'USER' } } });
  });

  it.each([
    ['two letter cases', async (token: string) => ({ authorization: token, Authorization: token })],
    ['a token and a key', async (token: string) => ({ Authorization: token, apiKey: test.integrator('me') })],
  ])('S16 is nobody we know by %s', async (_what, paramsOf) => {
    const params = await paramsOf(`Bearer ${await test.signIn('ann')}`);

    expect(await test.socket(params).closed).toMatchObject({ code: 4403, reason: 'UNAUTHENTICATED' });
  });

  it('is nobody where nothing stands under the name, or next to it', async () => {
    const token = `Bearer ${await test.signIn('ann')}`;
    const empty = test.socket({ authorization: null, Authorization: null, apiKey: null });

    expect(await empty.ask(me)).toMatchObject({ data: { me: null } });
    expect(await test.socket({ Authorization: token, authorization: null }).ask(me)).toMatchObject({
      data: { me: { id: 'usr_ann' } },
    });
  });
});
