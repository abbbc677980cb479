import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { ServiceFlowKind } from './flow.rules.js';

registerEnumType(ServiceFlowKind, {
  name: 'ServiceFlowKind',
  description: 'What moves along an edge between two places.',
  valuesConfig: {
    GUEST: { description: 'Guests walk.' },
    ORDER: { description: 'Orders are handed on.' },
    FOOD: { description: 'Dishes and drinks are carried to the guests.' },
    DISH_RETURN: { description: 'Used dishes are carried back.' },
  },
});

/** A directed edge between two places as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A directed edge between two places of one outlet. Readable by the staff of the outlet.' })
export class ServiceFlow {
  @Field(() => ID, { description: 'Identifier, such as "flw_01J…".' })
  id!: string;

  @Field(() => ServiceFlowKind, { description: 'What moves along it.' })
  kind!: ServiceFlowKind;
}

export const ServiceFlowConnection = connectionOf('ServiceFlow', () => ServiceFlow);

/** What connectNodes needs. */
@InputType({ description: 'The edge to add.' })
export class ConnectNodesInput {
  @Field(() => ID, { description: 'Place it begins at.' })
  fromNodeId!: string;

  @Field(() => ID, { description: 'Place it ends at: another one of the same outlet.' })
  toNodeId!: string;

  @Field(() => ServiceFlowKind, { description: 'What moves along it; two places are connected once in each way.' })
  kind!: ServiceFlowKind;
}

/** What connectNodes answers. */
@ObjectType({ description: 'What came of connectNodes.' })
export class ConnectNodesPayload extends Payload {
  @Field(() => ServiceFlow, { nullable: true, description: 'The new edge.' })
  flow?: ServiceFlow | null;
}

/** What disconnectNodes needs. */
@InputType({ description: 'The edge to delete.' })
export class DisconnectNodesInput {
  @Field(() => ID, { description: 'Which edge.' })
  flowId!: string;
}

/** What disconnectNodes answers. */
@ObjectType({ description: 'What came of disconnectNodes.' })
export class DisconnectNodesPayload extends Payload {
  @Field(() => ServiceFlow, { nullable: true, description: 'The edge as it was.' })
  flow?: ServiceFlow | null;
}
