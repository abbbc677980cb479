import type { Viewer } from '../../../platform/domain/viewer.js';
import type { MembershipEntity } from '../membership/membership.entity.js';
import type { OpenProfile } from './user.vault.js';

/** The context of a request, by which it is told from others. */
type Request = Readonly<{ viewer: Viewer }>;

/** What a request shows of an account it has made, without reading it again. */
export interface MadeAccount {
  readonly profile: OpenProfile;
  readonly memberships: readonly MembershipEntity[];
}

const proven = new WeakMap<Request, Map<string, MadeAccount | null>>();

/** Notes that the request itself has proved who somebody is, by signing in or by making the account; its payload shows it as to its owner. */
export function proveOwn(request: Request, userId: string, made: MadeAccount | null = null): void {
  const accounts = proven.get(request) ?? new Map<string, MadeAccount | null>();
  proven.set(request, accounts.set(userId, made));
}

/** What is shown of an account this request has made; null for every other. */
export function madeAccount(request: Request, userId: string): MadeAccount | null {
  return proven.get(request)?.get(userId) ?? null;
}

/** Whether the request has proved only now that the account is its sender's, who is nobody or another viewer until then. */
export function isProvenOwn(request: Request, userId: string): boolean {
  return proven.get(request)?.has(userId) ?? false;
}
