import type { SqlEntityManager } from '@mikro-orm/sql';
import { GoogleIdentityEntity } from './google.entity.js';

/** Whose account at Google it is, or which one somebody has, or null; for signing in only. */
export function findGoogleIdentity(
  em: SqlEntityManager,
  which: { subjectKey: string } | { userId: string },
): Promise<GoogleIdentityEntity | null> {
  return em.findOne(GoogleIdentityEntity, which);
}
