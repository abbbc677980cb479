import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import type { SessionEntity } from './session.entity.js';
import {
  LogoutInput,
  LogoutPayload,
  RefreshTokenInput,
  RefreshTokenPayload,
  RevokeSessionsInput,
  RevokeSessionsPayload,
  Session,
  SessionConnection,
} from './session.graphql.js';
import { logout, refreshToken, revokeSessions } from './session.operations.js';
import { listOwnSessions } from './session.queries.js';

/** Staying signed in, and signing out. */
@Resolver(() => Session)
export class SessionResolver {
  @Query(() => SessionConnection, { description: 'Where the person who is asking is signed in, newest first.' })
  mySessions(@Ctx() { em, viewer, clock }: Context, @Args(() => PageArgs) { page }: PageArgs) {
    return listOwnSessions(em, viewer, { page, now: clock.now() });
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is the one that asks.' })
  isCurrent(@Root() session: SessionEntity, @Ctx() { viewer }: Context): boolean {
    return session.id === viewer.sessionId;
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

  @Mutation(() => RevokeSessionsPayload, {
    description: 'Ends sessions of the person who is asking, and with them their access tokens.',
  })
  async revokeSessions(
    @Ctx() context: Context,
    @Arg('input', () => RevokeSessionsInput, { description: 'Which ones.' }) input: RevokeSessionsInput,
  ): Promise<object> {
    return { revokedCount: await revokeSessions(context, input) };
  }
}
