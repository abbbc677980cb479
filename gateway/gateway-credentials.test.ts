import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { documentId, TestGateway, until } from './gateway.fixture.js';

const me = { query: '{ me { id kind } }' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('who is asking', () => {
  let test: TestGateway;

  beforeEach(async () => {
    test = await TestGateway.start();
  });

  afterEach(() => test[Symbol.asyncDispose]());

  it('is nobody without a credential, whatever other headers say', async () => {
    const forged = { 'x-user-id': 'usr_ann', 'x-viewer': 'admin', 'x-viewer-kind': 'SYSTEM', 'x-user-role': 'all' };
    const { status, body } = await test.post(me, forged);

    expect([status, body.data]).toEqual([200, { me: null }]);
    expect(test.subgraphs.lookups).toBe(0);
  });

  it('is the user of a token whose session is active', async () => {
    const token = await test.signIn('ann');

    expect((await test.post(me, bearer(token))).body.data.me).toEqual({ id: 'usr_ann', kind: 'USER' });
  });

  it('is the integrator of an API key', async () => {
    const { body } = await test.post({ documentId: documentId('me') }, { 'x-api-key': test.integrator('me') });

    expect(body.data.me).toEqual({ id: 'cli_1', kind: 'CLIENT' });
  });

  it('S16 is refused as TOKEN_EXPIRED the moment the token ends', async () => {
    const token = await test.signIn('ann');
    test.clock.advance(3_599_999);
    const before = await test.post(me, bearer(token));
    test.clock.advance(1);
    const after = await test.post(me, bearer(token));

    expect(before.status).toBe(200);
    expect([after.status, after.body.errors[0].extensions.code, after.headers.get('www-authenticate')]).toEqual([
      401,
      'TOKEN_EXPIRED',
      'Bearer',
    ]);
    expect(after.body.extensions.meta.requestId).toBe(after.headers.get('x-request-id'));
  });

  it.each([
    ['REVOKED', 'TOKEN_REVOKED'],
    ['UNKNOWN', 'UNAUTHENTICATED'],
  ] as const)('is refused while accounts says %s', async (status, code) => {
    const token = await test.signIn('ann', { status });
    const answer = await test.post(me, bearer(token));

    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([401, code]);
  });

  it('is refused when the session belongs to somebody else', async () => {
    await test.signIn('ann');
    const answer = await test.post(me, bearer(await test.token({ sub: 'usr_eve', sid: 'ses_ann' })));

    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('S16 is refused for every token that is not ours', async () => {
    const good = await test.signIn('ann');
    const claims = { sub: 'usr_ann', sid: 'ses_ann' };
    const [header = '', payload = ''] = good.split('.');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const other = generateKeyPairSync('ed25519').privateKey;
    const hmacHeader = encode({ alg: 'HS256', typ: 'at+jwt' });
    const tokens = [
      ['no signature', `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`],
      [
        'a shared-secret signature',
        `${hmacHeader}.${payload}.${createHmac('sha256', 'x').update(`${hmacHeader}.${payload}`).digest('base64url')}`,
      ],
      [
        'another key',
        await new SignJWT({ iss: 'twinengine', aud: 'twinengine-api', exp: 4e9, ...claims })
          .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
          .sign(other),
      ],
      [
        'an altered payload',
        `${header}.${encode({ iss: 'twinengine', aud: 'twinengine-api', exp: 4e9, sub: 'usr_bob', sid: 'ses_ann' })}.${good.split('.')[2]}`,
      ],
      ['another issuer', await test.token({ ...claims, iss: 'other' })],
      ['another audience', await test.token({ ...claims, aud: 'refresh' })],
      ['no session', await test.token({ sub: 'usr_ann' })],
      ['a session that is no text', await test.token({ sub: 'usr_ann', sid: 7 })],
      ['no end', await test.token({ ...claims, exp: undefined })],
      ['not valid yet', await test.token({ ...claims, nbf: 4e9 })],
      ['no token', 'hello'],
    ] as const;

    for (const [what, token] of tokens) {
      const { status, body } = await test.post(me, bearer(token));
      expect([what, status, body.errors[0].extensions.code]).toEqual([what, 401, 'UNAUTHENTICATED']);
    }
    expect(test.subgraphs.lookups).toBe(0);
  });

  it.each([
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['an unknown key', { 'x-api-key': 'nobody' }],
    ['two credentials', { authorization: 'Bearer x', 'x-api-key': 'y' }],
  ])('is refused for %s', async (_case, headers) => {
    const { status, body } = await test.post(me, headers);

    expect([status, body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('cannot be said while accounts is away', async () => {
    const token = await test.signIn('ann');
    test.subgraphs.accountsClient.isUnplugged = true;

    const signedIn = await test.post({ query: '{ placed }' }, bearer(token));
    const nobody = await test.post({ query: '{ placed }' });

    expect([signedIn.status, signedIn.body.errors[0].extensions.code]).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
    expect([nobody.status, nobody.body.data]).toEqual([200, { placed: [] }]);
  });

  it('is asked once a minute', async () => {
    const token = await test.signIn('ann');
    await Promise.all([1, 2, 3].map(() => test.post(me, bearer(token))));
    test.clock.advance(59_999);
    await test.post(me, bearer(token));
    expect(test.subgraphs.lookups).toBe(1);

    test.clock.advance(1);
    await test.post(me, bearer(token));

    expect(test.subgraphs.lookups).toBe(2);
  });

  it.each([
    ['session.revoked', { sessionIds: ['ses_other', 'ses_ann'] }],
    ['rights.changed', { userId: 'usr_ann' }],
    ['session.revoked', 'unreadable'],
  ])('is asked again after %s %j', async (type, payload) => {
    const token = await test.signIn('ann');
    await test.post(me, bearer(token));
    await test.signIn('ann', { status: 'REVOKED' });

    test.announce(type, payload);

    expect((await test.post(me, bearer(token))).body.errors[0].extensions.code).toBe('TOKEN_REVOKED');
  });

  it('is asked again after a change of the API client', async () => {
    const headers = { 'x-api-key': test.integrator('me') };
    await test.post({ documentId: documentId('me') }, headers);
    test.integrator('orders');
    test.announce('api-client.changed', { apiClientId: 'cli_1' });

    expect((await test.post({ documentId: documentId('me') }, headers)).status).toBe(404);
  });

  it.each([
    ['session.revoked', { sessionIds: ['ses_bob'] }],
    ['rights.changed', { userId: 'usr_bob' }],
    ['api-client.changed', { apiClientId: 'usr_ann' }],
    ['user.renamed', { userId: 'usr_ann' }],
  ])('is not asked again after %s of somebody else', async (type, payload) => {
    const token = await test.signIn('ann');
    await test.post(me, bearer(token));
    test.announce(type, payload);
    await test.post(me, bearer(token));

    expect(test.subgraphs.lookups).toBe(1);
  });

  it('is not remembered from an answer that was on its way when the rights changed', async () => {
    const token = await test.signIn('ann');
    const gate = Promise.withResolvers<void>();
    test.subgraphs.lookupGate = gate.promise;
    const early = test.post(me, bearer(token));
    await until(() => test.subgraphs.lookups === 1);

    await test.signIn('ann', { status: 'REVOKED' });
    test.announce('session.revoked', { sessionIds: ['ses_ann'] });
    const late = test.post(me, bearer(token));
    await until(() => test.subgraphs.lookups === 2);
    gate.resolve();

    expect((await early).status).toBe(200);
    expect((await late).body.errors[0].extensions.code).toBe('TOKEN_REVOKED');
    expect((await test.post(me, bearer(token))).body.errors[0].extensions.code).toBe('TOKEN_REVOKED');
  });
});
