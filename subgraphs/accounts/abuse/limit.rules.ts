import type { LimitRule } from '../../../platform/limits/limits.js';

const MINUTE = 60;
const QUARTER = 15 * MINUTE;

// A secret can be guessed at these, so they stay closed without Redis: two replicas, each counting alone, allow fewer guesses than the rule, and
// a window in which Redis goes allows the sum of both.

/** ACC-25: sign-ins by password, per address and per identifier. */
export const loginLimit: LimitRule = { name: 'login', allowed: 5, withinSeconds: MINUTE, allowedWithoutRedis: 2 };

/** ACC-18: answers of the second step, per user: a code has a million values. */
export const secondFactorLimit: LimitRule = {
  name: 'second-factor',
  allowed: 5,
  withinSeconds: MINUTE,
  allowedWithoutRedis: 2,
};

/** ACC-14: one-time codes that are entered, per address and per person or token they are for. */
export const codeEntryLimit: LimitRule = {
  name: 'code-entry',
  allowed: 5,
  withinSeconds: MINUTE,
  allowedWithoutRedis: 2,
};

/** ACC-15: proofs of one's own password while signed in, per user. */
export const passwordProofLimit: LimitRule = {
  name: 'password-proof',
  allowed: 5,
  withinSeconds: MINUTE,
  allowedWithoutRedis: 2,
};

/** ACC-20: answers of device keys, per address and per device. */
export const deviceLoginLimit: LimitRule = {
  name: 'device-login',
  allowed: 10,
  withinSeconds: MINUTE,
  allowedWithoutRedis: 4,
};

// These guard work and mail, not secrets.

/** ACC-25: new accounts, per address and per identifier. */
export const signupLimit: LimitRule = { name: 'signup', allowed: 3, withinSeconds: MINUTE, allowedWithoutRedis: 3 };

/** ACC-12, ACC-14: mails with a code or a link, per address and per identifier. */
export const codeRequestLimit: LimitRule = {
  name: 'code-request',
  allowed: 5,
  withinSeconds: QUARTER,
  allowedWithoutRedis: 5,
};

/** ACC-05: exchanges of refresh tokens, per session. */
export const refreshLimit: LimitRule = { name: 'refresh', allowed: 30, withinSeconds: MINUTE, allowedWithoutRedis: 30 };

/** ACC-11: sign-ins by Google, per address; the token itself cannot be guessed. */
export const googleLoginLimit: LimitRule = {
  name: 'google-login',
  allowed: 20,
  withinSeconds: MINUTE,
  allowedWithoutRedis: 20,
};

/** ACC-20: challenges handed to devices, per address and per device. */
export const deviceChallengeLimit: LimitRule = {
  name: 'device-challenge',
  allowed: 20,
  withinSeconds: MINUTE,
  allowedWithoutRedis: 20,
};
