import { changedSettings, settingsOf, type StatedSettings } from './brand.rules.js';

const spent = (amount: string, currency = 'INR') => ({ amount, currency });
const inr = { loyaltyCurrency: 'INR', regularTier: { orders: 3, spentMinor: 500_00 } };

describe('the settings of a brand', () => {
  it('CPN-02 are 3 orders and 100 for a regular, 10 and 1,000 for a VIP, until they are told', () => {
    expect(settingsOf({ settings: null })).toEqual({
      defaultLocale: 'en',
      loyaltyCurrency: 'USD',
      regularTier: { orders: 3, spentMinor: 100_00 },
      vipTier: { orders: 10, spentMinor: 1_000_00 },
    });
  });

  it.each([
    ['JPY', 100, 1_000],
    ['INR', 100_00, 1_000_00],
    ['KWD', 100_000, 1_000_000],
  ])('CPN-02 are whole units of %s', (loyaltyCurrency, regular, vip) => {
    const settings = settingsOf({ settings: changedSettings(null, { loyaltyCurrency }) });
    expect([settings.regularTier.spentMinor, settings.vipTier.spentMinor]).toEqual([regular, vip]);
  });

  it('keep what is not told', () => {
    const changed = changedSettings(inr, { defaultLocale: 'hi-in', vipTier: { orders: 12, spent: spent('2500.50') } });
    expect(changed).toEqual({ ...inr, defaultLocale: 'hi-IN', vipTier: { orders: 12, spentMinor: 2_500_50 } });
  });

  it.each<[string, StatedSettings, string, string]>([
    ['a language nobody speaks', { defaultLocale: 'xx' }, 'BadUserInput', 'settings.defaultLocale'],
    ['no language', { defaultLocale: 'english please' }, 'BadUserInput', 'settings.defaultLocale'],
    ['a currency that is none', { loyaltyCurrency: 'XYZ' }, 'BadUserInput', 'settings.loyaltyCurrency'],
    ['another currency without its amounts', { loyaltyCurrency: 'EUR' }, 'DomainError', 'settings.regularTier'],
    [
      'an amount of another currency',
      { vipTier: { orders: 9, spent: spent('1', 'EUR') } },
      'DomainError',
      'settings.vipTier.spent',
    ],
    ['no order', { regularTier: { orders: 0, spent: spent('1') } }, 'BadUserInput', 'settings.regularTier.orders'],
    ['too many orders', { vipTier: { orders: 100_001, spent: spent('1') } }, 'BadUserInput', 'settings.vipTier.orders'],
    [
      'less than nothing',
      { regularTier: { orders: 1, spent: spent('-1') } },
      'BadUserInput',
      'settings.regularTier.spent.amount',
    ],
    [
      'three decimals',
      { regularTier: { orders: 1, spent: spent('1.005') } },
      'BadUserInput',
      'settings.regularTier.spent.amount',
    ],
    [
      'a VIP of fewer orders',
      { vipTier: { orders: 2, spent: spent('9999') } },
      'BadUserInput',
      'settings.vipTier.orders',
    ],
    [
      'a VIP who spends less',
      { vipTier: { orders: 9, spent: spent('499.99') } },
      'BadUserInput',
      'settings.vipTier.spent.amount',
    ],
  ])('CPN-02 are refused by the name of the field: %s', (_what, stated, name, field) => {
    expect(() => changedSettings(inr, stated)).toThrow(expect.objectContaining({ name, field: field.split('.') }));
  });
});
