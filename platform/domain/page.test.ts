import { decodeCursor, encodeCursor, pageRequest } from './page.js';

describe('pages', () => {
  it.each([
    [undefined, 25],
    [null, 25],
    [1, 1],
    [100, 100],
  ])('GW-06 takes first: %s as %i', (first, size) => {
    expect(pageRequest(first, null)).toEqual({ first: size, after: null });
  });

  it.each([[0], [-1], [101], [1.5], [Number.NaN]])('GW-06 refuses first: %s instead of clamping it', (first) => {
    expect(() => pageRequest(first, null)).toThrow(expect.objectContaining({ name: 'BadUserInput', field: ['first'] }));
  });

  it('reads back its own cursors', () => {
    expect(decodeCursor(encodeCursor(['Ä "x"', 7]), 2)).toEqual(['Ä "x"', 7]);
  });

  it.each([
    ['x'],
    [''],
    [encodeCursor(['one'])],
    [Buffer.from('{"a":1}').toString('base64url')],
    [Buffer.from('[null,1]').toString('base64url')],
  ])('refuses the foreign cursor "%s"', (cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow(expect.objectContaining({ name: 'BadUserInput', field: ['after'] }));
  });
});
