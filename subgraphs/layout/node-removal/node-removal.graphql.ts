import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { ServiceNode } from '../node/node.graphql.js';

/** What removeServiceNode needs. */
@InputType({ description: 'The place to take off its floor.' })
export class RemoveServiceNodeInput {
  @Field(() => ID, { description: 'Which place; nobody may be seated there.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the place is no longer at this version.' })
  expectedVersion?: number | null;
}

/** What removeServiceNode answers. */
@ObjectType({ description: 'What came of removeServiceNode.' })
export class RemoveServiceNodePayload extends Payload {
  @Field(() => ServiceNode, { nullable: true, description: 'The place, now removed; its flows are gone.' })
  serviceNode?: ServiceNode | null;
}
