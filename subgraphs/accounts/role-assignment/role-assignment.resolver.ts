import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import {
  AssignRoleInput,
  AssignRolePayload,
  RevokeRoleInput,
  RevokeRolePayload,
} from '../membership/membership.graphql.js';
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
    return { membership: await assignRole(context, { ...input, roleId: requireOneRole(input) }) };
  }

  @Mutation(() => RevokeRolePayload, { description: 'Takes a role from a person.' })
  async revokeRole(
    @Ctx() context: Context,
    @Arg('input', () => RevokeRoleInput, { description: 'Which one.' }) input: RevokeRoleInput,
  ): Promise<object> {
    return { membershipId: await revokeRole(context, input) };
  }
}

function requireOneRole({ role, roleId, brandId, outletId }: AssignRoleInput): string {
  if (outletId && !brandId) throw new BadUserInput('Name the brand of the outlet too.', ['brandId']);
  const [only, ...others] = [role, roleId].flatMap((id) => id ?? []);
  if (only === undefined || others.length > 0) throw new BadUserInput('Name one role.', ['role']);
  return only;
}
