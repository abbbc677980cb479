import { installationKey, tenantKey } from './tenant-key.js';

describe('a name that carries its tenant', () => {
  it('LES-07 is the brand and its parts', () => {
    expect(tenantKey('brd_1', 'reports', 'rep_1.pdf')).toBe('brands/brd_1/reports/rep_1.pdf');
    expect(tenantKey('brd_1', 'events')).not.toBe(tenantKey('brd_2', 'events'));
  });

  it.each([
    ['no brand', '', 'events'],
    ['a brand that leads elsewhere', '../brd_2', 'events'],
    ['a brand with a path of its own', 'brd_1/brd_2', 'events'],
    ['an empty part', 'brd_1', ''],
    ['a part that leads elsewhere', 'brd_1', '..'],
    ['a part with a path of its own', 'brd_1', 'a/b'],
    ['a part with a line break', 'brd_1', 'a\nb'],
    ['a part of 129 characters', 'brd_1', 'x'.repeat(129)],
  ])('LES-07 is refused with %s', (_what, brandId, part) => {
    expect(() => tenantKey(brandId, part)).toThrow('cannot be part of a name');
  });

  it('is never one of the installation', () => {
    expect(installationKey('nightly@2026-03-14T12:00:00.000Z')).toBe('installation/nightly@2026-03-14T12:00:00.000Z');
    expect(() => installationKey('')).toThrow('cannot be part of a name');
  });
});
