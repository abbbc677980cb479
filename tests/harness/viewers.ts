import { newId } from '../../platform/domain/id.js';
import type { Viewer } from '../../platform/domain/viewer.js';

/** A signed-in user who holds the permissions at one place: a brand, or one outlet of it. */
export function viewerWith(rights: {
  slugs: readonly string[];
  brandId: string;
  outletId?: string | null;
  id?: string;
  role?: string;
}): Viewer {
  const { slugs, brandId, outletId = null, id = newId('usr'), role = 'TEST' } = rights;
  return { kind: 'USER', id, sessionId: newId('ses'), version: 1, grants: [{ role, brandId, outletId, slugs }] };
}
