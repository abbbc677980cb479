import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { optionalText } from '../../../platform/domain/text.js';
import { noteFailure, noteSuccess, requireChallenge } from '../abuse/challenge.operations.js';
import { secondFactorLimit } from '../abuse/limit.rules.js';
import { issueCode, lockCode, noteWrongAnswer, peekCode, spendCode } from '../code/code.operations.js';
import { notePasswordProof } from '../device/password-period.operations.js';
import { startSession, type SignedIn } from '../session/session.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { emailOf } from '../user/user.vault.js';
import { secondFactorKey, wrongCode } from './second-factor.operations.js';
import { findSecondFactor } from './second-factor.queries.js';
import { takeCode } from './second-factor.vault.js';

const purpose = 'SECOND_FACTOR';

/** A person who has proved the first of two steps, and what to send with the second. */
export interface HalfSignedIn {
  readonly secondFactorToken: string;
}

/** Who has taken the first step, on which device, and how. */
export interface FirstStep {
  readonly user: UserEntity;
  readonly deviceId?: string | null | undefined;
  readonly method: 'PASSWORD' | 'GOOGLE';
}

/** The second of two steps. */
export interface SecondStep {
  /** What the first step was answered with. */
  readonly secondFactorToken: string;
  /** Of the app, or a recovery code. */
  readonly code: string;
  readonly challengeResponse?: string | null;
}

/** A person who has taken both steps. */
export interface TwiceSignedIn extends SignedIn {
  readonly recoveryCodesLeft: number;
}

/** What the first step is answered with, in the caller's transaction; good for five minutes, five codes and one sign-in, and bound to the first step's device. */
export async function beginSecondFactor(
  context: Context,
  em: SqlEntityManager,
  { user, deviceId, method }: FirstStep,
): Promise<HalfSignedIn> {
  const detail = `${method}:${optionalText(deviceId, { field: ['deviceId'], maximum: 128 }) ?? ''}`;
  const { token: secondFactorToken } = await issueCode(context, em, { userId: user.id, purpose, detail });
  return { secondFactorToken };
}

/** Signs in by the second of two steps. A wrong code leaves the token good, five of them do not; tokens that are not good are answered alike. */
export async function loginWithSecondFactor(context: Context, command: SecondStep): Promise<TwiceSignedIn> {
  const { vault, limits, unitOfWork } = context;
  const first = await peekCode(context, { purposes: [purpose], token: command.secondFactorToken });
  if (!first) throw deadToken();
  await limits.consume(secondFactorLimit, [secondFactorKey(first.user.id)]);
  const identifier = emailOf(vault, first.user);
  await requireChallenge(context, { ...command, identifier });
  const outcome = await unitOfWork((em) => enter(context, em, command));
  if (outcome === 'DEAD_TOKEN') throw deadToken();
  if (outcome === 'WRONG_CODE') {
    await noteFailure(context, identifier);
    throw wrongCode();
  }
  await noteSuccess(context, identifier);
  if (first.user.username) await noteSuccess(context, first.user.username);
  return outcome;
}

// A refusal is returned, not thrown: the wrong code has been counted.
async function enter(
  context: Context,
  em: SqlEntityManager,
  { secondFactorToken: token, code }: SecondStep,
): Promise<TwiceSignedIn | 'DEAD_TOKEN' | 'WRONG_CODE'> {
  const good = await lockCode(context, em, { purposes: [purpose], token });
  const factor = good && (await findSecondFactor(em, good.user.id));
  if (!good || !factor?.confirmedAt) return 'DEAD_TOKEN';
  if (!takeCode(context.vault, factor, { code, now: context.clock.now() })) {
    await noteWrongAnswer(em, good.code);
    return 'WRONG_CODE';
  }
  await spendCode(em, good.code);
  const { user } = good;
  const [method, deviceId = ''] = good.code.detail?.split(/:(.*)/s) ?? [];
  // Only now: the password alone has not signed anybody in.
  if (method === 'PASSWORD') await notePasswordProof(em, { userId: user.id, deviceId, now: context.clock.now() });
  const session = { user, method: 'SECOND_FACTOR', deviceId: deviceId || null } as const;
  const tokens = await startSession(context, em, session);
  return { user, ...tokens, recoveryCodesLeft: factor.recoveryKeys.length };
}

function deadToken(): DomainError {
  return new DomainError('INVALID_CODE', 'This sign-in has ended. Begin again with the first step.', [
    'secondFactorToken',
  ]);
}
