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
import { MembershipEntity } from '../membership/membership.entity.js';
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
  /** Absent: a new account gets a random one, an existing account keeps its own. */
  readonly password?: string | null;
}

/** What came of it. */
export interface EnsuredAdministrator {
  readonly userId: string;
  readonly isNew: boolean;
  /** The random password of a new account, told this once; null where it was given or kept. */
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
  const givenPassword = command.password ?? null;
  return context.unitOfWork(async (em) => {
    const userId = await updateAdministrator(context, em, { account, givenPassword });
    if (userId) return { userId, isNew: false, randomPassword: null };
    await insertAdministrator(em, context.vault, account);
    return { userId: account.user.id, isNew: true, randomPassword: givenPassword === null ? randomPassword : null };
  });
}

/** The id of the account that has this address already, brought in step; null if there is none. */
async function updateAdministrator(
  context: CommandContext,
  em: SqlEntityManager,
  { account, givenPassword }: { account: Account; givenPassword: string | null },
): Promise<string | null> {
  const { vault } = context;
  const user = await lockUserByEmail(em, vault, account.email);
  if (!user) return null;
  const isHeld = (await em.count(MembershipEntity, heldBy(user.id))) > 0;
  const isChanged = !isHeld || !user.isActive;
  await applyChange(em, vault, { user, change: { name: openProfile(vault, account.profile).name } });
  user.isActive = true;
  if (givenPassword !== null) await replacePassword(context, em, { user, account, givenPassword });
  if (!isHeld) em.create(MembershipEntity, { ...installation, id: newId('mem'), userId: user.id }, { persist: true });
  if (isChanged) {
    user.rightsVersion += 1;
    record(em, rightsChanged(user, null));
  }
  return user.id;
}

// The same password again is no news: a script that runs with every deployment must not sign anybody out.
async function replacePassword(
  { clock }: CommandContext,
  em: SqlEntityManager,
  { user, account, givenPassword }: { user: UserEntity; account: Account; givenPassword: string },
): Promise<void> {
  if (await matchesPassword(givenPassword, user.passwordHash)) return;
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
