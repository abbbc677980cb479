import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { commandOf, versionOf, type Program } from './binaries.js';
import type { Place, ServerKind } from './server-kind.js';
import { DATA_FOLDER, type WatchedCommand, type WatchOrder } from './watched-server.js';

const USER = 'twin';

/** MariaDB, or MySQL where only that is on the PATH; some releases put the server's version into the package's name. */
export const MARIADB: ServerKind = {
  name: 'MariaDB',
  variable: 'DATABASE_URL',
  binaries: ['mariadbd', 'mysqld'],
  packages: [/^mariadb-server-core(-[\d.]+)?$/],
  packagedBinaries: ['usr/sbin/mariadbd', 'usr/sbin/mysqld'],
  hello: '',
  order: databaseOrder,
  urlOf: ({ port, password }) => `mysql://${USER}:${password}@127.0.0.1:${port}`,
};

/** Orders a private database: a fresh data folder, then the server with one user who may do everything. */
function databaseOrder(program: Program, place: Place): WatchOrder {
  const mariadb = /mariadb/i.test(versionOf(program));
  return {
    name: mariadb ? 'MariaDB' : 'MySQL',
    folder: place.folder,
    // The password stands in a file that only this user may read, not in the list of processes.
    files: { 'users.sql': usersSql(place.password, mariadb), ...(mariadb && { 'system.sql': systemSql(program) }) },
    commands: mariadb ? mariadbCommands(program, place) : mysqlCommands(program, place),
  };
}

/** What `mariadb-install-db` does, without the client programs that script asks for. */
function mariadbCommands(program: Program, place: Place): WatchedCommand[] {
  const share = shareFolder(program);
  const own = [
    `--lc-messages-dir=${share}`,
    `--character-sets-dir=${join(share, 'charsets')}`,
    '--innodb-log-file-size=32M',
    ...sharedArgs(place),
  ];
  return [
    { ...commandOf(program, ['--no-defaults', '--bootstrap', ...own]), inputFile: 'system.sql' },
    commandOf(program, ['--no-defaults', ...own, ...servingArgs(place)]),
  ];
}

function mysqlCommands(program: Program, place: Place): WatchedCommand[] {
  return [
    commandOf(program, ['--no-defaults', '--initialize-insecure', ...sharedArgs(place)]),
    commandOf(program, ['--no-defaults', '--mysqlx=OFF', ...sharedArgs(place), ...servingArgs(place)]),
  ];
}

function sharedArgs(place: Place): string[] {
  return [
    `--datadir=${join(place.folder, DATA_FOLDER)}`,
    '--innodb-buffer-pool-size=64M',
    '--character-set-server=utf8mb4',
    // Both servers refuse to run as root unless told so.
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ];
}

function servingArgs(place: Place): string[] {
  return [
    `--socket=${join(place.folder, 'm.sock')}`,
    `--pid-file=${join(place.folder, 'm.pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${place.port}`,
    `--init-file=${join(place.folder, 'users.sql')}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--innodb-flush-log-at-trx-commit=1',
    '--transaction-isolation=READ-COMMITTED',
    '--sql-mode=STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    '--default-time-zone=+00:00',
    '--max-connections=300',
  ];
}

function usersSql(password: string, mariadb: boolean): string {
  return [
    // Read at every start, a second one included.
    `CREATE USER IF NOT EXISTS '${USER}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO '${USER}'@'%' WITH GRANT OPTION;`,
    // MariaDB lets root in only through the socket and by the system's user; MySQL made it without a password.
    ...(mariadb ? [] : [`ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`]),
    '',
  ].join('\n');
}

/** The system tables; the help texts, the sys schema and the test database would only take time. */
function systemSql(program: Program): string {
  const share = shareFolder(program);
  const script = (name: string) =>
    globSync(`{mariadb,mysql}_${name}.sql`, { cwd: share }).map((file) => readFileSync(join(share, file), 'utf8'));
  return [
    // The bootstrap reads one statement a line.
    'CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\n',
    "SET @auth_root_socket='root';\n",
    ...script('system_tables'),
    ...script('performance_tables'),
    ...script('system_tables_data'),
  ].join('\n');
}

/** MariaDB's own files lie in a place that depends on who packed it, but never far from the program. */
function shareFolder(program: Program): string {
  const beside = join(dirname(realpathSync(program.binary)), '..', 'share');
  const candidates = [join(beside, 'mysql'), join(beside, 'mariadb'), beside];
  const share = candidates.find((path) =>
    ['mysql', 'mariadb'].some((name) => existsSync(join(path, `${name}_system_tables.sql`))),
  );
  if (!share) throw new Error(`${program.binary} has no *_system_tables.sql in any of ${candidates.join(', ')}.`);
  return share;
}
