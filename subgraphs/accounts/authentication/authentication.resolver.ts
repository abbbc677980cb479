import { Arg, Ctx, Directive, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import { orChallenge } from '../abuse/challenge.operations.js';
import { Authentication, LoginInput, LoginPayload, TokenVerification } from './authentication.graphql.js';
import { login } from './authentication.operations.js';
import { authenticateApiKey, authenticateSession, verifyToken } from './authentication.queries.js';

/** Signing in, and what the gateway asks. */
@Resolver()
export class AuthenticationResolver {
  @Query(() => String, { description: '"ok" while the graph answers.' })
  health(): string {
    return 'ok';
  }

  @Query(() => TokenVerification, { description: 'Whether an access token is good at this moment.' })
  verifyToken(
    @Ctx() context: Context,
    @Arg('token', () => String, { description: 'The access token.' }) token: string,
  ): Promise<object> {
    return verifyToken(context, token);
  }

  @Mutation(() => LoginPayload, { description: 'Signs in by e-mail address or user name.' })
  login(
    @Ctx() context: Context,
    @Arg('input', () => LoginInput, { description: 'Who signs in.' }) input: LoginInput,
  ): Promise<object> {
    return orChallenge(login(context, input));
  }

  @Directive('@inaccessible')
  @Query(() => Authentication, { description: 'Who a credential stands for. For the gateway only.' })
  authenticate(
    @Ctx() context: Context,
    @Arg('sessionId', () => ID, { nullable: true, description: 'A session named by a checked access token.' })
    sessionId?: string,
    @Arg('apiKey', () => String, { nullable: true, description: 'The key of an API client.' }) apiKey?: string,
  ) {
    if (sessionId) return authenticateSession(context.em, sessionId, context.clock.now());
    if (apiKey) return authenticateApiKey(context.em, apiKey);
    throw new BadUserInput('Give a session or a key.', ['sessionId']);
  }
}
