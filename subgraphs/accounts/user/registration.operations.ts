import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { addressKey, identifierKey } from '../../../platform/limits/limit-keys.js';
import { endingNotBefore } from '../abuse/answer-time.js';
import { signupLimit } from '../abuse/limit.rules.js';
import { requireActiveBrand } from '../brand/brand.queries.js';
import { MembershipEntity } from '../membership/membership.entity.js';
import { insertMembership } from '../membership/membership.operations.js';
import { noteAddressTaken } from './address-taken.operations.js';
import type { UserEntity } from './user.entity.js';
import { insertAccount, makeAccount, requireFacts, type Account, type NewUser } from './user.operations.js';
import { proveOwn } from './user.policy.js';
import { openProfile } from './user.vault.js';

/** The kind of the job that sends a person the proof that their address is theirs; asked for with the account. */
export const emailVerificationKind = 'send-email-verification';

// To store an account takes some milliseconds more than to find that its address is taken.
const STORED_WITHIN_MS = 100;

/**
 * Makes a guest's account with its profile; in a brand, where one is given, as its customer. An address that is taken is
 * answered as a free one, so that nobody learns who has an account: nothing is stored, and its owner is told by mail.
 */
export async function register(
  context: Context,
  { brandId = null, ...command }: NewUser & { brandId?: string | null },
): Promise<UserEntity> {
  const { limits, remoteAddress, vault } = context;
  // A mistyped form is no new account; but nothing is hashed before the limit is asked.
  const facts = requireFacts(command);
  await limits.consume(signupLimit, [addressKey(remoteAddress), identifierKey(facts.email)]);
  const account = await makeAccount(context, facts);
  const memberships = await endingNotBefore(STORED_WITHIN_MS, () => storeOrTell(context, account, brandId));
  // Shown as it was made, not as it is found: there may be nothing to find.
  proveOwn(context, account.user.id, { profile: openProfile(vault, account.profile), memberships });
  return account.user;
}

async function storeOrTell(context: Context, account: Account, brandId: string | null): Promise<MembershipEntity[]> {
  try {
    return await context.unitOfWork((em) => storeGuest(context, em, { account, brandId }));
  } catch (error) {
    if (!isTakenAddress(error)) throw error;
    await noteAddressTaken(context, account.email);
    return brandId === null ? [] : [unstoredMembership(account.user.id, brandId)];
  }
}

/** Stores a prepared account in the caller's transaction, in a brand as its customer; ALREADY_EXISTS where its address or user name is taken. */
export async function storeGuest(
  { vault, jobs }: Context,
  em: SqlEntityManager,
  { account, brandId }: { account: Account; brandId: string | null },
): Promise<MembershipEntity[]> {
  if (brandId !== null) await requireActiveBrand(em, brandId);
  await insertAccount(em, vault, account);
  if (!account.user.isEmailVerified)
    await jobs.enqueue(em, { kind: emailVerificationKind, payload: { userId: account.user.id } });
  if (brandId === null) return [];
  const scope = { brandId, outletId: null };
  return [await insertMembership(em, { userId: account.user.id, roleId: 'CUSTOMER', scope })];
}

function isTakenAddress(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'ALREADY_EXISTS' && error.field?.[0] === 'email';
}

function unstoredMembership(userId: string, brandId: string): MembershipEntity {
  return Object.assign(new MembershipEntity(), { id: newId('mem'), userId, roleId: 'CUSTOMER', brandId });
}
