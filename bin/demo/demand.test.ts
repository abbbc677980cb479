import { demandOn } from './demand.js';
import { holidayOn, type Country } from './holidays.js';

describe('what a past day of the demo sold', () => {
  it.each<[string, string, Country, number]>([
    ['a Monday', '2026-03-16', 'PT', 0.78],
    ['a Saturday', '2026-03-14', 'PT', 1.36],
    ['a busy holiday, a Monday', '2026-01-26', 'IN', 0.78 * 1.25],
    ['the same day where it is none', '2026-01-26', 'AE', 0.78],
    ['a day of rest', '2025-12-25', 'PT', 0],
    ['the same day elsewhere, a Thursday', '2025-12-25', 'IN', 1],
  ])('follows %s', (_what, day, country, share) => {
    expect(demandOn(day, { daysAgo: 0, country })).toBeCloseTo(share, 10);
  });

  it('has grown by 8 % in 120 days, steadily', () => {
    const at = (daysAgo: number) => demandOn('2026-03-19', { daysAgo, country: 'PT' });

    expect(at(0) / at(120)).toBeCloseTo(1.08, 10);
    expect(at(0) / at(60)).toBeCloseTo(at(60) / at(120), 10);
  });
});

describe('a public holiday', () => {
  it.each<[Country, string, string | undefined, string | undefined]>([
    ['IN', '2026-08-15', 'Independence Day', 'BUSY'],
    ['AE', '2025-12-03', 'National Day holiday', 'BUSY'],
    ['PT', '2026-08-15', 'Assunção de Nossa Senhora', 'BUSY'],
    ['PT', '2026-01-01', 'Ano Novo', 'CLOSED'],
    ['PT', '2026-01-26', undefined, undefined],
  ])('in %s on %s is %s', (country, day, name, trade) => {
    expect([holidayOn(country, day)?.name, holidayOn(country, day)?.trade]).toEqual([name, trade]);
  });
});
