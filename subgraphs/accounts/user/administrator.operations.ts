import type { SqlEntityManager } from '@mikro-orm/sql';
import { randomBytes } from 'node:crypto';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { RunAgain } from '../../../platform/data/unit-of-work.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { MembershipEntity } from '../role/role.entity.js';
import { UserProfileEntity } from './user.entity.js';
import { rightsChanged } from './user.events.js';
import { insertAccount, prepareAccount, type Account } from './user.operations.js';
import { lockUserByEmail } from './user.queries.js';

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

const installation = { roleCode: 'ADMIN', brandId: null, outletId: null } as const;

/** Makes the account of an e-mail address an administrator of the installation, or makes that account; doing it again only updates name and password. */
export async function ensureAdministrator(
  context: Pick<Context, 'unitOfWork' | 'clock'>,
  command: EnsureAdministrator,
): Promise<EnsuredAdministrator> {
  const randomPassword = randomBytes(18).toString('base64url');
  const account = await prepareAccount(context, { ...command, password: command.password ?? randomPassword });
  const isPasswordGiven = typeof command.password === 'string';
  return context.unitOfWork(async (em) => {
    const userId = await updateAdministrator(em, account, { isPasswordGiven });
    if (userId) return { userId, isNew: false, randomPassword: null };
    await insertAdministrator(em, account);
    return { userId: account.user.id, isNew: true, randomPassword: isPasswordGiven ? null : randomPassword };
  });
}

/** The id of the account that has this address already, brought in step; null if there is none. */
async function updateAdministrator(
  em: SqlEntityManager,
  { user: { email, passwordHash }, profile: { name } }: Account,
  { isPasswordGiven }: { isPasswordGiven: boolean },
): Promise<string | null> {
  const user = await lockUserByEmail(em, email);
  if (!user) return null;
  const profile = await em.findOneOrFail(UserProfileEntity, { userId: user.id });
  const isHeld = (await em.count(MembershipEntity, { ...installation, userId: user.id })) > 0;
  const isChanged = !isHeld || !user.isActive;
  profile.name = name;
  user.isActive = true;
  if (isPasswordGiven) user.passwordHash = passwordHash;
  if (!isHeld) em.create(MembershipEntity, { ...installation, id: newId('mem'), userId: user.id }, { persist: true });
  if (isChanged) {
    user.rightsVersion += 1;
    record(em, rightsChanged(user, null));
  }
  return user.id;
}

async function insertAdministrator(em: SqlEntityManager, account: Account): Promise<void> {
  try {
    await insertAccount(em, account);
  } catch (error) {
    // Somebody made the account since it was looked for; the next run finds it.
    throw error instanceof DomainError ? new RunAgain('The account exists now.') : error;
  }
  await em.insert(MembershipEntity, { ...installation, id: newId('mem'), userId: account.user.id });
}
