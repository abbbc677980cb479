import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import {
  ChangePasswordInput,
  ChangePasswordPayload,
  ConfirmPasswordResetInput,
  ConfirmPasswordResetPayload,
  RequestPasswordResetInput,
  RequestPasswordResetPayload,
} from './password.graphql.js';
import { changePassword, confirmPasswordReset, requestPasswordReset } from './password.operations.js';

/** Passwords that are forgotten, and those that are to be others. */
@Resolver()
export class PasswordResolver {
  @Mutation(() => RequestPasswordResetPayload, {
    description: 'Mails a link to a new password; answers alike whether anybody has the address.',
  })
  async requestPasswordReset(
    @Ctx() context: Context,
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose it is.' }) input: RequestPasswordResetInput,
  ): Promise<object> {
    await requestPasswordReset(context, input);
    return { isRequested: true };
  }

  @Mutation(() => ConfirmPasswordResetPayload, {
    description: 'Sets a new password by the token of a mailed link, and ends all sessions of the person.',
  })
  async confirmPasswordReset(
    @Ctx() context: Context,
    @Arg('input', () => ConfirmPasswordResetInput, { description: 'The proof, and the new password.' })
    input: ConfirmPasswordResetInput,
  ): Promise<object> {
    await confirmPasswordReset(context, input);
    return { isPasswordChanged: true };
  }

  @Mutation(() => ChangePasswordPayload, {
    description: 'Changes the password of the person who is asking, and ends their other sessions.',
  })
  async changePassword(
    @Ctx() context: Context,
    @Arg('input', () => ChangePasswordInput, { description: 'The current password, and the new one.' })
    input: ChangePasswordInput,
  ): Promise<object> {
    await changePassword(context, input);
    return { isPasswordChanged: true };
  }
}
