import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { register } from './registration.operations.js';
import { listUsers } from './user-list.queries.js';
import {
  CreateUserInput,
  CreateUserPayload,
  RegisterInput,
  RegisterPayload,
  User,
  UserConnection,
  UserFilter,
} from './user.graphql.js';
import { createUser } from './user.operations.js';
import { getUser, getVisibleUser } from './user.queries.js';

/** Root fields of people. */
@Resolver()
export class UserResolver {
  @Query(() => User, { description: 'The person who is asking.' })
  me(@Ctx() context: Context) {
    return getUser(context.em, context.viewer.id);
  }

  @Query(() => User, { description: 'One person the viewer may see.' })
  user(@Ctx() context: Context, @Arg('id', () => ID, { description: 'The person.' }) id: string) {
    return getVisibleUser(context.em, context.viewer, id);
  }

  @Query(() => UserConnection, {
    description: 'People who hold a role where the viewer may see people, in the order they joined.',
  })
  users(
    @Ctx() context: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Arg('brandId', () => ID, { nullable: true, description: 'Only those of this brand; `filter` has it too.' })
    brandId?: string | null,
    @Arg('filter', () => UserFilter, { nullable: true, description: 'Only some of them.' }) filter?: UserFilter | null,
  ) {
    const brandIds = [brandId, filter?.brandId].flatMap((id) => id ?? []);
    return listUsers(context.em, context, { ...filter, brandIds, page });
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
}
