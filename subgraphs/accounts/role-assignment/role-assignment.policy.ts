import type { Grant } from '../../../platform/domain/viewer.js';
import { includesAll } from '../role/role.policy.js';
import { roleTemplates } from '../role/role.templates.js';

/** Whether a grant is a guest's, which anybody may get by themselves: the customers' template with nothing added to it. */
export function isGuest({ role, slugs }: Grant): boolean {
  return role === 'CUSTOMER' && includesAll(roleTemplates.CUSTOMER, slugs);
}
