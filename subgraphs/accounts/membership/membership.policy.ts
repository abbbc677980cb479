import type { Grant, Viewer } from '../../../platform/domain/viewer.js';
import { mayHandOut, mayManageRoles, overlapOf, type Scope } from '../role/role.policy.js';

/** Whether the viewer may change the rights of somebody with these grants at the place: nobody touches somebody who holds more there than they could hand out. */
export function mayTouch(viewer: Viewer, grants: readonly Grant[], place: Scope): boolean {
  return grants.every((grant) => {
    const overlap = overlapOf(grant, place);
    return overlap === null || mayHandOut(viewer, grant.slugs, overlap);
  });
}

/** Whether the viewer may change the account of somebody with these grants, wherever they hold them; of who holds none, whoever hands out roles everywhere. */
export function mayTouchAccount(viewer: Viewer, grants: readonly Grant[]): boolean {
  const everywhere = { brandId: null, outletId: null };
  return grants.length === 0 ? mayManageRoles(viewer, everywhere) : mayTouch(viewer, grants, everywhere);
}
