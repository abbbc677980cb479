import type { ServiceNodeKind } from '../node/node.rules.js';
import { requireCovers, requireFree, requireTable, seatingState } from './seating.state.js';

describe('rules of seatings', () => {
  it.each([
    [null, 'OPEN'],
    [new Date('2026-03-14T12:00:00Z'), 'RELEASED'],
  ])('released at %s is %s', (releasedAt, state) => {
    expect(seatingState({ releasedAt })).toBe(state);
  });

  it.each([
    [1, true],
    [200, true],
    [0, false],
    [201, false],
    [-4, false],
  ])('seat %s guests: %s', (covers, isFine) => {
    if (isFine) expect(requireCovers(covers)).toBe(covers);
    else expect(() => requireCovers(covers)).toThrow('It must be between 1 and 200.');
  });

  it.each<[ServiceNodeKind, boolean]>([
    ['TABLE', true],
    ['STATION', false],
    ['BAR', false],
    ['PASS', false],
    ['ENTRANCE', false],
    ['STORE', false],
  ])('seat guests at a %s: %s', (kind, isFine) => {
    if (isFine) expect(() => requireTable({ kind })).not.toThrow();
    else expect(() => requireTable({ kind })).toThrow('Guests are seated at tables only.');
  });

  it('seat one party at a table', () => {
    expect(() => requireFree(false)).not.toThrow();
    expect(() => requireFree(true)).toThrow(expect.objectContaining({ code: 'SEAT_TAKEN' }));
  });
});
