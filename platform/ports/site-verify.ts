import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChallengePort } from './challenge.js';

const ANSWERS_WITHIN_MS = 3_000;
const LONGEST_SOLUTION = 10_000;

const vendors = {
  turnstile: { kind: 'TURNSTILE', verifyUrl: 'https://challenges.cloudflare.com/turnstile/v0/siteverify' },
  hcaptcha: { kind: 'HCAPTCHA', verifyUrl: 'https://api.hcaptcha.com/siteverify' },
} as const;

const verdict = z.object({ success: z.boolean() });

/** A vendor's widget: its public key for the page, and the secret its verdicts are asked with. */
export interface SiteVerifySettings {
  readonly provider: keyof typeof vendors;
  readonly siteKey: string;
  readonly secret: string;
  /** Where verdicts are asked; the vendor's own address unless told. */
  readonly verifyUrl?: string;
}

/** Challenges by the widget of Turnstile or hCaptcha, whose solutions the vendor judges; it has three seconds to do so. */
export function createSiteVerify({ provider, siteKey, secret, verifyUrl }: SiteVerifySettings): ChallengePort {
  const vendor = vendors[provider];
  return {
    issue: () => ({ kind: vendor.kind, siteKey, token: null, difficulty: null }),
    verify: async (solution, { remoteAddress }) => {
      if (solution.length === 0 || solution.length > LONGEST_SOLUTION) return null;
      const answer = await fetch(verifyUrl ?? vendor.verifyUrl, {
        method: 'POST',
        body: new URLSearchParams({ secret, response: solution, remoteip: remoteAddress, sitekey: siteKey }),
        signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
        redirect: 'error',
      });
      if (!answer.ok) throw new Error(`The ${provider} server answered ${answer.status}.`);
      const { success } = verdict.parse(await answer.json());
      return success ? createHash('sha256').update(solution).digest('hex') : null;
    },
  };
}
