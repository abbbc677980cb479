import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { newId } from '../../../platform/domain/id.js';
import { plusMs } from '../../../platform/process/clock.js';
import type { UserEntity } from '../user/user.entity.js';
import { getUser, lockUser } from '../user/user.queries.js';
import { emailOf } from '../user/user.vault.js';
import { OneTimeCodeEntity } from './code.entity.js';
import { findCode, lockCodeRow } from './code.queries.js';
import {
  codeLifetimeMs,
  digitsLifetimeMs,
  guessesAllowed,
  holderKeyOf,
  invalidCode,
  isSameHash,
  newDigits,
  newSecret,
  readToken,
  secretHashOf,
  tokenOf,
  type CodePurpose,
} from './code.rules.js';

/** Who gets a code and for what; `detail` comes back at its use. */
export interface NewCode {
  readonly userId: string;
  readonly purpose: CodePurpose;
  readonly detail?: string | null;
}

/** A code in plain text, which exists only here and at the person's. */
export interface IssuedCode {
  readonly id: string;
  readonly token: string;
  /** The address the code is bound to; one read before the person was locked may be theirs no longer. */
  readonly email: string;
  /** Six digits for typing; good for a shorter time, a few guesses, and only where the person is signed in. */
  readonly digits: string;
}

/** A token somebody shows, and what for. */
export interface ShowCode {
  /** What the code may be for. */
  readonly purposes: readonly CodePurpose[];
  readonly token: string;
}

/** A code that is good, and the person it is bound to. */
export interface GoodCode {
  readonly code: OneTimeCodeEntity;
  readonly user: UserEntity;
}

/** Makes a person's code of a purpose in the caller's transaction, with the person's row locked; the one before it is dead. */
export async function issueCode(
  context: Context,
  em: SqlEntityManager,
  { userId, purpose, detail = null }: NewCode,
): Promise<IssuedCode> {
  const { vault, clock } = context;
  const user = await lockUser(em, userId);
  const [id, secret, digits] = [newId('otc'), newSecret(), newDigits()];
  const now = clock.now();
  await em.nativeDelete(OneTimeCodeEntity, { userId, purpose });
  await em.insert(OneTimeCodeEntity, {
    id,
    userId,
    purpose,
    secretHash: secretHashOf(vault, purpose, { id, secret }),
    digitsHash: purpose === 'EMAIL_VERIFICATION' ? secretHashOf(vault, purpose, { id, secret: digits }) : null,
    attempts: 0,
    holderKey: holderKeyOf(vault, purpose, heldBy(context, user)),
    detail,
    createdAt: now,
    expiresAt: plusMs(now, codeLifetimeMs[purpose]),
  });
  return { id, token: tokenOf({ id, secret }), email: emailOf(vault, user), digits };
}

/** The code of a token, or null for any that is not good; nothing is locked, so it is good for a first look only. */
export async function peekCode(context: Context, { purposes, token }: ShowCode): Promise<GoodCode | null> {
  const shown = readToken(token);
  const code = shown && (await findCode(context.em, shown.id));
  if (!code) return null;
  const user = await getUser(context.em, code.userId);
  return judged(context, { code, user }, { purposes, token });
}

/** The code of a token with its row and its person's locked, or null for any that is not good; it stays until it is spent. */
export async function lockCode(
  context: Context,
  em: SqlEntityManager,
  { purposes, token }: ShowCode,
): Promise<GoodCode | null> {
  const shown = readToken(token);
  const found = shown && (await findCode(em, shown.id));
  if (!found) return null;
  const user = await lockUser(em, found.userId);
  const code = await lockCodeRow(em, { id: found.id });
  return code && judged(context, { code, user }, { purposes, token });
}

/** Uses up the code of a token in the caller's transaction; INVALID_CODE, naming the field, for any that is not good. */
export async function redeemCode(
  context: Context,
  em: SqlEntityManager,
  { field, ...shown }: ShowCode & { field: string },
): Promise<GoodCode> {
  const good = await lockCode(context, em, shown);
  if (!good) throw invalidCode(field);
  await spendCode(em, good.code);
  return good;
}

/**
 * Uses up a signed-in person's code by its digits, or null where they are not good. Null must be committed, not thrown:
 * the wrong guess has been counted.
 */
export async function redeemDigits(
  context: Context,
  em: SqlEntityManager,
  { userId, purpose, digits }: { userId: string; purpose: CodePurpose; digits: string },
): Promise<GoodCode | null> {
  const { vault, clock } = context;
  const user = await lockUser(em, userId);
  const code = await lockCodeRow(em, { userId, purpose });
  if (!code?.digitsHash || !isAlive(context, { code, user })) return null;
  if (plusMs(code.createdAt, digitsLifetimeMs) <= clock.now()) return null;
  if (!isSameHash(code.digitsHash, secretHashOf(vault, purpose, { id: code.id, secret: digits }))) {
    await noteWrongAnswer(em, code);
    return null;
  }
  await spendCode(em, code);
  return { code, user };
}

/** Uses up a locked code. */
export async function spendCode(em: SqlEntityManager, { id }: OneTimeCodeEntity): Promise<void> {
  await em.nativeDelete(OneTimeCodeEntity, { id });
}

/** Ends every code a person has, in the caller's transaction. */
export async function forgetCodes(em: SqlEntityManager, userId: string): Promise<void> {
  await em.nativeDelete(OneTimeCodeEntity, { userId });
}

/** Counts a wrong answer against a locked code; the caller's transaction must commit. The last one allowed kills what was guessed at. */
export async function noteWrongAnswer(em: SqlEntityManager, code: OneTimeCodeEntity): Promise<void> {
  code.attempts += 1;
  if (code.attempts < guessesAllowed) return;
  // Nobody guesses a token: what was mailed as a link stays good when its digits are not.
  if (code.digitsHash) code.digitsHash = null;
  else await spendCode(em, code);
}

function judged(context: Context, good: GoodCode, { purposes, token }: ShowCode): GoodCode | null {
  const shown = readToken(token);
  const { code } = good;
  if (!shown || !purposes.includes(code.purpose) || !isAlive(context, good)) return null;
  return isSameHash(code.secretHash, secretHashOf(context.vault, code.purpose, shown)) ? good : null;
}

function isAlive(context: Context, { code, user }: GoodCode): boolean {
  const { vault, clock } = context;
  const holderKey = holderKeyOf(vault, code.purpose, heldBy(context, user));
  return user.isActive && clock.now() < code.expiresAt && isSameHash(code.holderKey, holderKey);
}

function heldBy({ vault }: Context, user: UserEntity) {
  return { email: emailOf(vault, user), passwordHash: user.passwordHash };
}
