import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import {
  AssignRoleInput,
  AssignRolePayload,
  Membership,
  RevokeRoleInput,
  RevokeRolePayload,
  Role,
} from '../role/role.graphql.js';
import { listRoles, loadVisibleMemberships } from '../role/role.queries.js';
import type { UserEntity } from './user.entity.js';
import {
  CreateUserInput,
  CreateUserPayload,
  RegisterInput,
  RegisterPayload,
  User,
  UserConnection,
  UserProfile,
} from './user.graphql.js';
import { assignRole, createUser, register, revokeRole } from './user.operations.js';
import { getUser, listUsers, loadProfiles } from './user.queries.js';

/** Root fields of people and their roles. */
@Resolver(() => User)
export class UserResolver {
  @Query(() => User, { description: 'The person who is asking.' })
  me(@Ctx() context: Context) {
    return getUser(context.em, context.viewer.id);
  }

  @Query(() => UserConnection, {
    description: 'People who hold a role where the viewer may see people, in the order they joined.',
  })
  users(
    @Ctx() context: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Arg('brandId', () => ID, { nullable: true, description: 'Only those of this brand.' }) brandId?: string,
  ) {
    return listUsers(context.em, context.viewer, { page, brandId });
  }

  @Query(() => [Role], { description: 'Every role and what it allows; at most nine.' })
  roles(@Ctx() context: Context) {
    return listRoles(context.em);
  }

  @FieldResolver(() => UserProfile, { nullable: true, description: 'What they tell about themselves.' })
  profile(@Root() user: UserEntity, @Ctx() context: Context) {
    return context.loader<string, object>('profile', (ids) => loadProfiles(context.em, ids)).load(user.id);
  }

  @FieldResolver(() => [Membership], { description: 'Roles they hold, where the viewer may see that; at most 100.' })
  async memberships(@Root() user: UserEntity, @Ctx() context: Context) {
    const load = (ids: readonly string[]) => loadVisibleMemberships(context.em, context.viewer, ids);
    return context.loader<string, object[]>('memberships', load).load(user.id);
  }

  @Mutation(() => RegisterPayload, { description: "Makes a guest's account with its profile." })
  async register(
    @Ctx() context: Context,
    @Arg('input', () => RegisterInput, { description: 'Who it is for.' }) input: RegisterInput,
  ): Promise<object> {
    return { user: await register(context, input) };
  }

  @Mutation(() => CreateUserPayload, { description: 'Makes an account for somebody else, with a role.' })
  async createUser(
    @Ctx() context: Context,
    @Arg('input', () => CreateUserInput, { description: 'Who it is for.' }) input: CreateUserInput,
  ): Promise<object> {
    return { user: await createUser(context, input) };
  }

  @Mutation(() => AssignRolePayload, { description: 'Gives a person a role at a place.' })
  async assignRole(
    @Ctx() context: Context,
    @Arg('input', () => AssignRoleInput, { description: 'Who gets what.' }) input: AssignRoleInput,
  ): Promise<object> {
    return { membership: await assignRole(context, input) };
  }

  @Mutation(() => RevokeRolePayload, { description: 'Takes a role from a person.' })
  async revokeRole(
    @Ctx() context: Context,
    @Arg('input', () => RevokeRoleInput, { description: 'Which one.' }) input: RevokeRoleInput,
  ): Promise<object> {
    return { membershipId: await revokeRole(context, input) };
  }
}
