import { constantName, migrationName, migrationText } from './migration-text.js';
import { instant } from '../platform/process/clock.js';

describe('a migration file', () => {
  it('is named after when it was made, in UTC, and what for', () => {
    expect(migrationName(instant('2026-03-14T23:30:05.999-05:00'), 'relay-lease')).toBe('20260315043005-relay-lease');
  });

  it.each([
    ['20260315043005-initial', 'initial'],
    ['20260315043005-relay-lease-2', 'relayLease2'],
  ])('%s holds %s', (name, constant) => {
    expect(constantName(name)).toBe(constant);
  });

  it('holds the statements as they are, whatever their quotes', () => {
    const statements = ["default 'x'", 'a "b"', '`c` \\ d', 'two\nlines'];

    expect(migrationText({ name: '20260315043005-relay-lease', statements })).toBe(
      [
        "import type { Migration } from '../../../platform/data/migration.js';",
        '',
        '/** Made by "npm run migration" for: relay lease. */',
        'export const relayLease: Migration = {',
        "  name: '20260315043005-relay-lease',",
        '  statements: [',
        `    "default 'x'",`,
        `    'a "b"',`,
        "    '`c` \\\\ d',",
        "    'two\\nlines',",
        '  ],',
        '};',
        '',
      ].join('\n'),
    );
  });
});
