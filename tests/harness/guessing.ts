import type { LimitRule } from '../../platform/limits/limits.js';
import { addressFailures, nameFailures } from '../../subgraphs/accounts/abuse/challenge.rules.js';
import { loginLimit } from '../../subgraphs/accounts/abuse/limit.rules.js';
import { passwordsWorkedOn } from '../../subgraphs/accounts/user/password.js';
import type { TestProduct } from './product.js';

/** Whom a guesser is after, and what they send. */
export interface Guesser {
  /** Under which name the guesses are counted. */
  readonly name: string;
  readonly right: Record<string, string>;
  wrong(number: number): Record<string, string>;
}

/** A secret that can be guessed through a mutation, answered with tokens where the guess is right. */
export interface GuessableSecret {
  readonly what: string;
  readonly mutation: string;
  /** How many guesses are judged in a window. */
  readonly allowed: number;
  /** What counts the guesses, and what their failures set off. */
  readonly rules: readonly LimitRule[];
  /** How many guesses have been compared with the secret so far. */
  reached(): number;
  prepare(product: TestProduct): Promise<Guesser>;
}

/** Every secret that can be guessed: one entry each. */
export const guessableSecrets: readonly GuessableSecret[] = [
  {
    what: 'password',
    mutation: 'login',
    allowed: loginLimit.allowed,
    rules: [loginLimit, nameFailures, addressFailures],
    reached: passwordsWorkedOn,
    prepare: async ({ demo }) => {
      const { identifier = '', password = '' } = demo.brands[0]?.users.waiter ?? {};
      return {
        name: identifier,
        right: { identifier, password },
        wrong: (number) => ({ identifier, password: `guess ${number}` }),
      };
    },
  },
];
