import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { errorCode, openCompany, type Company } from '../accounts.fixture.js';

describe('what a person tells about themselves', () => {
  let company: Company;
  let number = 0;

  beforeAll(async () => (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  const person = async (): Promise<Viewer> => {
    const { id } = await company.addPerson('WAITER', { brandId: company.ours });
    return { kind: 'USER', id, sessionId: 'ses_1', version: 1, grants: [] };
  };
  const freshName = () => `name.${(number += 1)}`;

  it('ACC-17 is theirs to change, one thing at a time, and every change is told once', async () => {
    const viewer = await person();

    const username = freshName();
    const first = await company.make('updateMe', { name: ' Asha  Rao ', phone: '+91 22 5550 1000', username }, viewer);
    const second = await company.make('updateMe', { locale: 'HI-in' }, viewer);
    const again = await company.make('updateMe', { name: 'Asha  Rao', phone: '+912255501000' }, viewer);
    const cleared = await company.make('updateMe', { phone: null, locale: null, username: null }, viewer);

    const profile = { name: 'Asha  Rao', phone: '+912255501000', locale: null };
    expect(first.user).toMatchObject({ id: viewer.id, username, profile });
    expect(second.user).toMatchObject({ username, profile: { ...profile, locale: 'hi-IN' } });
    expect(again.user).toEqual(second.user);
    expect(cleared.user).toMatchObject({ username: null, profile: { ...profile, phone: null, locale: null } });
    const versions = (await company.eventsOf('user.saved', viewer.id)).map((event) => event.aggregateVersion);
    expect(versions).toEqual([1, 2, 3, 4]);
    expect(await company.eventsOf('rights.changed', viewer.id)).toEqual([]);
  });

  it.each([
    ['an empty name', { name: ' ' }, ['name']],
    ['a name of 121 characters', { name: 'x'.repeat(121) }, ['name']],
    ['a phone number of 16 digits', { phone: '+1234567890123456' }, ['phone']],
    ['a phone number without a plus', { phone: '02255501000' }, ['phone']],
    ['a user name with a space', { username: 'a b c' }, ['username']],
    ['a language there cannot be', { locale: 'no language' }, ['locale']],
  ])('ACC-17 ACC-33 cannot be %s', async (_what, input, field) => {
    const viewer = await person();
    const before = await company.rows();

    const answer = await company.send(viewer, 'updateMe', input);

    expect(answer.data?.['updateMe']).toMatchObject({ user: null, userErrors: [{ code: 'INVALID_INPUT', field }] });
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-17 are told together, where several are wrong', async () => {
    const viewer = await person();
    const before = await company.rows();
    const emailChange = { email: 'a@b', currentPassword: 'whatever it is' };

    const answer = await company.send(viewer, 'updateMe', { name: ' ', phone: '12', emailChange });

    expect(answer.data?.['updateMe']).toMatchObject({
      user: null,
      userErrors: [
        { code: 'INVALID_INPUT', field: ['emailChange', 'email'] },
        { code: 'INVALID_INPUT', field: ['name'] },
        { code: 'INVALID_INPUT', field: ['phone'] },
      ],
    });
    expect(await company.rows()).toEqual(before);
  });

  it.each([
    ['role', 'ADMIN'],
    ['isActive', true],
    ['brandId', 'brd_1'],
    ['pendingEmail', 'new@example.com'],
    ['isEmailVerified', true],
    ['id', 'usr_1'],
  ])('ACC-17 S6 has no %s in it', async (field, value) => {
    const viewer = await person();
    const before = await company.rows();

    const answer = await company.send(viewer, 'updateMe', { name: 'Somebody', [field]: value });

    expect(errorCode(answer)).toBe('BAD_USER_INPUT');
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-17 is changed by nobody who has not signed in', async () => {
    const before = await company.rows();

    expect(errorCode(await company.send(anonymous, 'updateMe', { name: 'Nobody' }))).toBe('UNAUTHENTICATED');
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-02 one user name goes to one of eight who ask for it at once, in whatever letters', async () => {
    const viewers: Viewer[] = [];
    for (let index = 0; index < 8; index += 1) viewers.push(await person());
    const username = freshName();

    const answers = await Promise.all(
      viewers.map((viewer, index) =>
        company.send(viewer, 'updateMe', { username: index % 2 ? username.toUpperCase() : username }),
      ),
    );

    const outcomes = answers.map(({ data }) => data?.['updateMe'].userErrors[0] ?? 'OK');
    expect(outcomes.filter((outcome) => outcome === 'OK')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome !== 'OK')).toEqual(
      Array(7).fill(expect.objectContaining({ code: 'ALREADY_EXISTS', field: ['username'] })),
    );
  });
});
