import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import type { EmailChangeEntity } from '../email-change/email-change.entity.js';
import { loadEmailChanges } from '../email-change/email-change.queries.js';
import { isWishOf } from '../email-change/email-change.rules.js';
import { wantedOf } from '../email-change/email-change.vault.js';
import type { UserEntity } from '../user/user.entity.js';
import { User } from '../user/user.graphql.js';
import { UpdateMeInput, UpdateMePayload } from './own-profile.graphql.js';
import { updateMe } from './own-profile.operations.js';

/** What people tell about themselves. */
@Resolver(() => User)
export class OwnProfileResolver {
  @FieldResolver(() => EmailAddress, {
    nullable: true,
    description: 'Address they want to sign in with, until they have shown that it is theirs; told to nobody else.',
  })
  async pendingEmail(@Root() user: UserEntity, @Ctx() context: Context): Promise<string | null> {
    const { viewer, em, vault, loader } = context;
    if (viewer.id !== user.id) return null;
    const load = (ids: readonly string[]) => loadEmailChanges(em, ids);
    const change = await loader<string, EmailChangeEntity>('email-change', load).load(user.id);
    return change && isWishOf(context, user, change) ? wantedOf(vault, change) : null;
  }

  @Mutation(() => UpdateMePayload, {
    description:
      'Changes what one tells about oneself, never what one may do. A new address counts once verifyEmail has been given what is mailed to it.',
  })
  async updateMe(
    @Ctx() context: Context,
    @Arg('input', () => UpdateMeInput, { description: 'What changes.' }) input: UpdateMeInput,
  ): Promise<object> {
    return { user: await updateMe(context, input) };
  }
}
