import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatColumnKeys } from '../platform/crypto/column-keys.js';
import { anonymous } from '../platform/domain/viewer.js';
import { secretsOfFolder } from '../platform/process/secrets.js';
import { UserEntity } from '../subgraphs/accounts/user/user.entity.js';
import { accounts } from '../subgraphs/accounts/subgraph.js';
import { runCommand } from '../tests/harness/command.js';
import { environmentOf } from '../tests/harness/process.js';
import { startTestSubgraph, type TestSubgraph } from '../tests/harness/subgraph.js';
import { makeTestPlace, type TestPlace } from '../tests/harness/target.js';

const password = 'correct horse battery';
const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { user { email profile { name phone } } } }';
const spawnsMs = 60_000;

describe('rotate-keys beside a running server', () => {
  let place: TestPlace;
  let server: TestSubgraph;

  beforeAll(async () => {
    place = makeTestPlace();
    server = await startTestSubgraph(accounts, undefined, { place });
    for (const name of ['Ann', 'Bob', 'Cleo']) {
      const input = { email: `${name}@example.com`, name, phone: '+912255501000', password };
      await server.run(anonymous, REGISTER, { input });
    }
    const em = server.running.database.em.fork();
    const [plain] = await em.find(UserEntity, {}, { limit: 1, orderBy: { id: 'asc' } });
    await em.nativeUpdate(
      UserEntity,
      { id: plain?.id ?? '' },
      { email: 'Ann@example.com', emailKey: 'ann@example.com' },
    );
  });
  afterAll(async () => {
    await server.stop();
    await place.remove();
  });

  const signIn = async (identifier: string) => {
    const { data } = await server.run(anonymous, LOGIN, { input: { identifier, password } });
    return data?.['login'].user;
  };

  it(
    'X-06 counts, seals with the first key, finds nothing left, and then the old key may go',
    async () => {
      const { columnKeys: old, ...secrets } = secretsOfFolder(place.dataDir);
      const next = { id: 'k2', key: randomBytes(32).toString('base64') };
      const env = { ...environmentOf(place), COLUMN_KEYS: formatColumnKeys([next, ...old]) };

      const dry = await runCommand('rotate-keys', env, ['--dry-run']);
      const done = await runCommand('rotate-keys', env);
      const again = await runCommand('rotate-keys', env);

      const linesOf = (users: number, profiles: number, verb: string) => [
        `accounts.user_account: 3 rows, ${users} ${verb} anew`,
        `accounts.user_profile: 3 rows, ${profiles} ${verb} anew`,
        `accounts.staff_profile: 0 rows, 0 ${verb} anew`,
        `accounts.customer_profile: 0 rows, 0 ${verb} anew`,
      ];
      expect([dry, done, again].map(({ exitCode, errors }) => [exitCode, errors])).toEqual(Array(3).fill([0, []]));
      expect(dry.output).toEqual(
        expect.arrayContaining([...linesOf(3, 3, 'to seal'), '6 rows are to be sealed anew.']),
      );
      expect(done.output).toEqual(expect.arrayContaining(linesOf(3, 3, 'sealed')));
      expect(done.output.at(-1)).toBe('6 rows were sealed anew; older keys may go.');
      expect(again.output).toEqual(expect.arrayContaining(linesOf(0, 0, 'sealed')));
      await server.stop();
      const file = join(place.dataDir, 'secrets.json');
      writeFileSync(file, JSON.stringify({ ...secrets, columnKeys: [next] }), { mode: 0o600 });
      server = await startTestSubgraph(accounts, undefined, { place });
      expect(await signIn('ann@example.com')).toEqual({
        email: 'Ann@example.com',
        profile: { name: 'Ann', phone: '+912255501000' },
      });
      expect(await signIn('CLEO@example.com')).toMatchObject({ profile: { name: 'Cleo' } });
    },
    spawnsMs,
  );

  it(
    'X-06 ends with one line that says why',
    async () => {
      const env = environmentOf(place);

      const unknown = await runCommand('rotate-keys', env, ['--all']);
      const malformed = await runCommand('rotate-keys', { ...env, COLUMN_KEYS: 'k1:short' });
      const foreign = { id: 'k9', key: randomBytes(32).toString('base64') };
      const lost = await runCommand('rotate-keys', { ...env, COLUMN_KEYS: formatColumnKeys([foreign]) });

      expect([unknown, malformed, lost].map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
      expect(unknown.errors).toEqual([expect.stringMatching(/^Unknown option '--all'/)]);
      expect(malformed.errors).toEqual([expect.stringMatching(/^COLUMN_KEYS: must look like/)]);
      expect(lost.errors).toEqual([
        expect.stringMatching(/^A value of user\.email cannot be opened: the key k2 is not/),
      ]);
      expect(await signIn('ann@example.com')).toMatchObject({ email: 'Ann@example.com' });
    },
    spawnsMs,
  );
});
