import type { Grant, Viewer } from '../../../platform/domain/viewer.js';
import { viewerWith } from '../../../tests/harness/viewers.js';
import { roleTemplates, type RoleCode } from '../role/role.templates.js';
import { isStaff, managesDevicesOf } from './device-key.policy.js';

const grant = (role: RoleCode, brandId: string | null = 'brd_1', outletId: string | null = null): Grant => ({
  role,
  brandId,
  outletId,
  slugs: roleTemplates[role],
});
const viewer = (...grants: Grant[]): Viewer => ({ ...viewerWith({ slugs: [], brandId: 'x' }), grants });

describe('who manages whose devices', () => {
  const cafe = (role: RoleCode) => grant(role, 'brd_1', 'out_cafe');
  const cases: [string, Viewer, Grant[], boolean][] = [
    ['a manager, a waiter of the brand', viewer(grant('MANAGER')), [grant('WAITER')], true],
    ['a manager, a waiter of one outlet', viewer(grant('MANAGER')), [cafe('WAITER')], true],
    ['a manager, a manager', viewer(grant('MANAGER')), [grant('MANAGER')], true],
    ['a manager, an owner', viewer(grant('MANAGER')), [grant('OWNER')], false],
    ['a manager, an owner who also waits', viewer(grant('MANAGER')), [cafe('WAITER'), grant('OWNER')], false],
    ['an outlet’s manager, its waiter', viewer(cafe('MANAGER')), [cafe('WAITER')], true],
    ['an outlet’s manager, a waiter of the brand', viewer(cafe('MANAGER')), [grant('WAITER')], false],
    [
      'an outlet’s manager, its waiter who owns the brand',
      viewer(cafe('MANAGER')),
      [cafe('WAITER'), grant('OWNER')],
      false,
    ],
    [
      'a manager, a waiter who owns another brand',
      viewer(grant('MANAGER')),
      [grant('WAITER'), grant('OWNER', 'brd_2')],
      true,
    ],
    ['a manager, a waiter of another brand', viewer(grant('MANAGER')), [grant('WAITER', 'brd_2')], false],
    ['a manager, a guest', viewer(grant('MANAGER')), [grant('CUSTOMER')], false],
    ['a manager, who administers the installation', viewer(grant('MANAGER')), [grant('ADMIN', null)], false],
    ['who administers the installation, everybody there', viewer(grant('ADMIN', null)), [grant('OWNER')], true],
    ['a waiter, a waiter', viewer(grant('WAITER')), [grant('WAITER')], false],
    ['a manager, nobody', viewer(grant('MANAGER')), [], false],
    ['nobody, a waiter', viewer(), [grant('WAITER')], false],
  ];

  it.each(cases)('ACC-19 %s', (_who, manager, grants, isAllowed) => {
    expect(managesDevicesOf(manager, grants)).toBe(isAllowed);
  });

  it('takes guests and programs for no staff', () => {
    const answers = [[], [grant('CUSTOMER')], [grant('INTEGRATOR')], [grant('CUSTOMER'), grant('CHEF')]].map(isStaff);
    expect(answers).toEqual([false, false, false, true]);
  });
});
