import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import {
  RequestEmailVerificationInput,
  RequestEmailVerificationPayload,
  VerifyEmailInput,
  VerifyEmailPayload,
} from './email-verification.graphql.js';
import { requestEmailVerification, verifyEmail } from './email-verification.operations.js';

/** Showing that an address is one's own. */
@Resolver()
export class EmailVerificationResolver {
  @Mutation(() => RequestEmailVerificationPayload, {
    description: 'Mails a link and a code to the address of the person who is asking.',
  })
  async requestEmailVerification(
    @Ctx() context: Context,
    @Arg('input', () => RequestEmailVerificationInput, { description: 'Which address.' })
    input: RequestEmailVerificationInput,
  ): Promise<object> {
    await requestEmailVerification(context, input);
    return { isRequested: true };
  }

  @Mutation(() => VerifyEmailPayload, { description: 'Notes that an address is its person’s, by what was mailed.' })
  async verifyEmail(
    @Ctx() context: Context,
    @Arg('input', () => VerifyEmailInput, { description: 'What was mailed.' }) input: VerifyEmailInput,
  ): Promise<object> {
    await verifyEmail(context, input);
    return { isEmailVerified: true };
  }
}
