import type { Grant, Viewer } from '../../../platform/domain/viewer.js';
import { everySlug } from '../role/role.rules.js';
import { mayTouch, mayTouchAccount } from './membership.policy.js';
import { isSameOverrides, slugsWith } from './membership.rules.js';

const brand = { brandId: 'A', outletId: null };
const outlet = { brandId: 'A', outletId: 'A1' };

describe('what a membership allows', () => {
  it.each([
    ['the role alone', ['a', 'b'], null, null, ['a', 'b']],
    ['something added', ['a'], ['c'], null, ['a', 'c']],
    ['what is held already, once', ['a', 'b'], ['a'], null, ['a', 'b']],
    ['something left out', ['a', 'b'], null, ['b'], ['a']],
    ['added and left out: left out', ['a'], ['c'], ['c'], ['a']],
    ['left out without being held', ['a'], null, ['z'], ['a']],
    ['nothing left', ['a'], null, ['a'], []],
    ['all and more: all', ['all'], ['orders.read'], [], ['all', 'orders.read']],
  ])('ACC-30 %s', (_what, role, slugsAdded, slugsRemoved, slugs) => {
    expect(slugsWith(role, { slugsAdded, slugsRemoved })).toEqual(slugs);
  });

  it('ACC-30 all but one is every one by name, without what "all" would bring later', () => {
    const slugs = slugsWith(['all'], { slugsAdded: null, slugsRemoved: ['brands.create'] });

    expect(slugs).toEqual(everySlug.filter((slug) => slug !== 'all' && slug !== 'brands.create'));
    expect(slugs.length).toBeGreaterThan(20);
  });

  it('is changed alike where nothing and an empty list are compared', () => {
    const none = { slugsAdded: null, slugsRemoved: null };

    expect(isSameOverrides(none, { slugsAdded: [], slugsRemoved: [] })).toBe(true);
    expect(isSameOverrides({ slugsAdded: ['a'], slugsRemoved: null }, { slugsAdded: null, slugsRemoved: ['a'] })).toBe(
      false,
    );
  });
});

describe('touching somebody', () => {
  const owner: Viewer = {
    kind: 'USER',
    id: 'usr_1',
    sessionId: null,
    version: 1,
    grants: [{ role: 'OWNER', ...brand, slugs: ['users.manage', 'orders.read'] }],
  };
  const grant = (place: { brandId: string | null; outletId: string | null }, ...slugs: string[]): Grant => ({
    role: 'TEST',
    ...place,
    slugs,
  });

  it.each([
    ['who holds nothing', [], brand, true],
    ['who holds less', [grant(brand, 'orders.read')], brand, true],
    ['who holds as much', owner.grants, brand, true],
    ['who holds more there', [grant(brand, 'all')], brand, false],
    ['who holds more in one outlet of the brand', [grant(outlet, 'all')], brand, false],
    ['who holds more in the whole brand', [grant(brand, 'all')], outlet, false],
    ['who holds more everywhere', [grant({ brandId: null, outletId: null }, 'all')], outlet, false],
    ['who holds more in another outlet', [grant({ brandId: 'A', outletId: 'A2' }, 'all')], outlet, true],
    ['who holds more in another brand', [grant({ brandId: 'B', outletId: null }, 'all')], brand, true],
  ])('ACC-17 somebody %s', (_who, grants, place, isAllowed) => {
    expect(mayTouch(owner, grants, place)).toBe(isAllowed);
  });

  it('ACC-17 an account counts everywhere its owner holds something', () => {
    expect(mayTouchAccount(owner, [grant(outlet, 'orders.read')])).toBe(true);
    expect(mayTouchAccount(owner, [grant({ brandId: 'B', outletId: null }, 'orders.read')])).toBe(false);
  });
});
