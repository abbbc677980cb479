import { anonymous } from '../../../platform/domain/viewer.js';
import { password } from '../accounts.fixture.js';
import { PeopleWithCodes, type Person } from '../code/codes.fixture.js';
import { passwordsWorkedOn } from '../user/password.js';
import { UserEntity } from '../user/user.entity.js';

const newPassword = 'another horse battery';

describe('one’s own password', () => {
  let people: PeopleWithCodes;

  beforeAll(async () => (people = await PeopleWithCodes.open()));
  afterAll(() => people.company.subgraph.stop());

  const change = ({ viewer }: Pick<Person, 'viewer'>, input: object = {}) =>
    people.outcome('changePassword', { currentPassword: password, newPassword, ...input }, { viewer });

  it('ACC-15 is changed by the current one: other sessions end, this one stays, and its person is told', async () => {
    const ann = await people.person();
    const [here, elsewhere] = [await people.signIn(ann), await people.signIn(ann)];
    if (!here || !elsewhere) throw new Error('Nobody was signed in.');
    await people.newMails();
    people.company.subgraph.clock.advance(1_000);

    expect(await change(here)).toBe('DONE');

    expect([await people.statusOf(here), await people.statusOf(elsewhere)]).toEqual(['ACTIVE', 'REVOKED']);
    expect(await people.signIn(ann)).toBeNull();
    expect(await people.signIn(ann, newPassword)).not.toBeNull();
    expect(await people.user(ann)).toMatchObject({ passwordChangedAt: people.company.subgraph.clock.now() });
    expect(await people.newMails()).toEqual([
      expect.objectContaining({ to: ann.email, subject: 'Your password was changed' }),
    ]);
  });

  it.each([
    ['another current one', { currentPassword: 'not the password' }, 'INVALID_CREDENTIALS currentPassword'],
    ['an empty current one', { currentPassword: '' }, 'INVALID_CREDENTIALS currentPassword'],
    ['a wrong and a weak one', { currentPassword: '', newPassword: '' }, 'PASSWORD_TOO_WEAK newPassword'],
    ['a wrong one twice', { currentPassword: newPassword }, 'PASSWORD_TOO_WEAK newPassword'],
    ['a common new one', { newPassword: 'P@ssword-2026' }, 'PASSWORD_TOO_WEAK newPassword'],
    ['a short new one', { newPassword: 'short' }, 'PASSWORD_TOO_WEAK newPassword'],
    ['the name as the new one', { newPassword: 'Annabel Anderson' }, 'PASSWORD_TOO_WEAK newPassword'],
    ['the same again', { newPassword: password }, 'PASSWORD_TOO_WEAK newPassword'],
  ])('ACC-15 stays with %s', async (_what, input, outcome) => {
    const ann = await people.person({ name: 'Annabel Anderson' });
    await people.signIn(ann);
    const before = await people.everything();

    expect(await change(ann, input)).toBe(outcome);

    expect(await people.everything()).toEqual(before);
  });

  it('ACC-15 stays for nobody, and for somebody who has none, whatever they send', async () => {
    const google = await people.person();
    await people.em().nativeUpdate(UserEntity, { id: google.id }, { passwordHash: null });
    const before = await people.everything();

    expect(await change({ viewer: anonymous })).toBe('UNAUTHENTICATED');
    expect(await change(google)).toBe('INVALID_CREDENTIALS currentPassword');
    expect(await change(google, { currentPassword: '' })).toBe('INVALID_CREDENTIALS currentPassword');

    expect(await people.everything()).toEqual(before);
  });

  it('ACC-15 stays for somebody who was sent away meanwhile', async () => {
    const ann = await people.person();
    await people.em().nativeUpdate(UserEntity, { id: ann.id }, { isActive: false });
    const before = await people.everything();

    expect(await change(ann)).toBe('INVALID_CREDENTIALS currentPassword');

    expect(await people.everything()).toEqual(before);
  });

  it('ACC-15 is changed once when eight change it at the same time', async () => {
    const ann = await people.person();
    const candidates = Array.from({ length: 8 }, (_, index) => `another horse battery ${index}`);

    const outcomes = await Promise.all(candidates.map((candidate) => change(ann, { newPassword: candidate })));

    expect(outcomes.toSorted()).toEqual(['DONE', ...Array(7).fill('INVALID_CREDENTIALS currentPassword')]);
    const good = await Promise.all(candidates.map(async (candidate) => (await people.signIn(ann, candidate)) !== null));
    expect(good).toEqual(outcomes.map((outcome) => outcome === 'DONE'));
  });

  it('ACC-15 S10 is not guessed by who is signed in: five proofs a minute, and the sixth costs no hash', async () => {
    const strict = await PeopleWithCodes.open({ generosity: 1 });
    const ann = await strict.person();
    const guess = (currentPassword: string) =>
      strict.outcome('changePassword', { currentPassword, newPassword }, { viewer: ann.viewer });
    // A new password that is refused in any case is no proof, and says nothing of the current one.
    for (let time = 0; time < 6; time += 1) expect(await guess(newPassword)).toBe('PASSWORD_TOO_WEAK newPassword');
    for (let time = 0; time < 5; time += 1)
      expect(await guess('not the password')).toBe('INVALID_CREDENTIALS currentPassword');
    const works = passwordsWorkedOn();

    expect(await guess(password)).toBe('RATE_LIMITED');

    expect(passwordsWorkedOn()).toBe(works);
    await strict.company.subgraph.stop();
  });
});
