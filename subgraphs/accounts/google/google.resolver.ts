import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { LoginWithGoogleInput, LoginWithGooglePayload } from './google.graphql.js';
import { loginWithGoogle } from './google.operations.js';

/** Signing in with Google. */
@Resolver()
export class GoogleResolver {
  @Mutation(() => LoginWithGooglePayload, {
    description: 'Signs in with an account at Google; who has no account here gets one, without a password.',
  })
  loginWithGoogle(
    @Ctx() context: Context,
    @Arg('input', () => LoginWithGoogleInput, { description: 'What Google gave the app.' })
    input: LoginWithGoogleInput,
  ): Promise<object> {
    return loginWithGoogle(context, input);
  }
}
