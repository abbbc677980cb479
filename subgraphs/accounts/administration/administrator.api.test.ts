import { anonymous, system } from '../../../platform/domain/viewer.js';
import { errorCode, openCompany, password, type Company } from '../accounts.fixture.js';
import { newId } from '../../../platform/domain/id.js';
import { DeviceKeyEntity } from '../device/device-key.entity.js';
import { roleTemplates } from '../role/role.templates.js';
import { ensureAdministrator, type EnsureAdministrator } from './administrator.operations.js';
import { UserEntity } from '../user/user.entity.js';
import { emailOf } from '../user/user.vault.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { refreshToken user { id profile { name } } } }';
const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code } } }';
const AUTHENTICATE =
  'query ($sessionId: ID) { authenticate(sessionId: $sessionId) { status version grants { role brandId outletId slugs } } }';

describe('an administrator of the installation', () => {
  let company: Company;

  beforeAll(async () => (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  const ensure = (command: EnsureAdministrator) =>
    ensureAdministrator(company.subgraph.running.systemContext(), command);
  const login = async (identifier: string, secret: string) => {
    const { data } = await company.subgraph.run(anonymous, LOGIN, { input: { identifier, password: secret } });
    return data?.['login'];
  };
  const rightsOf = async (refreshToken: string) => {
    const { data } = await company.subgraph.run(system, AUTHENTICATE, { sessionId: refreshToken.split('.')[0] });
    return data?.['authenticate'];
  };
  const grants = [{ role: 'ADMIN', brandId: null, outletId: null, slugs: ['all'] }];

  it('ACC-37 is made with every permission and signs in with the password given', async () => {
    const made = await ensure({ email: 'Root@example.com', name: 'Root', password });

    const signedIn = await login('root@example.com', password);
    expect(made).toEqual({ userId: expect.stringMatching(/^usr_/), isNew: true, randomPassword: null });
    expect(signedIn.user).toEqual({ id: made.userId, profile: { name: 'Root' } });
    expect(await rightsOf(signedIn.refreshToken)).toEqual({ status: 'ACTIVE', version: 1, grants });
  });

  it('ACC-37 gets a random password where none is given, and keeps it', async () => {
    const command = { email: 'random@example.com', name: 'Random' };

    const first = await ensure(command);
    const second = await ensure({ ...command, name: 'Renamed' });

    expect(first.randomPassword).toMatch(/^[\w-]{24}$/);
    expect(second).toEqual({ userId: first.userId, isNew: false, randomPassword: null });
    const signedIn = await login('random@example.com', first.randomPassword ?? '');
    expect(signedIn.user).toEqual({ id: first.userId, profile: { name: 'Renamed' } });
  });

  it('ACC-37 is updated by another run: name and password change, nothing is made twice', async () => {
    const first = await ensure({ email: 'again@example.com', name: 'Once', password });

    const second = await ensure({ email: 'AGAIN@example.com', name: 'Twice', password: 'another horse battery' });
    const third = await ensure({ email: 'again@example.com', name: 'Twice', password: 'another horse battery' });

    expect([second, third]).toEqual(Array(2).fill({ userId: first.userId, isNew: false, randomPassword: null }));
    expect((await login('again@example.com', password)).user).toBeNull();
    const signedIn = await login('again@example.com', 'another horse battery');
    expect(signedIn.user.profile.name).toBe('Twice');
    expect(await rightsOf(signedIn.refreshToken)).toEqual({ status: 'ACTIVE', version: 1, grants });
    expect(await company.eventsOf('rights.changed', first.userId)).toEqual([]);
  });

  it('ACC-37 ACC-15 is signed out everywhere by a new password, and by nothing else', async () => {
    const email = 'signed.in@example.com';
    await ensure({ email, name: 'Signed In', password });
    const sessions = [await login(email, password), await login(email, password)];
    const statuses = () => Promise.all(sessions.map(async ({ refreshToken }) => (await rightsOf(refreshToken)).status));

    await ensure({ email, name: 'Renamed' });
    await ensure({ email, name: 'Renamed', password });
    expect(await statuses()).toEqual(['ACTIVE', 'ACTIVE']);

    await ensure({ email, name: 'Renamed', password: 'another horse battery' });

    expect(await statuses()).toEqual(['REVOKED', 'REVOKED']);
    expect((await login(email, 'another horse battery')).refreshToken).toEqual(expect.any(String));
  });

  it('ACC-37 can be somebody who has an account: their roles stay, and the new right is told', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const em = company.subgraph.running.database.em.fork();
    const email = emailOf(
      company.subgraph.running.systemContext().vault,
      await em.findOneOrFail(UserEntity, { id: person.id }),
    );
    await em.nativeUpdate(UserEntity, { id: person.id }, { isActive: false, isEmailVerified: true });

    const { userId, isNew } = await ensure({ email, name: 'Promoted' });

    const signedIn = await login(email, password);
    const rights = await rightsOf(signedIn.refreshToken);
    const waiter = { role: 'WAITER', brandId: company.ours, outletId: null, slugs: roleTemplates.WAITER };
    expect([userId, isNew]).toEqual([person.id, false]);
    expect(rights).toMatchObject({ status: 'ACTIVE', version: 2 });
    expect(rights.grants).toHaveLength(2);
    expect(rights.grants).toEqual(expect.arrayContaining([...grants, waiter]));
    expect(await company.eventsOf('rights.changed', userId)).toEqual([
      { aggregateId: userId, aggregateVersion: 2, brandId: '', outletId: null, payload: { userId } },
    ]);
  });

  it('ACC-37 takes the account from whoever made it without showing that the address is theirs', async () => {
    const email = 'root.of.all@example.com';
    const { user } = await company.make('register', { email, name: 'Eve', password }, anonymous);
    const [session, guest] = [await login(email, password), { id: user.id }];
    const em = () => company.subgraph.running.database.em.fork();
    await em().nativeUpdate(UserEntity, guest, { isTotpEnabled: true });
    const key = {
      kind: 'NATIVE',
      algorithm: 'EDDSA',
      publicKey: 'x',
      credentialId: 'x',
      credentialKey: 'x',
      signCount: 0,
    };
    const held = { id: newId('dvk'), userId: user.id, deviceId: 'eve', createdAt: company.subgraph.clock.now() };
    await em().insert(DeviceKeyEntity, Object.assign(new DeviceKeyEntity(), key, held));

    const { isNew, randomPassword } = await ensure({ email, name: 'Root' });

    expect([isNew, (await rightsOf(session.refreshToken)).status]).toEqual([false, 'REVOKED']);
    expect((await login(email, password)).refreshToken).toBeNull();
    expect(await em().findOneOrFail(UserEntity, guest)).toMatchObject({ isTotpEnabled: false });
    expect(await em().count(DeviceKeyEntity, { userId: user.id, revokedAt: null })).toBe(0);
    const signedIn = await login(email, randomPassword ?? '');
    expect(await rightsOf(signedIn.refreshToken)).toMatchObject({ status: 'ACTIVE', grants });
    expect(await ensure({ email, name: 'Root' })).toMatchObject({ randomPassword: null });
    expect((await rightsOf(signedIn.refreshToken)).status).toBe('ACTIVE');
  });

  it('ACC-37 is made once when four runs race, and one of them tells the password', async () => {
    const command = { email: 'race@example.com', name: 'Race' };

    const results = await Promise.all(Array.from({ length: 4 }, () => ensure(command)));

    const [told, ...others] = results.flatMap(({ randomPassword }) => randomPassword ?? []);
    expect(new Set(results.map(({ userId }) => userId)).size).toBe(1);
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(others).toEqual([]);
    const signedIn = await login('race@example.com', told ?? '');
    expect(await rightsOf(signedIn.refreshToken)).toEqual({ status: 'ACTIVE', version: 1, grants });
  });

  it('ACC-37 gets the right once when eight runs promote the same person', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const em = company.subgraph.running.database.em.fork();
    const email = emailOf(
      company.subgraph.running.systemContext().vault,
      await em.findOneOrFail(UserEntity, { id: person.id }),
    );

    await em.nativeUpdate(UserEntity, { id: person.id }, { isEmailVerified: true });

    await Promise.all(Array.from({ length: 8 }, () => ensure({ email, name: 'Promoted' })));

    const rights = await rightsOf((await login(email, password)).refreshToken);
    expect(rights.version).toBe(2);
    expect(rights.grants.map(({ role }: { role: string }) => role).toSorted()).toEqual(['ADMIN', 'WAITER']);
    expect(await company.eventsOf('rights.changed', person.id)).toHaveLength(1);
  });

  it.each([
    ['no address', { email: 'root', name: 'Root', password }, { field: ['email'] }],
    ['an empty name', { email: 'x@example.com', name: ' ', password }, { field: ['name'] }],
    [
      'a short password',
      { email: 'x@example.com', name: 'Root', password: 'short' },
      { code: 'PASSWORD_TOO_WEAK', field: ['password'] },
    ],
    [
      'an empty password',
      { email: 'x@example.com', name: 'Root', password: '' },
      { code: 'PASSWORD_TOO_WEAK', field: ['password'] },
    ],
  ])('ACC-37 is not made with %s', async (_what, command, failure) => {
    const before = await company.rows();

    await expect(ensure(command)).rejects.toMatchObject(failure);

    expect(await company.rows()).toEqual(before);
  });

  it('cannot be made through the API: nobody registers with a role', async () => {
    const input = { email: 'sly@example.com', name: 'Sly', password, role: 'ADMIN' };

    const answer = await company.subgraph.run(anonymous, REGISTER, { input });

    expect(errorCode(answer)).toBe('BAD_USER_INPUT');
  });
});
