import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { anonymous } from '../../../platform/domain/viewer.js';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import type { MembershipEntity } from '../membership/membership.entity.js';
import { Membership } from '../membership/membership.graphql.js';
import { loadVisibleMemberships } from '../membership/membership.queries.js';
import type { UserEntity } from './user.entity.js';
import { User, UserProfile } from './user.graphql.js';
import { isProvenOwn, madeAccount } from './user.policy.js';
import { loadProfiles } from './user.queries.js';
import { emailOf } from './user.vault.js';

const rolesOfNoStaff = ['CUSTOMER', 'INTEGRATOR'];

/** What is shown of a person besides the columns of their account. */
@Resolver(() => User)
export class UserFieldsResolver {
  @FieldResolver(() => EmailAddress, { description: 'Address they sign in with.' })
  email(@Root() user: UserEntity, @Ctx() { vault }: Context): string {
    return emailOf(vault, user);
  }

  @FieldResolver(() => UserProfile, { nullable: true, description: 'What they tell about themselves.' })
  profile(@Root() user: UserEntity, @Ctx() context: Context) {
    const { em, vault, loader } = context;
    const made = madeAccount(context, user.id);
    if (made) return made.profile;
    return loader<string, object>('profile', (ids) => loadProfiles(em, vault, ids)).load(user.id);
  }

  @FieldResolver(() => [Membership], { description: 'Roles they hold, where the viewer may see that; at most 100.' })
  memberships(@Root() user: UserEntity, @Ctx() context: Context): Promise<readonly MembershipEntity[]> {
    return membershipsOf(user, context);
  }

  @FieldResolver(() => Boolean, { description: 'Whether they administer a place the viewer may see.' })
  async isAdmin(@Root() user: UserEntity, @Ctx() context: Context): Promise<boolean> {
    return (await membershipsOf(user, context)).some(({ roleId }) => roleId === 'ADMIN');
  }

  @FieldResolver(() => Boolean, { description: 'Whether they work in a place the viewer may see.' })
  async isStaff(@Root() user: UserEntity, @Ctx() context: Context): Promise<boolean> {
    return (await membershipsOf(user, context)).some(({ roleId }) => !rolesOfNoStaff.includes(roleId));
  }
}

async function membershipsOf(user: UserEntity, context: Context): Promise<readonly MembershipEntity[]> {
  const { em, viewer, loader } = context;
  // Who signs in is still nobody when the request begins; they see themselves as they will once they have.
  const made = madeAccount(context, user.id);
  if (made) return made.memberships;
  if (isProvenOwn(context, user.id)) {
    const [own = []] = await loadVisibleMemberships(em, { ...anonymous, id: user.id }, [user.id]);
    return own;
  }
  const load = (ids: readonly string[]) => loadVisibleMemberships(em, viewer, ids);
  return (await loader<string, readonly MembershipEntity[]>('memberships', load).load(user.id)) ?? [];
}
