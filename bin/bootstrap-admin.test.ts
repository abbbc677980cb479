import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createVault } from '../platform/crypto/vault.js';
import { secretsOfFolder } from '../platform/process/secrets.js';
import { runBootstrapAdmin } from './bootstrap-admin.fixture.js';

const password = 'correct horse battery';
const spawnsMs = 30_000;

describe('bootstrap-admin', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'twin-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (args: readonly string[], input = '') =>
    runBootstrapAdmin(args, { DATA_DIR: join(folder, 'data') }, input);
  const select = (sql: string) => {
    const database = new DatabaseSync(join(folder, 'data', 'accounts.sqlite'), { readOnly: true });
    const rows = database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
    database.close();
    return rows;
  };
  const open = (sealed: unknown, at: string) => {
    const { columnKeys: keys, indexKey } = secretsOfFolder(join(folder, 'data'));
    return createVault({ keys, indexKey }).open(String(sealed), at);
  };

  it(
    'ACC-37 makes an administrator in an empty data folder and prints the password once',
    async () => {
      const args = ['--email', 'root@example.com', '--name', 'Root'];

      const first = await run(args);
      const second = await run([...args.slice(0, 3), 'Renamed']);

      const [account] = select('select u.id, email, name from user_account u join user_profile p on p.user_id = u.id');
      expect(first).toMatchObject({ exitCode: 0, errors: '' });
      expect(first.output).toMatch(
        /^Made the administrator root@example\.com \(usr_\w{26}\)\.\nPassword, shown this once: [\w-]{24}\n$/,
      );
      expect(second).toEqual({
        exitCode: 0,
        errors: '',
        output: `Updated the administrator root@example.com (${account?.['id']}).\n`,
      });
      expect(open(account?.['email'], 'user.email')).toBe('root@example.com');
      expect(open(account?.['name'], 'user.name')).toBe('Renamed');
      expect(select('select role_id, brand_id, outlet_id from membership')).toEqual([
        { role_id: 'ADMIN', brand_id: null, outlet_id: null },
      ]);
      expect(readdirSync(join(folder, 'data')).filter((name) => !name.startsWith('accounts.sqlite'))).toEqual([
        'secrets.json',
      ]);
    },
    spawnsMs,
  );

  it(
    'ACC-37 takes the password from standard input and tells it to nobody',
    async () => {
      const made = await run(['--email', 'root@example.com', '--name', 'Root', '--password-stdin'], `${password}\n`);

      expect(made).toEqual({
        exitCode: 0,
        errors: '',
        output: expect.stringMatching(/^Made the administrator root@example\.com \(usr_\w{26}\)\.\n$/),
      });
      expect(select('select password_hash from user_account')).toEqual([
        { password_hash: expect.stringMatching(/^\$argon2id\$/) },
      ]);
    },
    spawnsMs,
  );

  const named = ['--email', 'root@example.com', '--name', 'Root'];
  it.each([
    ['without a name', ['--email', 'root@example.com'], '', /^Usage: npm run bootstrap-admin -- --email .*\n$/],
    ['with an option it does not know', [...named, '--role', 'OWNER'], '', /^Unknown option '--role'.*\n$/],
    [
      'with a password among the arguments',
      [...named, password],
      '',
      /^Unexpected argument 'correct horse battery'.*\n$/,
    ],
    ['with no address', ['--email', 'root', '--name', 'Root'], '', /^--email: It is not an e-mail address\.\n$/],
    [
      'with a short password',
      [...named, '--password-stdin'],
      'short\n',
      /^--password: Use at least 12 characters\.\n$/,
    ],
    [
      'with no password on standard input',
      [...named, '--password-stdin'],
      '\n',
      /^--password-stdin: there is no password on standard input\.\n$/,
    ],
  ])(
    'ACC-37 ends with one line that says why %s',
    async (_what, args, input, line) => {
      const { exitCode, output, errors } = await run(args, input);

      expect(errors).toMatch(line);
      expect([exitCode, output]).toEqual([1, '']);
    },
    spawnsMs,
  );

  it(
    'ACC-37 leaves data of another version and a folder that is none alone',
    async () => {
      await run(named);
      const database = new DatabaseSync(join(folder, 'data', 'accounts.sqlite'));
      database.exec("update schema_fingerprint set fingerprint = 'another'");
      database.close();
      writeFileSync(join(folder, 'file'), '');

      const other = await run([...named.slice(0, 3), 'Other']);
      const none = await runBootstrapAdmin(named, { DATA_DIR: join(folder, 'file') });
      const bad = await runBootstrapAdmin(named, { DATABASE_URL: 'http://localhost' });

      expect([other.exitCode, none.exitCode, bad.exitCode]).toEqual([1, 1, 1]);
      expect(other.errors).toMatch(/^The accounts data was made by another version of TwinEngine.*\n$/);
      expect(none.errors).toMatch(/^The data folder cannot be written: .*DATA_DIR.*\n$/);
      expect(bad.errors).toMatch(/^DATABASE_URL: must be a URL starting with mysql:\/\/ or mariadb:\/\/\n/);
      expect(select('select name from user_profile').map(({ name }) => open(name, 'user.name'))).toEqual(['Root']);
    },
    spawnsMs,
  );
});
