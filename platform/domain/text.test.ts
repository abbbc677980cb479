import { comparisonKey, optionalText, requireText } from './text.js';

const limits = { field: ['name'], maximum: 10 };

describe('texts', () => {
  it.each([
    ['  Café  ', 'Café'],
    ['Cafe\u0301', 'Café'],
    ['प्रिया', 'प्रिया'],
    ['👩🏽\u200d🍳', '👩🏽\u200d🍳'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['क्\u200dष', 'क्\u200dष'],
  ])('S27 keeps "%s" as "%s"', (text, kept) => {
    expect(requireText(text, limits)).toBe(kept);
  });

  it.each([
    [''],
    ['   '],
    ['12345678901'],
    ['a\u0000b'],
    ['a\nb'],
    ['a\u202eb'],
    ['\ud800'],
    ['a\u200bb'],
    ['a\u200db'],
    ['\u200cمی'],
    ['क्\u200d'],
    ['🍕\u200d'],
    ['a\u00adb'],
    ['a\u2060b'],
    ['a\u2028b'],
    ['\ufe0f'],
  ])('S27 refuses %j', (text) => {
    expect(() => requireText(text, limits)).toThrow(expect.objectContaining({ name: 'BadUserInput', field: ['name'] }));
  });

  it('takes empty for absent', () => {
    expect([optionalText('', limits), optionalText(null, limits), optionalText(' x ', limits)]).toEqual([
      null,
      null,
      'x',
    ]);
  });

  it('S27 compares names without case, width and composition', () => {
    expect(comparisonKey(' ＡＮＮ@Example.com ')).toBe('ann@example.com');
    expect(comparisonKey('Cafe\u0301')).toBe(comparisonKey('CAFÉ'));
    expect(comparisonKey('Cafe\ufe0f')).toBe('cafe');
  });
});
