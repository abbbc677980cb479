import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import {
  LoginInput,
  LoginPayload,
  LogoutInput,
  LogoutPayload,
  RefreshTokenInput,
  RefreshTokenPayload,
} from './session.graphql.js';
import { login, logout, refreshToken } from './session.operations.js';

/** Signing in and out. */
@Resolver()
export class SessionResolver {
  @Mutation(() => LoginPayload, { description: 'Signs in by e-mail address or user name.' })
  login(
    @Ctx() context: Context,
    @Arg('input', () => LoginInput, { description: 'Who signs in.' }) input: LoginInput,
  ): Promise<object> {
    return login(context, input);
  }

  @Mutation(() => RefreshTokenPayload, {
    description: 'Exchanges a refresh token for the next pair; a token used twice ends the session.',
  })
  refreshToken(
    @Ctx() context: Context,
    @Arg('input', () => RefreshTokenInput, { description: 'The token to exchange.' }) input: RefreshTokenInput,
  ): Promise<object> {
    return refreshToken(context, input);
  }

  @Mutation(() => LogoutPayload, { description: 'Ends the session of a refresh token, and with it its access tokens.' })
  async logout(
    @Ctx() context: Context,
    @Arg('input', () => LogoutInput, { description: 'The session to end.' }) input: LogoutInput,
  ): Promise<object> {
    await logout(context, input);
    return { isSignedOut: true };
  }
}
