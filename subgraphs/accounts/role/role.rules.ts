import { BadUserInput } from '../../../platform/domain/errors.js';
import { permissionSlugs } from '../../../schema/permission-slugs.js';

/** A role as clients name it: a template by its code, or a brand's own by its id. */
export interface NamedRole {
  readonly role?: string | null;
  readonly roleId?: string | null;
}

/** The permissions there are, in the order of their names. */
export const everySlug: readonly string[] = Object.keys(permissionSlugs).toSorted();

/** The role that is named by one of two fields, and by which; throws naming `role` unless it is one of them. */
export function requireOneRole({ role = null, roleId = null }: NamedRole): {
  roleId: string;
  field: 'role' | 'roleId';
} {
  if (role !== null && roleId !== null) throw new BadUserInput('Name the role once: by role or by roleId.', ['role']);
  if (role !== null) return { roleId: role, field: 'role' };
  if (roleId !== null) return { roleId, field: 'roleId' };
  throw new BadUserInput('Name a role: by role or by roleId.', ['role']);
}

/** The slugs, each once and sorted; throws naming the field unless all of them are permissions there are. */
export function requireSlugs(slugs: readonly string[], field: readonly string[]): string[] {
  const unknown = slugs.find((slug) => !everySlug.includes(slug));
  if (unknown !== undefined) throw new BadUserInput('There is no such permission; see `permissions`.', field);
  return [...new Set(slugs)].toSorted();
}
