import { anonymous, system, type Grant, type Viewer } from '../../../platform/domain/viewer.js';
import { includesAll, mayHandOut, mayManageRoles, overlapOf, type Scope } from './role.policy.js';

const everywhere: Scope = { brandId: null, outletId: null };
const brand: Scope = { brandId: 'A', outletId: null };
const outlet: Scope = { brandId: 'A', outletId: 'A1' };
const other: Scope = { brandId: 'A', outletId: 'A2' };
const foreign: Scope = { brandId: 'B', outletId: null };
const grant = (scope: Scope, ...slugs: string[]): Grant => ({ role: 'TEST', ...scope, slugs });
const viewer = (...grants: Grant[]): Viewer => ({ kind: 'USER', id: 'usr_1', sessionId: null, version: 1, grants });

describe('handing out permissions', () => {
  it.each<[string, Viewer, readonly string[], Scope, boolean]>([
    ['the product', system, ['all'], everywhere, true],
    ['nobody', anonymous, [], brand, false],
    ['who holds it in the brand', viewer(grant(brand, 'users.manage', 'orders.read')), ['orders.read'], brand, true],
    ['who holds it in the brand', viewer(grant(brand, 'users.manage', 'orders.read')), ['orders.read'], outlet, true],
    ['who holds it in an outlet', viewer(grant(outlet, 'users.manage', 'orders.read')), ['orders.read'], brand, false],
    ['who holds it in an outlet', viewer(grant(outlet, 'users.manage', 'orders.read')), ['orders.read'], other, false],
    ['who holds it elsewhere', viewer(grant(foreign, 'users.manage', 'orders.read')), ['orders.read'], brand, false],
    [
      'who holds it in a brand',
      viewer(grant(brand, 'users.manage', 'orders.read')),
      ['orders.read'],
      everywhere,
      false,
    ],
    ['who holds all in a brand', viewer(grant(brand, 'all')), ['all'], brand, true],
    ['who holds all in a brand', viewer(grant(brand, 'all')), ['all'], everywhere, false],
    ['who holds all everywhere', viewer(grant(everywhere, 'all')), ['all', 'brands.create'], foreign, true],
    ['who lacks one of them', viewer(grant(brand, 'users.manage')), ['users.manage', 'orders.read'], brand, false],
    ['who has each by name', viewer(grant(brand, 'users.manage', 'orders.read')), ['all'], brand, false],
    ['who may not hand out', viewer(grant(brand, 'orders.read')), ['orders.read'], brand, false],
    [
      'who holds it by another grant only',
      viewer(grant(brand, 'users.manage'), grant(brand, 'orders.read')),
      ['orders.read'],
      brand,
      false,
    ],
    [
      'who holds parts by two such grants',
      viewer(grant(brand, 'users.manage', 'orders.read'), grant(outlet, 'users.manage', 'kitchen.read')),
      ['orders.read', 'kitchen.read'],
      outlet,
      true,
    ],
  ])('ACC-17 %s: %j hands out %j at %j: %s', (_who, who, slugs, scope, isAllowed) => {
    expect(mayHandOut(who, slugs, scope)).toBe(isAllowed);
  });

  it.each<[Viewer, Scope, boolean]>([
    [system, everywhere, true],
    [anonymous, brand, false],
    [viewer(grant(brand, 'users.manage')), outlet, true],
    [viewer(grant(outlet, 'users.manage')), brand, false],
    [viewer(grant(brand, 'users.read')), brand, false],
    [viewer(grant(brand, 'all')), everywhere, false],
    [viewer(grant(everywhere, 'all')), everywhere, true],
  ])('ACC-29 %j makes roles at %j: %s', (who, scope, isAllowed) => {
    expect(mayManageRoles(who, scope)).toBe(isAllowed);
  });

  it.each<[Scope, Scope, Scope | null]>([
    [everywhere, brand, brand],
    [brand, everywhere, brand],
    [everywhere, everywhere, everywhere],
    [brand, outlet, outlet],
    [outlet, brand, outlet],
    [outlet, outlet, outlet],
    [outlet, other, null],
    [brand, foreign, null],
    [foreign, outlet, null],
  ])('%j and %j have %j in common', (one, two, common) => {
    expect(overlapOf(one, two)).toEqual(common);
  });

  it('"all" includes everything, and nothing but "all" includes "all"', () => {
    expect([includesAll(['all'], ['x', 'all']), includesAll(['x'], ['all']), includesAll([], [])]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
