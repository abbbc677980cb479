import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';

/** A third party's program as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A program of a third party that may run the documents it was given. Readable by those who manage it.',
})
export class ApiClient {
  @Field(() => ID, { description: 'Identifier, such as "api_01J…".' })
  id!: string;

  @Field(() => String, { description: 'What it is called; at most 120 characters.' })
  name!: string;

  @Field(() => [String], { description: 'Ids of the registered documents it may run.' })
  documentIds!: readonly string[];

  @Field(() => Boolean, { description: 'Whether its key is good.' })
  isActive!: boolean;
}

export const ApiClientConnection = connectionOf('ApiClient', () => ApiClient);

/** What createApiClient needs. */
@InputType({ description: 'The program, where it works and what it may run.' })
export class CreateApiClientInput {
  @Field(() => ID, { description: 'Brand whose data it reads.' })
  brandId!: string;

  @Field(() => ID, { nullable: true, description: 'Only this outlet; every outlet of the brand if absent.' })
  outletId?: string | null;

  @Field(() => String, { description: 'What it is called; at most 120 characters.' })
  name!: string;

  @Field(() => [String], { description: 'Ids of registered documents, such as "sha256:…".' })
  documentIds!: string[];
}

/** What createApiClient answers. */
@ObjectType({ description: 'What came of createApiClient.' })
export class CreateApiClientPayload extends Payload {
  @Field(() => ApiClient, { nullable: true, description: 'The new client.' })
  apiClient?: ApiClient | null;

  @Field(() => String, { nullable: true, description: 'Its key, shown this once: send it as "X-API-Key".' })
  apiKey?: string | null;
}

/** What revokeApiClient needs. */
@InputType({ description: 'The client to end.' })
export class RevokeApiClientInput {
  @Field(() => ID, { description: 'Which client.' })
  id!: string;
}

/** What revokeApiClient answers. */
@ObjectType({ description: 'What came of revokeApiClient.' })
export class RevokeApiClientPayload extends Payload {
  @Field(() => ApiClient, { nullable: true, description: 'The client as it is now.' })
  apiClient?: ApiClient | null;
}
