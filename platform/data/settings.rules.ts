/** What was found wrong with a server, one line each: the setting, its value, what it risks, and what mends it. */
export interface Findings {
  /** With these, money that was taken would be lost or changed. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** What a server says of its settings, by name in lower case. */
export type ServerSettings = Readonly<Record<string, string | undefined>>;

interface Rule {
  readonly name: string;
  isSafe(value: string, settings: ServerSettings): boolean;
  readonly risk: string;
  readonly mend: string;
}

const LARGEST_SKEW_MS = 2_000;
const isOneOf =
  (...safe: string[]) =>
  (value: string) =>
    safe.includes(value.toUpperCase());
const keepIt = "and write it into the server's configuration";
const ourCharset =
  'use set global character_set_server = utf8mb4, without init_connect or skip-character-set-client-handshake';

const refused: readonly Rule[] = [
  {
    name: 'innodb_flush_log_at_trx_commit',
    isSafe: isOneOf('1'),
    risk: 'the last second of confirmed orders and payments is lost when the server stops suddenly',
    mend: `set global innodb_flush_log_at_trx_commit = 1, ${keepIt}`,
  },
  {
    name: 'sync_binlog',
    isSafe: (value, settings) => value === '1' || !isOneOf('ON', '1')(settings['log_bin'] ?? ''),
    risk: 'a copy or a restore made from the binary log lacks confirmed payments after the server stops suddenly',
    mend: `set global sync_binlog = 1, ${keepIt}`,
  },
  {
    name: 'sql_mode',
    isSafe: (value) => value.split(',').some(isOneOf('STRICT_TRANS_TABLES', 'STRICT_ALL_TABLES')),
    risk: 'amounts and texts that do not fit are cut instead of refused',
    mend: `set global sql_mode = concat(@@global.sql_mode, ',STRICT_TRANS_TABLES'), ${keepIt}`,
  },
  ...['character_set_client', 'character_set_connection'].map((name) => ({
    name,
    isSafe: isOneOf('UTF8MB4'),
    risk: 'letters are replaced by question marks, and different names become the same',
    mend: ourCharset,
  })),
  {
    name: 'collation_connection',
    isSafe: (value) => value.toLowerCase().startsWith('utf8mb4_'),
    risk: 'texts are compared by rules that take different names for the same',
    mend: ourCharset,
  },
  {
    name: 'innodb_doublewrite',
    isSafe: isOneOf('ON', '1', 'DETECT_AND_RECOVER'),
    risk: 'a page half written when the power fails cannot be repaired',
    mend: "write innodb_doublewrite = ON into the server's configuration and restart it",
  },
];

// Every transaction that writes states READ COMMITTED itself; what remains are reads outside of one.
const isolation = (name: string): Rule => ({
  name,
  isSafe: isOneOf('READ-COMMITTED', 'REPEATABLE-READ'),
  risk: 'reads outside of a unit of work see changes that are taken back, or wait for locks',
  mend: `set global ${name} = 'READ-COMMITTED', ${keepIt}`,
});
// MySQL and newer MariaDB say transaction_isolation, older MariaDB tx_isolation; the first two mean the same.
const warned: readonly Rule[] = [isolation('transaction_isolation'), isolation('tx_isolation')];

/** The settings to ask a server for. */
export const settingNames: readonly string[] = ['log_bin', ...[...refused, ...warned].map(({ name }) => name)];

/** Judges what a MariaDB or MySQL server says of its settings; what it does not say is warned of. */
export function judgeSettings(settings: ServerSettings): Findings {
  const unknown = refused.filter(({ name }) => settings[name] === undefined);
  return {
    refusals: breaches(refused, settings),
    warnings: [
      ...unknown.map(
        ({ name, risk }) => `${name} could not be checked, the server does not tell it: if unsafe, ${risk}.`,
      ),
      ...breaches(warned, settings),
    ],
  };
}

/** Judges how far the server's clock is from this process's, beyond what the question itself took. */
export function judgeClock({ before, server, after }: { before: Date; server: Date; after: Date }): string[] {
  const behind = before.getTime() - server.getTime();
  const ahead = server.getTime() - after.getTime();
  const skew = Math.max(behind, ahead);
  if (skew <= LARGEST_SKEW_MS) return [];
  const direction = behind > 0 ? 'behind' : 'ahead of';
  return [
    `The database server's clock is ${(skew / 1_000).toFixed(1)} s ${direction} this process's: leases, sign-ins and business days end at the wrong time. Keep both machines in step, as with chrony.`,
  ];
}

/** Judges what Redis answered to INFO. */
export function judgeRedis(info: string): Findings {
  const facts = new Map(
    info.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
  const judge = (given: { name: string; value: string | undefined; safe: string; rest: string }) => {
    if (given.value === given.safe) return [];
    if (given.value === undefined) return [`${given.name} of Redis could not be checked: Redis does not tell it.`];
    return [`${given.name} of Redis is ${given.value}: ${given.rest}.`];
  };
  const aof = facts.get('aof_enabled');
  return {
    refusals: [],
    warnings: [
      ...judge({
        name: 'maxmemory-policy',
        value: facts.get('maxmemory_policy'),
        safe: 'noeviction',
        rest: 'waiting jobs and events are thrown away when memory runs short, and come late. Mend it with: config set maxmemory-policy noeviction',
      }),
      ...judge({
        name: 'appendonly',
        value: aof === undefined ? undefined : aof === '1' ? 'yes' : 'no',
        safe: 'yes',
        rest: 'waiting jobs and events are forgotten when Redis restarts, and come late. Mend it with: config set appendonly yes',
      }),
    ],
  };
}

function breaches(rules: readonly Rule[], settings: ServerSettings): string[] {
  return rules.flatMap(({ name, isSafe, risk, mend }) => {
    const value = settings[name];
    if (value === undefined || isSafe(value, settings)) return [];
    return [`${name} is ${value === '' ? 'empty' : value}: ${risk}. Mend it with: ${mend}.`];
  });
}
