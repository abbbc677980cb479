import { refusal, holdsSomewhere, type Viewer } from '../domain/viewer.js';

/**
 * Who may call a root field at all: everybody, everybody who signed in, only the product itself,
 * or those who hold a permission, or one of two, somewhere. Where they hold it is for queries and policies to say.
 */
export type PermissionRule = 'PUBLIC' | 'SIGNED_IN' | 'INTERNAL' | { readonly slug: string; readonly orSlug?: string };

/** The rule of every root field, by `Query.orders`, `Mutation.cancelOrder` and so on. */
export type PermissionTable = Readonly<Record<string, PermissionRule>>;

/** Throws UNAUTHENTICATED or FORBIDDEN unless the rule lets the viewer in. */
export function requireRule(viewer: Viewer, rule: PermissionRule): void {
  if (!meetsRule(viewer, rule)) throw refusal(viewer, slugsOf(rule));
}

function slugsOf(rule: PermissionRule): readonly string[] {
  if (typeof rule === 'string') return [];
  return rule.orSlug === undefined ? [rule.slug] : [rule.slug, rule.orSlug];
}

/** Whether the rule lets the viewer in. */
export function meetsRule(viewer: Viewer, rule: PermissionRule): boolean {
  if (rule === 'PUBLIC') return true;
  if (rule === 'SIGNED_IN') return viewer.kind === 'USER' || viewer.kind === 'SYSTEM';
  if (rule === 'INTERNAL') return viewer.kind === 'SYSTEM';
  return holdsSomewhere(viewer, rule.slug) || (rule.orSlug !== undefined && holdsSomewhere(viewer, rule.orSlug));
}
