import type { Context } from '../../../platform/context.js';
import { RateLimited } from '../../../platform/domain/errors.js';
import { addressKey, identifierKey } from '../../../platform/limits/limit-keys.js';
import { toUserErrors } from '../../../platform/graphql/error-boundary.js';
import { addressFailures, ChallengeRequired, nameFailures, solutionUse } from './challenge.rules.js';

/** Who tries to sign in, and their solution of a challenge. */
export interface Attempt {
  readonly identifier: string;
  readonly challengeResponse?: string | null;
}

/**
 * Throws ChallengeRequired after repeated failures of this name or from this address, unless the attempt brings a solution
 * that nobody used before. Names count whether anybody has them or not. While a vendor cannot be asked, nothing is solved.
 */
export async function requireChallenge(context: Context, attempt: Attempt): Promise<void> {
  const { limits, ports, clock, remoteAddress } = context;
  const isSuspicious =
    (await limits.isReached(nameFailures, [identifierKey(attempt.identifier)])) ||
    (await limits.isReached(addressFailures, [addressKey(remoteAddress)]));
  if (!isSuspicious || (await isSolved(context, attempt.challengeResponse))) return;
  throw new ChallengeRequired(ports.challenge.issue(clock.now()));
}

/** Counts a sign-in that failed. */
export async function noteFailure({ limits, remoteAddress }: Context, identifier: string): Promise<void> {
  await limits.penalise(nameFailures, [identifierKey(identifier)]);
  await limits.penalise(addressFailures, [addressKey(remoteAddress)]);
}

/** Forgets the failures of a name that has signed in; those of the address stay, since one right guess excuses no others. */
export function noteSuccess({ limits }: Context, identifier: string): Promise<void> {
  return limits.forget(nameFailures, [identifierKey(identifier)]);
}

/** The work's own payload, or the one that carries the challenge which stands in its way. */
export async function orChallenge(work: Promise<object>): Promise<object> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ChallengeRequired)) throw error;
    return { challenge: error.challenge, userErrors: toUserErrors(error) };
  }
}

async function isSolved(context: Context, solution: string | null | undefined): Promise<boolean> {
  if (!solution) return false;
  const { ports, limits, clock, remoteAddress, requestId, log } = context;
  try {
    const spent = await ports.challenge.verify(solution, { now: clock.now(), remoteAddress });
    if (spent === null) return false;
    await limits.consume(solutionUse, [`solution:${spent}`]);
    return true;
  } catch (error) {
    if (!(error instanceof RateLimited)) log.warn({ err: error, requestId }, 'a challenge could not be judged');
    return false;
  }
}
