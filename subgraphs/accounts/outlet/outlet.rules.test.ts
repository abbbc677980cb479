import { BadUserInput } from '../../../platform/domain/errors.js';
import { requireCurrency, requireCutOff, requireTimeZone } from './outlet.rules.js';

function keptBy(rule: (text: string) => string, text: string): string | null {
  try {
    return rule(text);
  } catch (error) {
    if (error instanceof BadUserInput) return null;
    throw error;
  }
}

describe('what an outlet is told', () => {
  it.each([
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['UTC', 'UTC'],
    ['Asia/Mumbai', null],
    ['local', null],
    ['system', null],
    ['utc+3', null],
    ['+05:30', null],
    ['', null],
  ])('the zone %p is kept as %p', (given, kept) => {
    expect(keptBy(requireTimeZone, given)).toBe(kept);
  });

  it.each([
    ['00:00', '00:00'],
    ['04:00', '04:00'],
    ['11:59', '11:59'],
    ['04:30:00', '04:30'],
    ['04:30:00.000', '04:30'],
    ['04:30:01', null],
    ['04:60', null],
    ['12:00', null],
    ['23:00', null],
    ['24:00', null],
    ['4:00', null],
    ['-1:00', null],
    ['', null],
  ])('the end of the business day %p is kept as %p', (given, kept) => {
    expect(keptBy(requireCutOff, given)).toBe(kept);
  });

  it.each([
    ['INR', 'INR'],
    ['JPY', 'JPY'],
    ['KWD', 'KWD'],
    ['XYZ', null],
    ['inr', null],
    ['', null],
  ])('the currency %p is kept as %p', (given, kept) => {
    expect(keptBy(requireCurrency, given)).toBe(kept);
  });
});
