import type { SqlEntityManager } from '@mikro-orm/sql';
import { inOrderOf } from '../../../platform/data/rows.js';
import { EmailChangeEntity } from './email-change.entity.js';

/** The address somebody wants, or null; for themselves and the product. */
export function findEmailChange(em: SqlEntityManager, userId: string): Promise<EmailChangeEntity | null> {
  return em.findOne(EmailChangeEntity, { userId });
}

/** The addresses people want, in the order of their ids; for themselves only. */
export async function loadEmailChanges(
  em: SqlEntityManager,
  userIds: readonly string[],
): Promise<(EmailChangeEntity | null)[]> {
  const changes = await em.find(EmailChangeEntity, { userId: { $in: [...userIds] } });
  return inOrderOf(userIds, changes, ({ userId }) => userId);
}
