import { BadUserInput } from '../../../platform/domain/errors.js';
import { permissionSlugs } from '../../../schema/permission-slugs.js';

/** The permissions there are, in the order of their names. */
export const everySlug: readonly string[] = Object.keys(permissionSlugs).toSorted();

/** The slugs, each once and sorted; throws naming the field unless all of them are permissions there are. */
export function requireSlugs(slugs: readonly string[], field: readonly string[]): string[] {
  const unknown = slugs.find((slug) => !everySlug.includes(slug));
  if (unknown !== undefined) throw new BadUserInput('There is no such permission; see `permissions`.', field);
  return [...new Set(slugs)].toSorted();
}
