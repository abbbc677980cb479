import type { SqlEntityManager } from '@mikro-orm/sql';
import { randomBytes } from 'node:crypto';
import type { CommandContext } from '../../../platform/context.js';
import type { Vault } from '../../../platform/crypto/vault.js';
import { record } from '../../../platform/data/outbox.js';
import { narrowed, unscoped, type TenantScope } from '../../../platform/data/tenant-scope.js';
import { RunAgain } from '../../../platform/data/unit-of-work.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { requirePasswordAgain } from '../device/password-period.operations.js';
import { revokeKeys } from '../device/revocation.operations.js';
import { MembershipEntity } from '../membership/membership.entity.js';
import { resetSecondFactor } from '../second-factor/second-factor.operations.js';
import { endSessions } from '../session/session.operations.js';
import { matchesPassword } from '../user/password.js';
import { applyChange } from '../user/profile.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { rightsChanged } from '../user/user.events.js';
import { insertAccount, prepareAccount, type Account } from '../user/user.operations.js';
import { lockUserByEmail } from '../user/user.queries.js';
import { openProfile } from '../user/user.vault.js';

/** Who is to administer the whole installation. */
export interface EnsureAdministrator {
  readonly email: string;
  readonly name: string;
  /** Absent: an account keeps its own; a new one, or one whose address nobody has shown to be theirs, gets a random one. */
  readonly password?: string | null;
}

/** What came of it. */
export interface EnsuredAdministrator {
  readonly userId: string;
  readonly isNew: boolean;
  /** The random password, told this once; null where one was given or kept. */
  readonly randomPassword: string | null;
}

const installation = { roleId: 'ADMIN', brandId: null, outletId: null } as const;

/** Makes the account of an e-mail address an administrator of the installation, or makes that account; doing it again only updates name and password. A new password ends the person's sessions. */
export async function ensureAdministrator(
  context: CommandContext,
  command: EnsureAdministrator,
): Promise<EnsuredAdministrator> {
  const randomPassword = randomBytes(18).toString('base64url');
  const account = await prepareAccount(context, { ...command, password: command.password ?? randomPassword });
  const password = { given: command.password ?? null, random: randomPassword };
  return context.unitOfWork(async (em) => {
    const updated = await updateAdministrator(context, em, { account, password });
    if (updated) return updated;
    await insertAdministrator(em, context.vault, account);
    return { userId: account.user.id, isNew: true, randomPassword: password.given === null ? randomPassword : null };
  });
}

interface Passwords {
  readonly given: string | null;
  readonly random: string;
}

/** What came of the account that has this address already, brought in step; null if there is none. */
async function updateAdministrator(
  context: CommandContext,
  em: SqlEntityManager,
  { account, password: { given, random } }: { account: Account; password: Passwords },
): Promise<EnsuredAdministrator | null> {
  const { vault } = context;
  const user = await lockUserByEmail(em, vault, account.email);
  if (!user) return null;
  const isHeld = (await em.count(MembershipEntity, heldBy(user.id))) > 0;
  const isChanged = !isHeld || !user.isActive;
  await applyChange(em, vault, { user, change: { name: openProfile(vault, account.profile).name } });
  user.isActive = true;
  // Whoever made the account may be somebody else who typed this address: nothing they know or hold opens it any longer.
  const isStrangers = !isHeld && !user.isEmailVerified;
  const newPassword = given ?? (isStrangers ? random : null);
  if (newPassword !== null) await replacePassword(context, em, { user, account, newPassword });
  if (isStrangers) await forgetProofs(context, em, user);
  if (!isHeld) em.create(MembershipEntity, { ...installation, id: newId('mem'), userId: user.id }, { persist: true });
  if (isChanged) {
    user.rightsVersion += 1;
    record(em, rightsChanged(user, null));
  }
  return { userId: user.id, isNew: false, randomPassword: newPassword === random ? random : null };
}

async function forgetProofs(context: CommandContext, em: SqlEntityManager, user: UserEntity): Promise<void> {
  await resetSecondFactor(context, em, user);
  await revokeKeys(em, { user, clock: context.clock, reason: 'ADMINISTRATOR' });
  await endSessions(em, { userId: user.id, clock: context.clock, reason: 'ADMINISTRATOR' });
}

// The same password again is no news: a script that runs with every deployment must not sign anybody out.
async function replacePassword(
  { clock }: CommandContext,
  em: SqlEntityManager,
  { user, account, newPassword }: { user: UserEntity; account: Account; newPassword: string },
): Promise<void> {
  if (await matchesPassword(newPassword, user.passwordHash)) return;
  const { passwordHash, passwordChangedAt } = account.user;
  Object.assign(user, { passwordHash, passwordChangedAt });
  await requirePasswordAgain(em, user.id);
  await endSessions(em, { userId: user.id, clock, reason: 'PASSWORD_CHANGED' });
}

function heldBy(userId: string): TenantScope {
  return narrowed(unscoped('an administrator of the installation is of no brand'), { ...installation, userId });
}

async function insertAdministrator(em: SqlEntityManager, vault: Vault, account: Account): Promise<void> {
  try {
    await insertAccount(em, vault, account);
  } catch (error) {
    // Somebody made the account since it was looked for; the next run finds it.
    throw error instanceof DomainError ? new RunAgain('The account exists now.') : error;
  }
  await em.insert(MembershipEntity, { ...installation, id: newId('mem'), userId: account.user.id });
}
