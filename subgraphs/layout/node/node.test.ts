import {
  requireCoordinate,
  requireLabel,
  requirePresent,
  requireRoomOnFloor,
  requireSeats,
  requireSide,
  type ServiceNodeKind,
} from './node.rules.js';

describe('rules of places', () => {
  it.each([
    [' T1 ', 'T1', 't1'],
    ['Window', 'Window', 'window'],
    ['Ｔ１', 'Ｔ１', 't1'],
    ['Fenêtre', 'Fenêtre', 'fenêtre'],
  ])('compare the label %j as %j by %j', (text, label, labelKey) => {
    expect(requireLabel(text)).toEqual({ label, labelKey });
  });

  it.each([
    ['', 'It must not be empty.'],
    ['x'.repeat(41), 'It has at most 40 characters.'],
    ['a\u202eb', 'It contains characters that cannot be shown.'],
    ['\ufdfa'.repeat(40), 'It has at most 160 characters.'],
  ])('refuse the label %j', (text, refusal) => {
    expect(() => requireLabel(text)).toThrow(refusal);
  });

  it.each<[ServiceNodeKind, number, boolean]>([
    ['TABLE', 1, true],
    ['TABLE', 50, true],
    ['TABLE', 0, false],
    ['TABLE', 51, false],
    ['BAR', 0, true],
    ['BAR', 1, false],
    ['ENTRANCE', -1, false],
  ])('give %s %s seats: %s', (kind, seats, isFine) => {
    if (isFine) expect(requireSeats(kind, seats)).toBe(seats);
    else expect(() => requireSeats(kind, seats)).toThrow();
  });

  it.each([
    [() => requireCoordinate(0, 'x'), null],
    [() => requireCoordinate(100_000, 'y'), null],
    [() => requireCoordinate(-1, 'x'), ['x']],
    [() => requireCoordinate(100_001, 'y'), ['y']],
    [() => requireSide(1, 'width'), null],
    [() => requireSide(10_000, 'height'), null],
    [() => requireSide(0, 'width'), ['width']],
    [() => requireSide(10_001, 'height'), ['height']],
  ])('%s is wrong in %j', (check, field) => {
    if (field === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ field }));
  });

  it('fill a floor with 500 places', () => {
    expect(() => requireRoomOnFloor(499)).not.toThrow();
    expect(() => requireRoomOnFloor(500)).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  });

  it('know a removed place', () => {
    expect(() => requirePresent({ isRemoved: false }, ['id'])).not.toThrow();
    expect(() => requirePresent({ isRemoved: true }, ['id'])).toThrow(
      expect.objectContaining({ code: 'INVALID_STATE', field: ['id'] }),
    );
  });
});
