import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import {
  ApiClient,
  ApiClientConnection,
  CreateApiClientInput,
  CreateApiClientPayload,
  RevokeApiClientInput,
  RevokeApiClientPayload,
} from './api-client.graphql.js';
import { createApiClient, revokeApiClient } from './api-client.operations.js';
import { listApiClients } from './api-client.queries.js';

/** Root fields of API clients. */
@Resolver(() => ApiClient)
export class ApiClientResolver {
  @Query(() => ApiClientConnection, { description: 'API clients the viewer manages, by when they were made.' })
  apiClients(@Ctx() context: Context, @Args(() => PageArgs) { page }: PageArgs) {
    return listApiClients(context.em, context.viewer, page);
  }

  @Mutation(() => CreateApiClientPayload, { description: 'Makes an API client and its key, which is shown this once.' })
  createApiClient(
    @Ctx() context: Context,
    @Arg('input', () => CreateApiClientInput, { description: 'The client to make.' }) input: CreateApiClientInput,
  ): Promise<object> {
    return createApiClient(context, input);
  }

  @Mutation(() => RevokeApiClientPayload, { description: 'Ends an API client at once.' })
  async revokeApiClient(
    @Ctx() context: Context,
    @Arg('input', () => RevokeApiClientInput, { description: 'The client to end.' }) input: RevokeApiClientInput,
  ): Promise<object> {
    return { apiClient: await revokeApiClient(context, input) };
  }
}
