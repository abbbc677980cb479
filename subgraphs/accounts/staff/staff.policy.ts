import { holds, type Viewer } from '../../../platform/domain/viewer.js';
import type { StaffProfileEntity } from './staff.entity.js';

/** Whether the viewer may see where somebody lives and whom to call: those who manage people there, and the person. */
export function canReadPersonal(viewer: Viewer, profile: StaffProfileEntity): boolean {
  return canReadPay(viewer, profile) || (viewer.kind === 'USER' && viewer.id === profile.userId);
}

/** Whether the viewer may see what somebody is paid: only those who manage people there. */
export function canReadPay(viewer: Viewer, { brandId, outletId }: StaffProfileEntity): boolean {
  return holds(viewer, 'users.manage', { brandId, outletId });
}
