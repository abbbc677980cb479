/** How a challenge is solved: by computing, or by a vendor's widget in the client. */
export const challengeKinds = ['PROOF_OF_WORK', 'TURNSTILE', 'HCAPTCHA'] as const;
export type ChallengeKind = (typeof challengeKinds)[number];

/** What a client must solve before it is listened to again. */
export interface Challenge {
  readonly kind: ChallengeKind;
  /** For a vendor's widget: the site's public key. */
  readonly siteKey: string | null;
  /** For a proof of work: find a whole number so that SHA-256 of `<token>.<number>` begins with `difficulty` zero bits. */
  readonly token: string | null;
  readonly difficulty: number | null;
}

/** When and from where a solution came. */
export interface SolutionFacts {
  readonly now: Date;
  readonly remoteAddress: string;
}

/** Tells people from programs that try one password after the other. */
export interface ChallengePort {
  /** A new challenge. */
  issue(now: Date): Challenge;
  /** What the solution uses up, which the caller must not accept twice; null when it solves nothing. Throws when the vendor cannot be asked. */
  verify(solution: string, facts: SolutionFacts): Promise<string | null>;
}
