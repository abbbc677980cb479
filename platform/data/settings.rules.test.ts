import { instant } from '../process/clock.js';
import { explain } from '../process/startup.js';
import { UnsafeSettings } from './settings-check.js';
import { judgeClock, judgeRedis, judgeSettings, settingNames, type ServerSettings } from './settings.rules.js';

const mariadb: ServerSettings = {
  log_bin: 'OFF',
  innodb_flush_log_at_trx_commit: '1',
  sync_binlog: '0',
  sql_mode: 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION',
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  collation_connection: 'utf8mb4_unicode_ci',
  innodb_doublewrite: 'ON',
  tx_isolation: 'REPEATABLE-READ',
};
const { tx_isolation: _older, ...withoutIsolation } = mariadb;
const mysql: ServerSettings = {
  ...withoutIsolation,
  log_bin: 'ON',
  sync_binlog: '1',
  transaction_isolation: 'READ-COMMITTED',
};
const redisInfo = (policy: string, aof: string) =>
  `# Memory\r\nmaxmemory:0\r\nmaxmemory_policy:${policy}\r\n\r\n# Persistence\r\naof_enabled:${aof}\r\n`;

describe('the settings of a server', () => {
  it.each<[string, ServerSettings]>([
    ['MariaDB', mariadb],
    ['MySQL', mysql],
    ['a server that is strict for every engine', { ...mariadb, sql_mode: 'ANSI,STRICT_ALL_TABLES' }],
    ['MySQL that detects and recovers', { ...mysql, innodb_doublewrite: 'DETECT_AND_RECOVER' }],
  ])('F14 of %s are found safe', (_server, settings) => {
    expect(judgeSettings(settings)).toEqual({ refusals: [], warnings: [] });
  });

  it.each<[name: string, value: string, mends: string]>([
    ['innodb_flush_log_at_trx_commit', '0', 'set global innodb_flush_log_at_trx_commit = 1'],
    ['innodb_flush_log_at_trx_commit', '2', 'set global innodb_flush_log_at_trx_commit = 1'],
    ['sync_binlog', '0', 'set global sync_binlog = 1'],
    ['sync_binlog', '1000', 'set global sync_binlog = 1'],
    ['sql_mode', '', 'set global sql_mode = concat('],
    ['sql_mode', 'NO_ENGINE_SUBSTITUTION,NOT_STRICT_TRANS_TABLES', 'set global sql_mode = concat('],
    ['character_set_client', 'utf8mb3', 'set global character_set_server = utf8mb4'],
    ['character_set_connection', 'latin1', 'set global character_set_server = utf8mb4'],
    ['collation_connection', 'utf8mb3_general_ci', 'set global character_set_server = utf8mb4'],
    ['innodb_doublewrite', 'OFF', 'innodb_doublewrite = ON'],
    ['innodb_doublewrite', 'DETECT_ONLY', 'innodb_doublewrite = ON'],
    ['innodb_doublewrite', 'fast', 'innodb_doublewrite = ON'],
  ])('F14 are refused with %s %j', (name, value, mends) => {
    const { refusals, warnings } = judgeSettings({ ...mysql, [name]: value });

    expect(refusals).toEqual([expect.stringContaining(mends)]);
    expect(refusals[0]).toMatch(new RegExp(`^${name} is ${value || 'empty'}: .+\\. Mend it with: .+\\.$`));
    expect(warnings).toEqual([]);
  });

  it.each(['READ-UNCOMMITTED', 'SERIALIZABLE'])('F14 are only warned of with isolation %s', (level) => {
    for (const [server, name] of [
      [mariadb, 'tx_isolation'],
      [mysql, 'transaction_isolation'],
    ] as const)
      expect(judgeSettings({ ...server, [name]: level })).toEqual({
        refusals: [],
        warnings: [expect.stringMatching(new RegExp(`^${name} is ${level}: .*set global ${name} = 'READ-COMMITTED'`))],
      });
  });

  it('F14 are told all at once', () => {
    const settings = { ...mysql, sync_binlog: '0', sql_mode: '', innodb_flush_log_at_trx_commit: '2' };

    const { refusals } = judgeSettings(settings);

    expect(refusals.map((line) => line.split(' ')[0])).toEqual([
      'innodb_flush_log_at_trx_commit',
      'sync_binlog',
      'sql_mode',
    ]);
    expect(explain(new UnsafeSettings(refusals))).toEqual(refusals);
  });

  it('F14 are warned of where the server does not tell them', () => {
    const { innodb_doublewrite: _untold, ...told } = mariadb;

    expect(judgeSettings(told)).toEqual({
      refusals: [],
      warnings: [expect.stringMatching(/^innodb_doublewrite could not be checked/)],
    });
  });

  it('are all asked for', () => {
    expect(new Set(settingNames)).toEqual(new Set([...Object.keys(mariadb), ...Object.keys(mysql)]));
  });
});

describe('the clock of a server', () => {
  const at = (seconds: string) => instant(`2026-03-14T12:00:${seconds}Z`);

  it.each<[string, string, string, string, RegExp | null]>([
    ['in step', '10.000', '10.000', '10.000', null],
    ['2 s ahead', '10.000', '12.000', '10.000', null],
    ['more than 2 s ahead', '10.000', '12.001', '10.000', /^The database server's clock is 2\.0 s ahead of/],
    ['2 s behind', '10.000', '08.000', '10.000', null],
    ['more than 2 s behind', '10.000', '06.500', '10.000', /^The database server's clock is 3\.5 s behind/],
    ['in step but slow to answer', '10.000', '12.500', '15.000', null],
  ])('F14 is judged when it is %s', (_what, before, server, after, warning) => {
    expect(judgeClock({ before: at(before), server: at(server), after: at(after) })).toEqual(
      warning ? [expect.stringMatching(warning)] : [],
    );
  });
});

describe('the settings of Redis', () => {
  it.each<[string, string, RegExp[]]>([
    ['it keeps everything', redisInfo('noeviction', '1'), []],
    [
      'it evicts',
      redisInfo('allkeys-lru', '1'),
      [/^maxmemory-policy of Redis is allkeys-lru: .*config set maxmemory-policy noeviction\.$/],
    ],
    ['it forgets', redisInfo('noeviction', '0'), [/^appendonly of Redis is no: .*config set appendonly yes\.$/]],
    ['it does both', redisInfo('volatile-ttl', '0'), [/^maxmemory-policy/, /^appendonly/]],
    [
      'it tells nothing',
      '',
      [/^maxmemory-policy of Redis could not be checked/, /^appendonly of Redis could not be checked/],
    ],
  ])('F14 are warned of and never refused when %s', (_what, info, warnings) => {
    expect(judgeRedis(info)).toEqual({
      refusals: [],
      warnings: warnings.map((warning) => expect.stringMatching(warning)),
    });
  });
});
