import { groupedInOrderOf, inOrderOf } from './rows.js';

const rows = [
  { id: 'b', of: 'x' },
  { id: 'a', of: 'y' },
  { id: 'c', of: 'x' },
];

describe('rows for a loader', () => {
  it('come in the order of the keys, with null for what is missing and again for what is asked twice', () => {
    expect(inOrderOf(['a', 'z', 'b', 'a'], rows, ({ id }) => id)).toEqual([rows[1], null, rows[0], rows[1]]);
  });

  it('come in groups, empty for a key without rows', () => {
    expect(groupedInOrderOf(['x', 'z', 'y'], rows, ({ of }) => of)).toEqual([[rows[0], rows[2]], [], [rows[1]]]);
  });
});
