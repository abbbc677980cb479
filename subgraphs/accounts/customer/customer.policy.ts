import { holds, holdsSomewhere, type Viewer } from '../../../platform/domain/viewer.js';

/** Whose profile it is, and in which brand. */
interface Ownership {
  readonly userId: string;
  readonly brandId: string;
}

/** Whether the viewer may see who a guest is and where they live: the guest, and who may read that in the whole brand. */
export function canReadPersonal(viewer: Viewer, profile: Ownership): boolean {
  return isOwn(viewer, profile) || holds(viewer, 'customers.read-personal', { brandId: profile.brandId });
}

/** Whether the viewer may see what a guest must not be served: whoever serves the brand's guests, be it in one outlet. */
export function canReadDietary(viewer: Viewer, profile: Ownership): boolean {
  return isOwn(viewer, profile) || holdsInBrand(viewer, 'customers.read', profile.brandId);
}

/** Whether the viewer may change a profile: the guest, and who keeps the brand's guests. */
export function canSave(viewer: Viewer, profile: Ownership): boolean {
  return isOwn(viewer, profile) || holds(viewer, 'customers.manage', { brandId: profile.brandId });
}

/** Whether the profile is the viewer's own. */
export function isOwn(viewer: Viewer, { userId }: Pick<Ownership, 'userId'>): boolean {
  return viewer.kind === 'USER' && viewer.id === userId;
}

function holdsInBrand(viewer: Viewer, slug: string, brandId: string): boolean {
  const here = viewer.grants.filter((grant) => grant.brandId === null || grant.brandId === brandId);
  return holdsSomewhere({ ...viewer, grants: here }, slug);
}
