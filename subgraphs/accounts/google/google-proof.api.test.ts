import type { JWTPayload } from 'jose';
import { anonymous } from '../../../platform/domain/viewer.js';
import { startTestSubgraph } from '../../../tests/harness/subgraph.js';
import { errorCode } from '../accounts.fixture.js';
import { accounts } from '../subgraph.js';
import { LOGIN_WITH_GOOGLE, nothing, PeopleOfGoogle, refused, start } from './google.fixture.js';

describe('ACC-11 what somebody shows of their account at Google', () => {
  let people: PeopleOfGoogle;

  beforeAll(async () => (people = await PeopleOfGoogle.open()));
  afterAll(() => people.stop());

  it('takes an authorization code instead, which Google exchanges for the address it was sent to', async () => {
    const claims = people.stranger();
    const { user } = await people.signIn(claims);
    Object.assign(people.google.tokenAnswer, {
      status: 200,
      body: JSON.stringify({ id_token: await people.google.sign(claims) }),
    });
    people.google.asked.splice(0);

    const answer = await people.enter({
      authorizationCode: 'code-1',
      redirectUri: 'https://app.example/back',
      codeVerifier: 'pkce',
    });

    expect(answer).toMatchObject({ accessToken: expect.any(String), user: { id: user.id }, userErrors: [] });
    expect(people.google.asked).toMatchObject([
      { code: 'code-1', redirect_uri: 'https://app.example/back', code_verifier: 'pkce' },
    ]);
  });

  it('checks the ID token of a code like any other', async () => {
    const idToken = await people.google.sign({ ...people.stranger(), aud: 'other.apps.example' });
    Object.assign(people.google.tokenAnswer, { status: 200, body: JSON.stringify({ id_token: idToken }) });

    expect(await people.enter({ authorizationCode: 'code-1', redirectUri: 'postmessage' })).toEqual(refused);
  });

  it.each<[string, JWTPayload]>([
    ['for another app', { aud: 'other.apps.example' }],
    ['of another issuer', { iss: 'https://accounts.example.com' }],
    ['that has expired', { exp: Date.parse(start) / 1_000 - 61 }],
    ['that is not good yet', { nbf: Date.parse(start) / 1_000 + 61 }],
    ['without an address', { email: undefined }],
    ['whose address is none', { email: 'administrator' }],
    ['with another nonce', { nonce: 'n-2' }],
    ['without the nonce', {}],
  ])('refuses a token %s alike, and stores nothing', async (_what, claims) => {
    const before = await people.rows();

    expect(await people.signIn({ ...people.stranger(), ...claims }, { nonce: 'n-1' })).toEqual(refused);
    expect(await people.rows()).toEqual(before);
  });

  it('S16 refuses forged tokens alike, and stores nothing', async () => {
    const before = await people.rows();
    const forgeries = await Promise.all(Object.values(people.google.forged).map((forge) => forge()));

    for (const idToken of forgeries) expect(await people.enter({ idToken })).toEqual(refused);
    expect(await people.rows()).toEqual(before);
    expect(forgeries.length).toBe(8);
  });

  it('takes the nonce the app asked with', async () => {
    const claims = { ...people.stranger(), nonce: 'n-1' };

    expect((await people.signIn(claims, { nonce: 'n-1' })).userErrors).toEqual([]);
    expect((await people.signIn(claims)).userErrors).toEqual([]);
  });

  it.each([
    ['both', { idToken: 'x', authorizationCode: 'y', redirectUri: 'z' }, 'idToken'],
    ['neither', {}, 'idToken'],
    ['nothing but empty ones', { idToken: '', authorizationCode: '' }, 'idToken'],
    ['a code without where it was sent', { authorizationCode: 'y' }, 'redirectUri'],
    ['a token with where a code was sent', { idToken: 'x', redirectUri: 'z' }, 'redirectUri'],
    ['a token with the verifier of a code', { idToken: 'x', codeVerifier: 'z' }, 'codeVerifier'],
  ])('names the field when it is given %s', async (_what, input, field) => {
    people.google.asked.splice(0);

    expect(await people.enter(input)).toMatchObject({
      ...nothing,
      userErrors: [{ code: 'INVALID_INPUT', field: [field] }],
    });
    expect(people.google.asked).toEqual([]);
  });

  it.each([
    ['Google refuses', { status: 400, body: '{"error":"invalid_grant"}' }, 'INVALID_CREDENTIALS'],
    ['cannot be exchanged now', { status: 500, body: '{}' }, 'INVALID_STATE'],
    ['is for a product Google does not know', { status: 401, body: '{"error":"invalid_client"}' }, 'INVALID_STATE'],
  ])('says what to do when a code %s', async (_what, answer, code) => {
    Object.assign(people.google.tokenAnswer, answer);
    const before = await people.rows();

    expect(await people.enter({ authorizationCode: 'code-1', redirectUri: 'postmessage' })).toMatchObject({
      ...nothing,
      userErrors: [{ code, field: null }],
    });
    expect(await people.rows()).toEqual(before);
  });

  it('does not spend a code on a brand nobody can join', async () => {
    people.google.asked.splice(0);

    const answer = await people.send({
      authorizationCode: 'code-1',
      redirectUri: 'postmessage',
      brandId: 'brd_missing',
    });

    expect([errorCode(answer), people.google.asked]).toEqual(['NOT_FOUND', []]);
  });
});

describe('ACC-11 ACC-25 signing in with Google', () => {
  it('is twenty times a minute from one address, whatever is sent', async () => {
    const subgraph = await startTestSubgraph(accounts, start, { generosity: 1 });
    const send = (address: string) =>
      subgraph.from('test', address).run(anonymous, LOGIN_WITH_GOOGLE, { input: { idToken: 'x' } });

    const answers = await Promise.all(Array.from({ length: 25 }, () => send('198.51.100.7')));
    const elsewhere = await send('198.51.100.8');
    await subgraph.stop();

    expect(answers.filter((answer) => errorCode(answer) === 'RATE_LIMITED')).toHaveLength(5);
    expect(elsewhere.data?.['loginWithGoogle']).toMatchObject({
      ...nothing,
      userErrors: [{ code: 'INVALID_STATE', message: 'Signing in with Google is not set up here.' }],
    });
  });
});
