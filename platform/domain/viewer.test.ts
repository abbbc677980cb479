import {
  allow,
  anonymous,
  hasSameRights,
  holds,
  holdsSomewhere,
  reachOf,
  requirePermission,
  requireSomebodyElse,
  system,
  type Grant,
  type Viewer,
} from './viewer.js';
import { signViewer, verifyViewer } from './viewer-signature.js';

const user = (...grants: Grant[]): Viewer => ({ kind: 'USER', id: 'usr_1', sessionId: 'ses_1', version: 1, grants });
const grant = (brandId: string | null, outletId: string | null, slugs = ['orders.read']): Grant => ({
  role: 'TEST',
  brandId,
  outletId,
  slugs,
});

describe('rights', () => {
  it.each([
    ['nobody', anonymous, { brandId: 'A', outletId: 'A1' }, false],
    ['the product', system, { brandId: 'A', outletId: 'A1' }, true],
    ['the installation', user(grant(null, null)), { brandId: 'A', outletId: 'A1' }, true],
    ['the brand', user(grant('A', null)), { brandId: 'A', outletId: 'A1' }, true],
    ['the outlet', user(grant('A', 'A1')), { brandId: 'A', outletId: 'A1' }, true],
    ['another outlet', user(grant('A', 'A2')), { brandId: 'A', outletId: 'A1' }, false],
    ['another brand', user(grant('B', null)), { brandId: 'A', outletId: 'A1' }, false],
    ['one outlet, asked for the whole brand', user(grant('A', 'A1')), { brandId: 'A' }, false],
    ['another permission', user(grant('A', null, ['menu.manage'])), { brandId: 'A' }, false],
    ['every permission', user(grant('A', null, ['all'])), { brandId: 'A', outletId: 'A1' }, true],
    ['every permission of another brand', user(grant('B', null, ['all'])), { brandId: 'A' }, false],
  ])('ACC-28 %s', (_who, viewer, place, expected) => {
    expect(holds(viewer, 'orders.read', place)).toBe(expected);
  });

  it('asks nobody to sign in and tells everybody else that they may not', () => {
    const place = { brandId: 'A' };
    expect(() => requirePermission(anonymous, 'orders.read', place)).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }),
    );
    expect(() => requirePermission(user(), 'orders.read', place)).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', message: 'You need the permission orders.read here.' }),
    );
    expect(() => requireSomebodyElse(user(), 'usr_1')).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', message: 'Nobody changes their own rights.' }),
    );
    expect(() => requireSomebodyElse(user(), 'usr_2')).not.toThrow();
    expect(() => allow(user(), true)).not.toThrow();
    expect(holdsSomewhere(user(grant('A', 'A1')), 'orders.read')).toBe(true);
  });

  it('tells where a permission reaches', () => {
    expect(reachOf(user(grant('A', null), grant('B', 'B1'), grant('C', null, ['menu.manage'])), 'orders.read')).toEqual(
      {
        isEverywhere: false,
        brandIds: ['A'],
        outletIds: ['B1'],
        touchedBrandIds: ['A', 'B'],
      },
    );
    expect(reachOf(user(grant(null, null)), 'orders.read').isEverywhere).toBe(true);
  });
});

describe('the signature of a viewer', () => {
  const now = new Date('2026-03-14T12:00:00Z');
  const viewer = user(grant('A', null));
  const signed = signViewer(viewer, 'orders', 'secret', now);
  const [payload = '', signature = ''] = signed.split('.');
  const forged = Buffer.from(
    JSON.stringify({ audience: 'orders', expiresAt: now.getTime() + 1, viewer: system }),
  ).toString('base64url');

  it('S2 brings the viewer over unchanged', () => {
    expect(verifyViewer(signed, 'orders', 'secret', now)).toEqual(viewer);
  });

  it.each([
    ['another audience', signed, 'layout', 'secret', now],
    ['another secret', signed, 'orders', 'other', now],
    ['30 seconds later', signed, 'orders', 'secret', new Date(now.getTime() + 30_000)],
    ['a forged payload', `${forged}.${signature}`, 'orders', 'secret', now],
    ['no signature', payload, 'orders', 'secret', now],
    ['a cut signature', `${payload}.${signature.slice(0, -2)}`, 'orders', 'secret', now],
    ['a third part', `${signed}.x`, 'orders', 'secret', now],
    ['nothing', '', 'orders', 'secret', now],
  ])('S2 refuses %s', (_what, text, audience, secret, time) => {
    expect(verifyViewer(text, audience, secret, time)).toBeNull();
  });
});

describe('whether rights have changed', () => {
  it.each<[string, Viewer, boolean]>([
    ['asked again without a change', user(grant('A', null)), true],
    ['a later version', { ...user(grant('A', null)), version: 2 }, false],
    ['a role that allows something else', user(grant('A', null, ['orders.place'])), false],
    ['another place', user(grant('A', 'A1')), false],
    ['one role more', user(grant('A', null), grant('B', null)), false],
  ])('R11 %s', (_what, now, isSame) => {
    expect(hasSameRights(user(grant('A', null)), now)).toBe(isSame);
  });
});
