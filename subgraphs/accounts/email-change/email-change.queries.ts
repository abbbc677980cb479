import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import type { UserEntity } from '../user/user.entity.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { isWishOf } from './email-change.rules.js';

/** The address somebody wants, or null; for themselves and the product. */
export async function findEmailChange(
  context: Pick<Context, 'vault' | 'clock'>,
  em: SqlEntityManager,
  user: UserEntity,
): Promise<EmailChangeEntity | null> {
  const change = await em.findOne(EmailChangeEntity, { userId: user.id }, { disableIdentityMap: true });
  return change && isWishOf(context, user, change) ? change : null;
}

/** What people asked for last, in the order of their ids, whether they still want it or not; for themselves only. */
export async function loadEmailChanges(
  em: SqlEntityManager,
  userIds: readonly string[],
): Promise<(EmailChangeEntity | null)[]> {
  const changes = await em.find(EmailChangeEntity, { userId: { $in: [...userIds] } });
  return inOrderOf(userIds, changes, ({ userId }) => userId);
}
