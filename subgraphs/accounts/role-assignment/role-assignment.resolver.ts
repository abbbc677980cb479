import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import {
  AssignRoleInput,
  AssignRolePayload,
  RevokeRoleInput,
  RevokeRolePayload,
} from '../membership/membership.graphql.js';
import { requireOneRole } from '../role/role.rules.js';
import { assignRole, revokeRole } from './role-assignment.operations.js';

/** Root fields of giving and taking roles. */
@Resolver()
export class RoleAssignmentResolver {
  @Mutation(() => AssignRolePayload, {
    description: 'Gives a person a role at a place, or changes what theirs adds and leaves out.',
  })
  async assignRole(
    @Ctx() context: Context,
    @Arg('input', () => AssignRoleInput, { description: 'Who gets what.' }) input: AssignRoleInput,
  ): Promise<object> {
    if (input.outletId && !input.brandId) throw new BadUserInput('Name the brand of the outlet too.', ['brandId']);
    return { membership: await assignRole(context, { ...input, ...requireOneRole(input) }) };
  }

  @Mutation(() => RevokeRolePayload, { description: 'Takes a role from a person.' })
  async revokeRole(
    @Ctx() context: Context,
    @Arg('input', () => RevokeRoleInput, { description: 'Which one.' }) input: RevokeRoleInput,
  ): Promise<object> {
    return { membershipId: await revokeRole(context, input) };
  }
}
