import { hash, verify } from '@node-rs/argon2';
import { createBoundedWork } from '../../../platform/crypto/bounded-work.js';

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The work happens on the thread pool; 2 is the library's number for argon2id.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// As many as the pool has threads, so that a flood takes 76 MiB and not all there is; who waits longer than some seconds has gone.
const bounded = createBoundedWork({ atOnce: 4, waiting: 100 });

// Made before anybody asks: the first unknown name must not cost more than the others.
const dummyHash = hash('nobody has this password', cost);
let worked = 0;

/** How many passwords this process was asked to hash or to compare: what a flood of guesses has cost. */
export function passwordsWorkedOn(): number {
  return worked;
}

/** The argon2id text of a password; throws RateLimited while too many are being worked on. */
export function hashPassword(password: string): Promise<string> {
  worked += 1;
  return bounded(() => hash(password, cost));
}

/** Whether the password is the one behind the hash; without a hash it does the same work and answers no. Throws RateLimited as hashPassword does. */
export async function matchesPassword(password: string, passwordHash: string | null): Promise<boolean> {
  worked += 1;
  const known = passwordHash ?? (await dummyHash);
  const isMatch = await bounded(() => verify(known, password));
  return isMatch && passwordHash !== null;
}
