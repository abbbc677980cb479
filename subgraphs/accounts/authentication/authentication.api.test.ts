import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';
import { RoleEntity } from '../role/role.entity.js';
import { roleCodes, roleTemplates } from '../role/role.templates.js';
import { UserEntity } from '../user/user.entity.js';

const AUTHENTICATE = `query ($sessionId: ID, $apiKey: String) {
  authenticate(sessionId: $sessionId, apiKey: $apiKey) {
    status kind id sessionId version documentIds grants { role brandId outletId slugs }
  }
}`;
const LOGIN =
  'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken userErrors { code } } }';
const LOGOUT = 'mutation ($input: LogoutInput!) { logout(input: $input) { isSignedOut } }';
const nobody = { kind: 'USER', id: '', sessionId: null, version: 0, documentIds: null, grants: [] };
const sevenDaysMs = 7 * 86_400_000;

describe('what the gateway is told of a credential', () => {
  let company: Company;
  let number = 0;

  beforeAll(async () => (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  const ask = async (credential: object) =>
    (await company.subgraph.run(system, AUTHENTICATE, { ...credential })).data?.['authenticate'];
  const signIn = async (role: 'WAITER' | 'CUSTOMER' | 'ADMIN', outletId?: string) => {
    number += 1;
    const email = `signed${number}@example.com`;
    const input = { email, name: 'Signed In', password, role, brandId: company.ours, outletId };
    const { user } = await company.make('createUser', input);
    const { data } = await company.subgraph.run(anonymous, LOGIN, { input: { identifier: email, password } });
    const tokens = data?.['login'];
    const { accessToken, refreshToken } = tokens;
    return {
      userId: user.id,
      membershipId: user.memberships[0].id,
      accessToken,
      refreshToken,
      sessionId: refreshToken.split('.')[0],
    };
  };
  const change = async (userId: string, facts: Partial<UserEntity>) => {
    const em = company.subgraph.running.database.em.fork();
    await em.nativeUpdate(UserEntity, { id: userId }, facts);
  };

  it('ACC-09 ACC-30 a session is good for the person, with their rights by place', async () => {
    const { userId, sessionId } = await signIn('WAITER', company.cafe);

    const answer = await ask({ sessionId });

    const grants = [{ role: 'WAITER', brandId: company.ours, outletId: company.cafe, slugs: roleTemplates.WAITER }];
    expect(answer).toEqual({ ...nobody, status: 'ACTIVE', id: userId, sessionId, version: 1, grants });
  });

  it('ACC-09 the access token tells the same roles and version', async () => {
    const { accessToken, sessionId } = await signIn('WAITER', company.cafe);

    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString());

    expect(claims).toMatchObject({
      sid: sessionId,
      ver: 1,
      roles: [{ role: 'WAITER', brandId: company.ours, outletId: company.cafe }],
    });
  });

  it('ACC-30 a change of roles shows at once', async () => {
    const { userId, membershipId, sessionId } = await signIn('WAITER');

    await company.make('assignRole', { userId, role: 'CHEF', brandId: company.ours, outletId: company.bistro });
    const promoted = await ask({ sessionId });
    await company.make('revokeRole', { membershipId });
    const changed = await ask({ sessionId });

    const chef = { role: 'CHEF', brandId: company.ours, outletId: company.bistro, slugs: roleTemplates.CHEF };
    const waiter = { role: 'WAITER', brandId: company.ours, outletId: null, slugs: roleTemplates.WAITER };
    expect(promoted).toMatchObject({ status: 'ACTIVE', version: 2 });
    expect(promoted.grants).toHaveLength(2);
    expect(promoted.grants).toEqual(expect.arrayContaining([chef, waiter]));
    expect(changed).toMatchObject({ status: 'ACTIVE', version: 3, grants: [chef] });
  });

  it('ACC-30 a role allows what is stored of it, or its template where nothing is', async () => {
    const { sessionId } = await signIn('CUSTOMER');
    const em = company.subgraph.running.database.em.fork();
    const slugs = async () => (await ask({ sessionId })).grants[0].slugs;

    const provisioned = await em.find(RoleEntity, {});
    await em.nativeUpdate(RoleEntity, { id: 'CUSTOMER' }, { slugs: ['orders.read-own'] });
    const narrowed = await slugs();
    await em.nativeDelete(RoleEntity, { id: 'CUSTOMER' });
    const withoutRow = await slugs();

    expect(provisioned.map(({ id }) => id).toSorted()).toEqual(roleCodes.toSorted());
    expect(narrowed).toEqual(['orders.read-own']);
    expect(withoutRow).toEqual(roleTemplates.CUSTOMER);
  });

  it('ACC-08 a session that was ended is revoked, and so is every session of a person who may not sign in', async () => {
    const signedOut = await signIn('WAITER');
    const dismissed = await signIn('WAITER');
    const viewer: Viewer = holderOf('WAITER', { brandId: company.ours, id: signedOut.userId });

    const { data } = await company.subgraph.run(viewer, LOGOUT, { input: { refreshToken: signedOut.refreshToken } });
    await change(dismissed.userId, { isActive: false });

    expect(data).toEqual({ logout: { isSignedOut: true } });
    expect(await ask({ sessionId: signedOut.sessionId })).toEqual({ ...nobody, status: 'REVOKED' });
    expect(await ask({ sessionId: dismissed.sessionId })).toEqual({ ...nobody, status: 'REVOKED' });
  });

  it('ACC-32 a person who may not sign in cannot', async () => {
    const { userId } = await signIn('WAITER');
    await change(userId, { isActive: false });

    const { data } = await company.subgraph.run(anonymous, LOGIN, {
      input: { identifier: `signed${number}@example.com`, password },
    });

    expect(data?.['login']).toEqual({
      accessToken: null,
      refreshToken: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS' }],
    });
  });

  it('ACC-04 a session nobody began or that has expired is unknown', async () => {
    const { sessionId } = await signIn('WAITER');

    company.subgraph.clock.advance(sevenDaysMs - 1);
    const lastMoment = await ask({ sessionId });
    company.subgraph.clock.advance(1);

    expect(lastMoment.status).toBe('ACTIVE');
    expect(await ask({ sessionId })).toEqual({ ...nobody, status: 'UNKNOWN' });
    expect(await ask({ sessionId: 'ses_missing' })).toEqual({ ...nobody, status: 'UNKNOWN' });
  });

  it('a key is good for its client at its place, with its documents, until it is revoked', async () => {
    const documentIds = [`sha256:${'ab'.repeat(32)}`];
    const input = { brandId: company.ours, outletId: company.cafe, name: 'Partner', documentIds };
    const { apiKey, apiClient } = await company.make('createApiClient', input);
    const client = { ...nobody, kind: 'CLIENT' };

    const active = await ask({ apiKey });
    const almost = await ask({ apiKey: apiKey.toLowerCase() });
    await company.make('revokeApiClient', { id: apiClient.id });

    const grants = [
      { role: 'INTEGRATOR', brandId: company.ours, outletId: company.cafe, slugs: roleTemplates.INTEGRATOR },
    ];
    expect(active).toEqual({ ...client, status: 'ACTIVE', id: apiClient.id, version: 1, documentIds, grants });
    expect(almost).toEqual({ ...client, status: 'UNKNOWN' });
    expect(await ask({ apiKey })).toEqual({ ...client, status: 'REVOKED' });
  });

  it('ACC-40 is told to nobody but the product, and not without a credential', async () => {
    const { sessionId } = await signIn('ADMIN');
    const askers = [anonymous, administrator, holderOf('OWNER', { brandId: company.ours })];

    const answers = await Promise.all(
      askers.map((viewer) => company.subgraph.run(viewer, AUTHENTICATE, { sessionId })),
    );
    const empty = await company.subgraph.run(system, AUTHENTICATE, {});

    expect(answers.map(errorCode)).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN']);
    expect(answers.map(({ data }) => data)).toEqual(Array(3).fill({ authenticate: null }));
    expect(errorCode(empty)).toBe('BAD_USER_INPUT');
  });

  it('ACC-40 everybody is told that the graph answers', async () => {
    expect(await company.subgraph.run(anonymous, '{ health }')).toEqual({ data: { health: 'ok' } });
  });
});
