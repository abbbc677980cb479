import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import { Authentication } from './authentication.graphql.js';
import { authenticateApiKey, authenticateSession } from './authentication.queries.js';

/** What the gateway asks, and the one field that everybody may. */
@Resolver()
export class AuthenticationResolver {
  @Query(() => String, { description: '"ok" while the graph answers.' })
  health(): string {
    return 'ok';
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
