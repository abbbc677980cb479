import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ChallengePort } from './challenge.js';

const LIFETIME_MS = 10 * 60_000;
const USUAL_DIFFICULTY = 18;
const SOLUTION = /^((\d{1,15})\.(\d{1,2})\.[\w-]{22})\.([\w-]{43})\.\d{1,15}$/;

/** What signs the tokens, and how many zero bits a solution has: 18 unless told, a fraction of a second of computing. */
export interface ProofOfWorkSettings {
  readonly secret: string;
  readonly difficulty?: number;
}

/** Challenges that cost a client computing and nobody a vendor; good for ten minutes. */
export function createProofOfWork({ secret, difficulty = USUAL_DIFFICULTY }: ProofOfWorkSettings): ChallengePort {
  const signatureOf = (claims: string) =>
    createHmac('sha256', secret).update(`challenge\n${claims}`).digest('base64url');
  return {
    issue: (now) => {
      const claims = `${now.getTime() + LIFETIME_MS}.${difficulty}.${randomBytes(16).toString('base64url')}`;
      return { kind: 'PROOF_OF_WORK', siteKey: null, token: `${claims}.${signatureOf(claims)}`, difficulty };
    },
    verify: async (solution, { now }) => {
      const [, claims = '', expiresAt = '', bits = '', signature = ''] = SOLUTION.exec(solution) ?? [];
      if (!isSame(signature, signatureOf(claims)) || Number(expiresAt) <= now.getTime()) return null;
      return zeroBits(solution) >= Number(bits) ? claims : null;
    },
  };
}

/** Solves a proof of work as clients do; takes about 2^difficulty hashes. */
export function solveProofOfWork(token: string, difficulty: number): string {
  for (let number = 0; ; number += 1) {
    const solution = `${token}.${number}`;
    if (zeroBits(solution) >= difficulty) return solution;
  }
}

function zeroBits(text: string): number {
  const digest = createHash('sha256').update(text).digest();
  const first = digest.findIndex((byte) => byte !== 0);
  return first === -1 ? digest.length * 8 : first * 8 + Math.clz32(digest[first] ?? 0) - 24;
}

function isSame(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
