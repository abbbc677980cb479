import { pickPackage } from './apt.js';
import { commandOf, findBinary, versionOf } from './binaries.js';
import { startServers } from './servers.js';
import { newServerFolder } from './watched-server.js';
import { chooseWay, databaseUrlWithoutSchema, isDebianLike, noServersError, redisUrl, systemName } from './ways.js';

const url = 'mysql://127.0.0.1:3306';
const binary = '/usr/sbin/mariadbd';

describe('where a server comes from', () => {
  it.each([
    ['everything', { url, binary, canUnpack: true }, { from: 'url', url }],
    ['no URL', { url: undefined, binary, canUnpack: true }, { from: 'path', binary }],
    ['an empty URL', { url: '', binary, canUnpack: false }, { from: 'path', binary }],
    ['packages only', { url: undefined, binary: undefined, canUnpack: true }, { from: 'packages' }],
    ['nothing', { url: undefined, binary: undefined, canUnpack: false }, null],
  ])('with %s', (_, found, way) => {
    expect(chooseWay(found)).toEqual(way);
  });

  it('names all three ways when none is open', () => {
    const { message } = noServersError('this machine has no Redis', 'TEST_');

    expect(message).toContain('this machine has no Redis');
    expect(message).toMatch(/\(1\) set TEST_DATABASE_URL.+TEST_REDIS_URL.+\(2\).+on the PATH.+\(3\).+Debian or Ubuntu/);
  });
});

describe('the system', () => {
  it.each([
    ['Debian', 'PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\n', true, 'debian-12-x64'],
    ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', true, 'ubuntu-24.04-x64'],
    ['Mint', "ID=linuxmint\nID_LIKE='ubuntu debian'\nVERSION_ID='22'\n", true, 'linuxmint-22-x64'],
    ['Debian testing', 'ID=debian\nVERSION_CODENAME=forky\n', true, 'debian-forky-x64'],
    ['Fedora', 'ID=fedora\nVERSION_ID=41\n', false, 'fedora-41-x64'],
    ['Arch', 'ID=arch\n', false, 'arch-rolling-x64'],
    [
      'a name that only mentions Debian',
      'NAME="Not debian"\nID=other\nID_LIKE="debianish"\n',
      false,
      'other-rolling-x64',
    ],
    ['no os-release', '', false, 'linux-rolling-x64'],
  ])('%s', (_, osRelease, debianLike, name) => {
    expect(isDebianLike(osRelease)).toBe(debianLike);
    expect(systemName(osRelease, 'x64')).toBe(name);
  });

  it.each([
    ['the plain name first', ['mariadb-server-core-10.6', 'mariadb-server-core'], 'mariadb-server-core'],
    ['the highest version', ['mariadb-server-core-10.11', 'mariadb-server-core-10.6'], 'mariadb-server-core-10.11'],
    ['nothing that fits in part', ['mariadb-server-core-dbgsym', 'mariadb-server'], undefined],
  ])('picks %s', (_, known, picked) => {
    expect(pickPackage(/^mariadb-server-core(-[\d.]+)?$/, known)).toBe(picked);
  });

  it('keeps the data in a path that leaves room for a socket', () => {
    expect(newServerFolder('/tmp')).toMatch(/^\/tmp\/twin-[0-9a-f]{12}$/);
    expect(newServerFolder(`/${'long/'.repeat(20)}`)).toMatch(/^\/tmp\/twin-[0-9a-f]{12}$/);
    expect(newServerFolder('/tmp')).not.toBe(newServerFolder('/tmp'));
  });
});

describe('given URLs', () => {
  it.each([
    ['mysql://127.0.0.1:3306', 'mysql://127.0.0.1:3306'],
    ['mysql://root@db/twin', 'mysql://root@db'],
    ['mariadb://ann:p%40ss@[::1]:3307/twin?x=1', 'mysql://ann:p%40ss@[::1]:3307'],
  ])('takes the schema name off %s', (given, expected) => {
    expect(databaseUrlWithoutSchema(given, 'DATABASE_URL')).toBe(expected);
  });

  it('keeps the URL of Redis as it is', () => {
    expect(redisUrl('rediss://:secret@cache:6380/3', 'REDIS_URL')).toBe('rediss://:secret@cache:6380/3');
  });

  it.each([
    ['TEST_DATABASE_URL', 'TEST_', { databaseUrl: 'postgres://ann:hidden@db/twin' }],
    ['DATABASE_URL', '', { databaseUrl: 'hidden' }],
    ['TEST_REDIS_URL', 'TEST_', { redisUrl: 'http://:hidden@cache' }],
  ])('refuses a malformed %s without repeating it', async (variable, variablePrefix, env) => {
    const refusal = await startServers(env, { variablePrefix }).then(() => '', String);

    expect(refusal).toContain(`Error: ${variable} must look like`);
    expect(refusal).not.toContain('hidden');
  });
});

describe('programs', () => {
  it('are found on the PATH, the first name first', () => {
    expect(findBinary(['no-such-program-here', 'sh'])).toMatch(/\/sh$/);
    expect(findBinary(['no-such-program-here'])).toBeUndefined();
  });

  it('run with the libraries they came with', () => {
    const program = { binary: '/x/redis-server', loadPath: '/x/lib:/x/usr/lib' };

    expect(commandOf(program, ['a'])).toEqual({
      run: 'env',
      args: ['LD_LIBRARY_PATH=/x/lib:/x/usr/lib', '/x/redis-server', 'a'],
    });
    expect(commandOf({ ...program, loadPath: '' }, ['a'])).toEqual({ run: '/x/redis-server', args: ['a'] });
  });

  it('that cannot run say so', () => {
    expect(() => versionOf({ binary: '/no/such/program', loadPath: '' })).toThrow('/no/such/program does not run here');
  });
});
