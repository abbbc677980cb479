import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { passwordProofLimit } from '../abuse/limit.rules.js';
import { matchesPassword } from './password.js';
import type { UserEntity } from './user.entity.js';
import { getUser, lockUser } from './user.queries.js';

/** Somebody whose password was right when it was compared, and the field it came in. */
export interface Proven {
  readonly proven: UserEntity;
  readonly field?: readonly string[];
}

/** The viewer, who knows their own password; INVALID_CREDENTIALS, naming the field, where they do not. Guesses are counted. */
export async function provePassword(
  { viewer, limits, em }: Context,
  { password, field = ['password'] }: { password: string; field?: readonly string[] },
): Promise<UserEntity> {
  await limits.consume(passwordProofLimit, [`user:${viewer.id}`]);
  const user = await getUser(em, viewer.id);
  if (!(await matchesPassword(password, user.passwordHash))) throw wrongPassword(field);
  return user;
}

/** The row of somebody proven, locked and still as it was. */
export async function lockProven(em: SqlEntityManager, proof: Proven): Promise<UserEntity> {
  const user = await lockUser(em, proof.proven.id);
  requireProven(user, proof);
  return user;
}

/** Throws unless a locked row is as it was when its password was compared: it may have been changed since, and the person sent away. */
export function requireProven(user: UserEntity, { proven, field = ['password'] }: Proven): void {
  if (!user.isActive || user.passwordHash !== proven.passwordHash) throw wrongPassword(field);
}

function wrongPassword(field: readonly string[]): DomainError {
  return new DomainError('INVALID_CREDENTIALS', 'The password is wrong.', field);
}
