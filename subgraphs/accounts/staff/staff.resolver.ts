import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import type { UserEntity } from '../user/user.entity.js';
import { User } from '../user/user.graphql.js';
import {
  SaveStaffProfileInput,
  SaveStaffProfilePayload,
  StaffProfile,
  StaffProfileConnection,
} from './staff.graphql.js';
import { saveStaffProfile } from './staff.operations.js';
import { getStaffProfile, listStaff, loadStaffProfiles } from './staff.queries.js';

/** Root fields of staff, and the way from a person to their profile. */
@Resolver(() => User)
export class StaffResolver {
  @Query(() => StaffProfile, { description: "The staff profile of a person: one's own, or where one may see people." })
  staffMember(@Ctx() { em, viewer }: Context, @Arg('userId', () => ID, { description: 'The person.' }) userId: string) {
    return getStaffProfile(em, viewer, userId);
  }

  @Query(() => StaffProfileConnection, {
    description: 'Staff profiles where the viewer may see people, in the order they were made.',
  })
  staffMembers(
    @Ctx() { em, viewer }: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Arg('brandId', () => ID, { nullable: true, description: 'Only those of this brand.' }) brandId?: string | null,
    @Arg('outletId', () => ID, { nullable: true, description: 'Only those assigned to this outlet.' })
    outletId?: string | null,
  ) {
    return listStaff(em, viewer, { page, brandId, outletId });
  }

  @FieldResolver(() => StaffProfile, { nullable: true, description: 'What is kept about their work, where visible.' })
  staffProfile(@Root() user: UserEntity, @Ctx() { em, viewer, loader }: Context) {
    return loader<string, object>('staff-profile', (ids) => loadStaffProfiles(em, viewer, ids)).load(user.id);
  }

  @Mutation(() => SaveStaffProfilePayload, { description: 'Makes or changes the one staff profile of a person.' })
  async saveStaffProfile(
    @Ctx() context: Context,
    @Arg('input', () => SaveStaffProfileInput, { description: 'What is to be kept.' }) input: SaveStaffProfileInput,
  ): Promise<object> {
    return { staffProfile: await saveStaffProfile(context, input) };
  }
}
