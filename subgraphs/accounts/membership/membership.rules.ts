import { everySlug } from '../role/role.rules.js';

/** What a membership adds to its role and leaves out of it. */
export interface Overrides {
  readonly slugsAdded: readonly string[] | null;
  readonly slugsRemoved: readonly string[] | null;
}

/** What a membership allows: its role's permissions and the added ones, without those left out. Who has all but some has every one of today by name. */
export function slugsWith(role: readonly string[], { slugsAdded, slugsRemoved }: Overrides): readonly string[] {
  const slugs = slugsAdded ? [...new Set([...role, ...slugsAdded])] : role;
  if (!slugsRemoved || slugsRemoved.length === 0) return slugs;
  const named = slugs.includes('all') ? everySlug.filter((slug) => slug !== 'all') : slugs;
  return named.filter((slug) => !slugsRemoved.includes(slug));
}

/** Whether two memberships change their role alike. */
export function isSameOverrides(one: Overrides, other: Overrides): boolean {
  const textOf = ({ slugsAdded, slugsRemoved }: Overrides) => [slugsAdded ?? [], slugsRemoved ?? []].join('|');
  return textOf(one) === textOf(other);
}
