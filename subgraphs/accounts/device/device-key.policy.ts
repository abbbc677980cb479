import type { Grant, Viewer } from '../../../platform/domain/viewer.js';
import { includesAll, overlapOf, type Scope } from '../role/role.policy.js';

const rolesOfNoStaff = ['CUSTOMER', 'INTEGRATOR'];

/** Whether somebody with these grants works anywhere: then a device is enrolled by a manager's leave only. */
export function isStaff(grants: readonly Grant[]): boolean {
  return grants.some(isOfStaff);
}

/**
 * Whether the viewer manages the devices of somebody with these grants: there is a place where that person works and
 * where the viewer holds `devices.manage` and all that the person holds, so that nobody manages who is above them.
 */
export function managesDevicesOf(viewer: Viewer, grants: readonly Grant[]): boolean {
  if (viewer.kind === 'SYSTEM') return true;
  return grants.some(
    (place) =>
      isOfStaff(place) &&
      grants.every(({ slugs, ...other }) => {
        const shared = overlapOf(other, place);
        return shared === null || includesAll(heldAt(viewer, shared), ['devices.manage', ...slugs]);
      }),
  );
}

function isOfStaff({ role }: Grant): boolean {
  return !rolesOfNoStaff.includes(role);
}

/** What the viewer holds in the whole of a place. */
function heldAt({ grants }: Viewer, place: Scope): string[] {
  return grants.flatMap((grant) => {
    const overlap = overlapOf(grant, place);
    const isWhole = overlap?.brandId === place.brandId && overlap.outletId === place.outletId;
    return isWhole ? grant.slugs : [];
  });
}
