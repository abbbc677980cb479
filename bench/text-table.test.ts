import { textTable } from './text-table.js';

describe('a table as text', () => {
  it('puts names to the left and figures to the right, and ends lines without blanks', () => {
    const rows = [
      ['', 'first', 'x'],
      ['a name', '1.0', '22'],
      ['b', '10.0', ''],
    ];

    expect(textTable(rows)).toBe('         first    x\na name     1.0   22\nb         10.0\n');
  });

  it('has no line for no rows', () => {
    expect(textTable([])).toBe('');
  });
});
