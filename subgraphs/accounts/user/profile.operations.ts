import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Vault } from '../../../platform/crypto/vault.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { checkAll } from '../../../platform/domain/field-checks.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { UserProfileEntity, type UserEntity } from './user.entity.js';
import { userSaved } from './user.events.js';
import { requireLocale, requireName, requirePhone, requireUsername } from './user.rules.js';
import { openProfile, sealName, sealPhone } from './user.vault.js';

/** What may change about a person; what is absent stays, and null removes what may be missing. */
export interface ProfileChange {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly username?: string | null;
  readonly locale?: string | null;
}

/** A change whose texts have been checked; throws naming every field that is wrong. */
export function requireChange({ name, phone, username, locale }: ProfileChange): ProfileChange {
  return checkAll((check) => ({
    ...(typeof name === 'string' ? { name: check(name, requireName) } : {}),
    ...(phone === undefined ? {} : { phone: phone === null ? null : check(phone, requirePhone) }),
    ...(username === undefined ? {} : { username: username === null ? null : check(username, requireUsername) }),
    ...(locale === undefined ? {} : { locale: locale === null ? null : check(locale, requireLocale) }),
  }));
}

/** Applies a checked change to a locked account; where nothing differs, nothing is stored and nothing told. */
export async function applyChange(
  em: SqlEntityManager,
  vault: Vault,
  { user, change }: { user: UserEntity; change: ProfileChange },
): Promise<void> {
  const profile = await em.findOneOrFail(UserProfileEntity, { userId: user.id });
  const before = { ...openProfile(vault, profile), username: user.username };
  const after = { ...before, ...change, name: change.name ?? before.name };
  const isChanged = (column: keyof ProfileChange) => after[column] !== before[column];
  const isAnyChanged = isChanged('name') || isChanged('phone') || isChanged('locale') || isChanged('username');
  if (!isAnyChanged) return;
  if (isChanged('name')) profile.name = sealName(vault, after.name);
  if (isChanged('phone')) Object.assign(profile, sealPhone(vault, after.phone));
  profile.locale = after.locale;
  profile.version += 1;
  user.username = after.username;
  user.usernameKey = after.username === null ? null : comparisonKey(after.username);
  await flushOrTaken(em);
  record(em, userSaved(user, profile));
}

async function flushOrTaken(em: SqlEntityManager): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('ALREADY_EXISTS', 'Somebody has this user name already.', ['username']);
  }
}
