import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import type { Vault } from '../../../platform/crypto/vault.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { checkAll } from '../../../platform/domain/field-checks.js';
import { newId } from '../../../platform/domain/id.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import type { Place } from '../../../platform/domain/viewer.js';
import { insertMembership, requireGrantable } from '../membership/membership.operations.js';
import { requireOneRole, type NamedRole } from '../role/role.rules.js';
import { hashPassword } from './password.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';
import { userSaved } from './user.events.js';
import { findTaken, getUser } from './user.queries.js';
import {
  requireEmail,
  requireLocale,
  requireName,
  requirePassword,
  requirePhone,
  requireUsername,
} from './user.rules.js';
import { sealEmail, sealName, sealPhone } from './user.vault.js';

/** Who a new account is for. */
export interface NewUser {
  readonly email: string;
  readonly username?: string | null;
  readonly name: string;
  readonly phone?: string | null;
  readonly locale?: string | null;
  readonly password: string;
}

/** Who a new account is for, where it may have no password. */
export type NewFacts = Omit<NewUser, 'password'> & { readonly password: string | null };

/** What has been accepted of a new account. */
export interface AcceptedFacts {
  readonly email: string;
  readonly username: string | null;
  readonly name: string;
  readonly phone: string | null;
  readonly locale: string | null;
  readonly password: string | null;
}

/** Who an account is made for by somebody else, who may leave the password to them. */
export interface NewColleague extends Omit<NewUser, 'password'>, NamedRole {
  readonly password?: string | null;
}

/** The kind of the job that invites somebody to choose a password; asked for with the account. */
export const invitationKind = 'send-invitation';

/** An account as it is stored: the row people sign in by, and what they tell about themselves. */
export interface Account {
  /** The address as it was given; the row holds it sealed. */
  readonly email: string;
  readonly user: UserEntity;
  readonly profile: UserProfileEntity;
}

/** Makes an account for somebody else, with a role; the maker must hold what the role allows. Without a password they are invited to choose one. */
export async function createUser(context: Context, command: NewColleague & Place): Promise<UserEntity> {
  const { roleId } = requireOneRole(command);
  const account = await prepareAccount(context, { ...command, password: command.password ?? null });
  return context.unitOfWork(async (em) => {
    const { brandId, outletId = null } = command;
    const { role, scope } = await requireGrantable(em, context.viewer, { roleId, brandId, outletId });
    await insertAccount(em, context.vault, account);
    await insertMembership(em, { userId: account.user.id, roleId: role.id, scope });
    const payload = { userId: account.user.id, brandId };
    if (account.user.passwordHash === null) await context.jobs.enqueue(em, { kind: invitationKind, payload });
    return getUser(em, account.user.id);
  });
}

/** Checks what an account is made of and hashes its password, where there is to be one; nothing is stored. */
export async function prepareAccount(context: Pick<Context, 'clock' | 'vault'>, facts: NewFacts): Promise<Account> {
  return makeAccount(context, requireFacts(facts));
}

/** What an account is made of, as it is accepted; throws naming every field that is wrong. It costs no hash. */
export function requireFacts({ email, username, name, phone, locale, password }: NewFacts): AcceptedFacts {
  return checkAll((check) => ({
    email: check(email, requireEmail),
    username: username ? check(username, requireUsername) : null,
    name: check(name, requireName),
    phone: phone ? check(phone, requirePhone) : null,
    locale: locale ? check(locale, requireLocale) : null,
    password: password === null ? null : check(password, (given) => requirePassword(given, [email, name, username])),
  }));
}

/** An account of accepted facts; hashes its password, where there is to be one. */
export async function makeAccount(
  { clock, vault }: Pick<Context, 'clock' | 'vault'>,
  { email, username, name, phone, locale, password }: AcceptedFacts,
): Promise<Account> {
  const id = newId('usr');
  const user: UserEntity = {
    id,
    ...sealEmail(vault, email),
    username,
    usernameKey: username ? comparisonKey(username) : null,
    passwordHash: password === null ? null : await hashPassword(password),
    passwordChangedAt: password === null ? null : clock.now(),
    isActive: true,
    isEmailVerified: false,
    isTotpEnabled: false,
    deviceEnrolment: 'NONE',
    rightsVersion: 1,
    createdAt: clock.now(),
  };
  const profile = { userId: id, name: sealName(vault, name), ...sealPhone(vault, phone), locale, version: 1 };
  return { email, user, profile };
}

/** Stores a prepared account; throws ALREADY_EXISTS when its address or user name is taken. */
export async function insertAccount(
  em: SqlEntityManager,
  vault: Vault,
  { email, user, profile }: Account,
): Promise<void> {
  // The unique key cannot tell of accounts from before, whose key is the address itself.
  const taken = await findTaken(em, vault, { email, usernameKey: user.usernameKey });
  if (taken !== null) throw alreadyTaken(taken);
  try {
    await em.insert(UserEntity, user);
    await em.insert(UserProfileEntity, profile);
    record(em, userSaved(user, profile));
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw alreadyTaken(error.message.includes('username_key') ? 'username' : 'email');
  }
}

function alreadyTaken(field: 'email' | 'username'): DomainError {
  return new DomainError('ALREADY_EXISTS', 'An account with this address or user name exists already.', [field]);
}
