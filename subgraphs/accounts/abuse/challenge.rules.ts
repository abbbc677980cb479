import { DomainError } from '../../../platform/domain/errors.js';
import type { LimitRule } from '../../../platform/limits/limits.js';
import type { Challenge } from '../../../platform/ports/challenge.js';

const QUARTER = 15 * 60;

/** ACC-26: failed sign-ins under one name before a challenge stands in the way. */
export const nameFailures: LimitRule = {
  name: 'failures-of-name',
  allowed: 3,
  withinSeconds: QUARTER,
  allowedWithoutRedis: 1,
};

/** ACC-26: failed sign-ins from one address before a challenge stands in the way of all names from there. */
export const addressFailures: LimitRule = {
  name: 'failures-of-address',
  allowed: 10,
  withinSeconds: QUARTER,
  allowedWithoutRedis: 3,
};

/** A solved challenge opens the door once, for longer than any challenge is good. */
export const solutionUse: LimitRule = {
  name: 'challenge-solution',
  allowed: 1,
  withinSeconds: QUARTER,
  allowedWithoutRedis: 1,
};

/** The caller must show that it is no program; carries what to solve. */
export class ChallengeRequired extends DomainError {
  constructor(readonly challenge: Challenge) {
    super('CHALLENGE_REQUIRED', 'Solve the challenge and send the solution as challengeResponse.', [
      'challengeResponse',
    ]);
  }
}
