import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import {
  DeactivateUserInput,
  DeactivateUserPayload,
  UpdateUserInput,
  UpdateUserPayload,
} from './administration.graphql.js';
import { deactivateUser, updateUser } from './administration.operations.js';

/** What administrators do to accounts of others. */
@Resolver()
export class AdministrationResolver {
  @Mutation(() => UpdateUserPayload, {
    description: "Changes somebody else's account; not one's own, nor that of somebody who holds what one does not.",
  })
  async updateUser(
    @Ctx() context: Context,
    @Arg('input', () => UpdateUserInput, { description: 'What changes.' }) input: UpdateUserInput,
  ): Promise<object> {
    return { user: await updateUser(context, input) };
  }

  @Mutation(() => DeactivateUserPayload, {
    description: 'Puts an account out of use and ends its sessions at once; `updateUser` puts it back.',
  })
  async deactivateUser(
    @Ctx() context: Context,
    @Arg('input', () => DeactivateUserInput, { description: 'Whose account.' }) input: DeactivateUserInput,
  ): Promise<object> {
    return { user: await deactivateUser(context, input) };
  }
}
