import { newId } from '../../../platform/domain/id.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import { password } from '../accounts.fixture.js';
import { ensureAdministrator } from '../administration/administrator.operations.js';
import { UserEntity } from '../user/user.entity.js';
import { sealEmail } from '../user/user.vault.js';
import { OneTimeCodeEntity } from './code.entity.js';
import { issueCode } from './code.operations.js';
import { newSecret } from './code.rules.js';
import { PeopleWithCodes, tokenIn, type Person } from './codes.fixture.js';

const newPassword = 'another horse battery';
const VERIFY = 'query ($token: String!) { verifyToken(token: $token) { isActive reason } }';
const REFRESH = `mutation ($input: RefreshTokenInput!) {
  refreshToken(input: $input) { accessToken userErrors { code } } }`;

describe('S18 the token of a mailed link', () => {
  let people: PeopleWithCodes;

  beforeAll(async () => (people = await PeopleWithCodes.open()));
  afterAll(() => people.company.subgraph.stop());

  const context = () => people.company.subgraph.running.systemContext();
  const confirm = (token: string) => people.outcome('confirmPasswordReset', { token, newPassword });
  const partsOf = (token: string) => {
    const [id = '', secret = ''] = token.split('.');
    return { id, secret };
  };
  const setUser = ({ id }: Person, change: Partial<UserEntity>) => people.em().nativeUpdate(UserEntity, { id }, change);
  const secondFactorToken = ({ id: userId }: Person) =>
    context().unitOfWork(async (em) => (await issueCode(context(), em, { userId, purpose: 'SECOND_FACTOR' })).token);

  /** What is sent instead of a good token, after what has happened to it. */
  const cases: readonly [string, (ann: Person, token: string) => Promise<string> | string][] = [
    ['that was used before', async (_ann, token) => (await confirm(token), token)],
    ['that a later one has replaced', async (ann, token) => (await people.resetToken(ann), token)],
    ['that has expired', (_ann, token) => (people.company.subgraph.clock.advance(30 * 60_000), token)],
    ['that verifies an address', async (ann) => (await people.verification(ann)).token],
    ['that stands for the first step of a sign-in', (ann) => secondFactorToken(ann)],
    [
      'whose secret is somebody else’s',
      async (_ann, token) => {
        const other = await people.resetToken(await people.person());
        return `${partsOf(token).id}.${partsOf(other).secret}`;
      },
    ],
    [
      'whose person has changed their password since',
      async ({ viewer }, token) => {
        const input = { currentPassword: password, newPassword: 'a third horse battery' };
        expect(await people.outcome('changePassword', input, { viewer })).toBe('DONE');
        return token;
      },
    ],
    [
      'whose person was given another password by the operator since',
      async ({ email }, token) => {
        await ensureAdministrator(context(), { email, name: 'Some Body', password: 'a third horse battery' });
        return token;
      },
    ],
    [
      'whose person has another address since',
      async (ann, token) => {
        await setUser(ann, sealEmail(context().vault, `moved.${ann.email}`));
        return token;
      },
    ],
    [
      'whose person was sent away and let in again',
      async ({ id }, token) => {
        for (const isActive of [false, true]) await people.company.make('updateUser', { id, isActive });
        return token;
      },
    ],
    ['whose person was sent away', async (ann, token) => (await setUser(ann, { isActive: false }), token)],
    [
      'altered in its first letter',
      (_ann, token) => token.replace(/\.(.)/, (_, letter) => `.${letter === 'A' ? 'B' : 'A'}`),
    ],
    ['altered in its last letter', (_ann, token) => token.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A'))],
    ['truncated', (_ann, token) => token.slice(0, -1)],
    ['without its secret', (_ann, token) => partsOf(token).id],
    ['without its id', (_ann, token) => partsOf(token).secret],
    ['that is empty', () => ''],
    ['that is huge', (_ann, token) => token + 'A'.repeat(60_000)],
    ['with something around it', (_ann, token) => ` ${token}\n`],
    ['of no code there is', () => `${newId('otc')}.${newSecret()}`],
    [
      'made of what the table holds',
      async ({ id: userId }, token) => {
        const { secretHash } = await people.em().findOneOrFail(OneTimeCodeEntity, { userId });
        return `${partsOf(token).id}.${secretHash.slice(0, 43)}`;
      },
    ],
  ];

  it.each(cases)('ACC-13 %s changes no password, and is answered as every other', async (_what, spoil) => {
    const ann = await people.person();
    const spoilt = await spoil(ann, await people.resetToken(ann));
    await people.newMails();
    const before = await people.everything();

    const answer = await people.send('confirmPasswordReset', { token: spoilt, newPassword: 'a fourth horse battery' });

    expect(answer).toEqual({
      data: {
        confirmPasswordReset: { isPasswordChanged: null, userErrors: [{ code: 'INVALID_CODE', field: ['token'] }] },
      },
    });
    expect(await people.everything()).toEqual(before);
  });

  it('ACC-14 for a password verifies no address, nor one for an address that has changed or a person sent away', async () => {
    const [ann, ben, carl] = [await people.person(), await people.person(), await people.person()];
    const tokens = [await people.resetToken(ann), await secondFactorToken(ann)];
    for (const person of [ben, carl]) tokens.push((await people.verification(person)).token);
    await setUser(ben, sealEmail(context().vault, `moved.${ben.email}`));
    await setUser(carl, { isActive: false });
    const before = await people.everything();

    for (const token of tokens) expect(await people.outcome('verifyEmail', { token })).toBe('INVALID_CODE token');

    expect(await people.everything()).toEqual(before);
  });

  it('ACC-13 is good until its last millisecond, and whatever else is asked for meanwhile', async () => {
    const ann = await people.person();
    const token = await people.resetToken(ann);
    await people.verification(ann);
    await people.resetToken(await people.person());
    // The same address, sealed anew, as by a rotation of the keys.
    await setUser(ann, sealEmail(context().vault, ann.email.toUpperCase()));
    people.company.subgraph.clock.advance(30 * 60_000 - 1);

    expect(await confirm(token)).toBe('DONE');
  });

  it('ACC-13 sets one password when eight send it at the same time', async () => {
    const ann = await people.person();
    const token = await people.resetToken(ann);
    const candidates = Array.from({ length: 8 }, (_, index) => `a chosen horse battery ${index}`);

    const outcomes = await Promise.all(
      candidates.map((candidate) => people.outcome('confirmPasswordReset', { token, newPassword: candidate })),
    );

    expect(outcomes.toSorted()).toEqual(['DONE', ...Array(7).fill('INVALID_CODE token')]);
    const good = await Promise.all(candidates.map(async (candidate) => (await people.signIn(ann, candidate)) !== null));
    expect(good).toEqual(outcomes.map((outcome) => outcome === 'DONE'));
  });

  it('ACC-13 ACC-15 and a change of the password at the same time: one of them wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ann = await people.person();
      const token = await people.resetToken(ann);
      const change = { currentPassword: password, newPassword: 'a changed horse battery' };

      const outcomes = await Promise.all([
        confirm(token),
        people.outcome('changePassword', change, { viewer: ann.viewer }),
      ]);

      expect([
        ['DONE', 'INVALID_CREDENTIALS currentPassword'],
        ['INVALID_CODE token', 'DONE'],
      ]).toContainEqual(outcomes);
    }
  });

  it('ACC-14 is asked for by eight at once, and one of theirs is good', async () => {
    const ann = await people.person();
    await Promise.all(Array.from({ length: 8 }, () => people.send('requestPasswordReset', { email: ann.email })));
    const mails = await people.newMails();

    expect(mails).toHaveLength(8);
    expect(await people.em().count(OneTimeCodeEntity, { userId: ann.id })).toBe(1);
    const outcomes = [];
    for (const mail of mails) outcomes.push(await confirm(tokenIn([mail])));
    expect(outcomes.toSorted()).toEqual(['DONE', ...Array(7).fill('INVALID_CODE token')]);
  });

  it('S16 is neither an access token nor a refresh token', async () => {
    const token = await people.resetToken(await people.person());
    const { subgraph } = people.company;
    const { viewer } = await people.person();

    const verified = await subgraph.run(viewer, VERIFY, { token });
    const refreshed = await subgraph.run(viewer, REFRESH, { input: { refreshToken: token } });

    expect(verified.data?.['verifyToken']).toEqual({ isActive: false, reason: 'UNKNOWN' });
    expect(refreshed.data?.['refreshToken']).toEqual({
      accessToken: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS' }],
    });
  });

  it('S25 is in no table, job, event, log line or subject, before its use and after; only its hash is kept', async () => {
    const ann = await people.person();
    await people.send('requestPasswordReset', { email: ann.email });
    const [reset] = await people.newMails();
    const mailed = await people.verification(ann);
    const token = tokenIn(reset ? [reset] : []);
    const kept = await everyRow();
    const codes = await people.em().find(OneTimeCodeEntity, { userId: ann.id });

    expect(await confirm(token)).toBe('DONE');
    expect(await people.outcome('verifyEmail', { token: `${mailed.token}x` })).toBe('INVALID_CODE token');
    expect(await people.outcome('verifyEmail', { token: mailed.token })).toBe('DONE');
    await people.newMails();

    const places = { kept, after: await everyRow(), lines: people.lines.join('\n') };
    const subjects = people.mails.map(({ subject, idempotencyKey }) => `${subject} ${idempotencyKey}`).join('\n');
    for (const secret of [token, mailed.token].map((text) => partsOf(text).secret)) {
      for (const text of Object.values(places)) expect(text.includes(secret)).toBe(false);
      expect(subjects).not.toContain(secret);
    }
    expect(people.lines.length).toBeGreaterThan(0);
    expect(kept).toContain(partsOf(token).id);
    expect(codes.map(({ secretHash, digitsHash }) => [secretHash.length, digitsHash?.length])).toEqual(
      expect.arrayContaining([
        [64, undefined],
        [64, 64],
      ]),
    );
    const payloads = (await people.em().find(JobEntity, {})).map(({ payload }) => Object.keys(Object(payload)));
    expect(new Set(payloads.flat())).toEqual(new Set(['userId']));
  });

  it('stands behind the # of the app’s own address, whatever host the request named', async () => {
    const ann = await people.person();
    await people.send('requestPasswordReset', { email: ann.email });
    const [mail] = await people.newMails();

    const links = mail?.text.match(/https?:\S+/g) ?? [];

    expect(links).toHaveLength(1);
    const url = new URL(links[0] ?? '');
    expect([url.origin, url.pathname, url.search]).toEqual([context().config.appUrl, '/reset-password', '']);
    expect(url.hash).toBe(`#token=${tokenIn(mail ? [mail] : [])}`);
  });

  /** All that the database holds, as text. */
  async function everyRow(): Promise<string> {
    const { orm } = people.company.subgraph.running.database;
    const tables = [...orm.getMetadata().getAll().values()].map(({ tableName }) => tableName);
    const rows = [];
    for (const table of tables) rows.push(await people.em().execute(`select * from ${table}`));
    return JSON.stringify(rows);
  }
});
