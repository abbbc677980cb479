import { defaultSettings, type OutletAddress, type OutletSettings } from '../../../platform/replicas/outlet-details.js';
import {
  changedSettings,
  requireAddress,
  requireServiceCharges,
  requireTaxRules,
  type StatedTaxRule,
} from './outlet-terms.rules.js';

const tax = (given: Partial<StatedTaxRule> = {}): StatedTaxRule => ({
  name: 'GST',
  ratePercent: '5',
  isInclusive: false,
  fulfilmentTypes: [],
  categories: [],
  ...given,
});
const charge = { name: 'Service', ratePercent: '10', isTaxable: true, fulfilmentTypes: [], minimumCovers: 6 };
const refusal = (...field: string[]) => expect.objectContaining({ name: 'BadUserInput', field });

describe('taxes', () => {
  it('TS-08 keep their rate exactly, and each kind of sale once', () => {
    const stated = tax({
      ratePercent: '8.8750',
      fulfilmentTypes: ['DINE_IN', 'DINE_IN'],
      categories: ['ALCOHOL', 'ALCOHOL'],
      validFrom: '2026-04-01',
    });
    expect(requireTaxRules([stated])).toEqual([
      {
        name: 'GST',
        ratePpm: 88_750,
        isInclusive: false,
        fulfilmentTypes: ['DINE_IN'],
        categories: ['ALCOHOL'],
        validFrom: '2026-04-01',
        validTo: null,
      },
    ]);
  });

  it.each([
    ['two of different names', [tax(), tax({ name: 'CESS' })]],
    ['one after the other', [tax({ validTo: '2026-03-31' }), tax({ validFrom: '2026-04-01' })]],
    ['one for each kind of order', [tax({ fulfilmentTypes: ['DINE_IN'] }), tax({ fulfilmentTypes: ['PICKUP'] })]],
    ['one for each category', [tax({ categories: ['FOOD'] }), tax({ categories: ['ALCOHOL'] })]],
  ])('TS-08 can be %s', (_what, rules) => {
    expect(requireTaxRules(rules)).toHaveLength(2);
  });

  it.each([
    ['no name', tax({ name: '' }), ['name']],
    ['five decimals', tax({ ratePercent: '5.00001' }), ['ratePercent']],
    ['more than all', tax({ ratePercent: '100.0001' }), ['ratePercent']],
    ['less than nothing', tax({ ratePercent: '-5' }), ['ratePercent']],
    ['a category in small letters', tax({ categories: ['FOOD', 'wine'] }), ['categories', '1']],
    ['21 categories', tax({ categories: Array.from({ length: 21 }, (_, index) => `C${index}`) }), ['categories']],
    ['an end before the beginning', tax({ validFrom: '2026-04-02', validTo: '2026-04-01' }), ['validTo']],
    ['the same again', tax({ name: ' gst ' }), ['name']],
    ['the same for some of the same days', tax({ validTo: '2026-04-01' }), ['name']],
    ['the same for some of the same orders', tax({ fulfilmentTypes: ['PICKUP'] }), ['name']],
  ])('TS-08 S26 are refused by the name of the field: %s', (_what, rule, field) => {
    expect(() => requireTaxRules([tax(), rule])).toThrow(refusal('taxRules', '1', ...field));
  });

  it('TS-08 are at most 50', () => {
    const many = Array.from({ length: 51 }, (_, index) => tax({ name: `Tax ${index}` }));
    expect(requireTaxRules(many.slice(0, 50))).toHaveLength(50);
    expect(() => requireTaxRules(many)).toThrow(refusal('taxRules'));
  });
});

describe('service charges', () => {
  it('TS-07 keep their rate exactly', () => {
    expect(requireServiceCharges([charge])).toEqual([
      { name: 'Service', ratePpm: 100_000, isTaxable: true, fulfilmentTypes: [], minimumCovers: 6 },
    ]);
  });

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['no percentage', { ratePercent: 'ten' }, 'ratePercent'],
    ['parties of none', { minimumCovers: 0 }, 'minimumCovers'],
    ['parties of 1,001', { minimumCovers: 1_001 }, 'minimumCovers'],
  ])('TS-07 are refused by the name of the field: %s', (_what, given, field) => {
    expect(() => requireServiceCharges([charge, { ...charge, ...given }])).toThrow(
      refusal('serviceCharges', '1', field),
    );
  });

  it('TS-07 are at most 10', () => {
    expect(() => requireServiceCharges(Array(11).fill(charge))).toThrow(refusal('serviceCharges'));
  });
});

describe('settings', () => {
  it('change only what is given', () => {
    expect(
      changedSettings(defaultSettings, { isAutoAccepting: true, orderPrefix: 'A-', expiryWarningDays: null }),
    ).toEqual({
      ...defaultSettings,
      isAutoAccepting: true,
      orderPrefix: 'A-',
    });
  });

  it.each<[string, Partial<OutletSettings>, string]>([
    ['a prefix of 7', { orderPrefix: 'ABCDEFG' }, 'orderPrefix'],
    ['a prefix in small letters', { orderPrefix: 'a' }, 'orderPrefix'],
    ['no time to hold', { reservationHoldMinutes: 0 }, 'reservationHoldMinutes'],
    ['more than a week to hold', { reservationHoldMinutes: 10_081 }, 'reservationHoldMinutes'],
    ['less than no grace', { reservationGraceMinutes: -1 }, 'reservationGraceMinutes'],
    ['more than a year of warning', { expiryWarningDays: 366 }, 'expiryWarningDays'],
  ])('are refused by the name of the field: %s', (_what, stated, field) => {
    expect(() => changedSettings(defaultSettings, stated)).toThrow(refusal('settings', field));
  });
});

describe('an address', () => {
  it('is kept without what is not told', () => {
    expect(requireAddress({ line1: ' 1 Marine Drive ', city: 'Mumbai', countryCode: 'IN', region: '' })).toEqual({
      line1: '1 Marine Drive',
      line2: null,
      city: 'Mumbai',
      region: null,
      postalCode: null,
      countryCode: 'IN',
    });
  });

  it.each<[string, Partial<OutletAddress>, string]>([
    ['a line of 121 characters', { line1: 'x'.repeat(121) }, 'line1'],
    ['a city with a hidden character', { city: 'Mum\u200bbai' }, 'city'],
    ['a postal code of 21 characters', { postalCode: 'x'.repeat(21) }, 'postalCode'],
    ['a country there is not', { countryCode: 'QQ' }, 'countryCode'],
    ['a country in small letters', { countryCode: 'in' }, 'countryCode'],
  ])('is refused by the name of the field: %s', (_what, stated, field) => {
    expect(() => requireAddress(stated)).toThrow(refusal('address', field));
  });
});
