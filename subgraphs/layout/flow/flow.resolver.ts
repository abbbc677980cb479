import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import type { FloorEntity } from '../floor/floor.entity.js';
import { Floor } from '../floor/floor.graphql.js';
import { ServiceNode } from '../node/node.graphql.js';
import { nodeLoader } from '../node/node.queries.js';
import type { ServiceFlowEntity } from './flow.entity.js';
import {
  ConnectNodesInput,
  ConnectNodesPayload,
  DisconnectNodesInput,
  DisconnectNodesPayload,
  ServiceFlow,
  ServiceFlowConnection,
} from './flow.graphql.js';
import { connectNodes, disconnectNodes } from './flow.operations.js';
import { flowsOfFloorLoader, listFlows } from './flow.queries.js';

/** Root fields of flows, and a flow's two ends. */
@Resolver(() => ServiceFlow)
export class ServiceFlowResolver {
  @Query(() => ServiceFlowConnection, { description: 'Flows of an outlet the viewer works in, oldest first.' })
  serviceFlows(
    @Ctx() context: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
    @Args(() => PageArgs) { page }: PageArgs,
  ) {
    return listFlows(context.em, context.viewer, { outletId, page });
  }

  @FieldResolver(() => ServiceNode, { nullable: true, description: 'The place it begins at.' })
  from(@Root() flow: ServiceFlowEntity, @Ctx() context: Context) {
    return nodeLoader(context).load(flow.fromNodeId);
  }

  @FieldResolver(() => ServiceNode, { nullable: true, description: 'The place it ends at.' })
  to(@Root() flow: ServiceFlowEntity, @Ctx() context: Context) {
    return nodeLoader(context).load(flow.toNodeId);
  }

  @Mutation(() => ConnectNodesPayload, { description: 'Connects two places of one outlet.' })
  async connectNodes(
    @Ctx() context: Context,
    @Arg('input', () => ConnectNodesInput, { description: 'The edge to add.' }) input: ConnectNodesInput,
  ): Promise<object> {
    return { flow: await connectNodes(context, input) };
  }

  @Mutation(() => DisconnectNodesPayload, { description: 'Deletes an edge between two places.' })
  async disconnectNodes(
    @Ctx() context: Context,
    @Arg('input', () => DisconnectNodesInput, { description: 'The edge to delete.' }) input: DisconnectNodesInput,
  ): Promise<object> {
    return { flow: await disconnectNodes(context, input) };
  }
}

/** A floor's flows. */
@Resolver(() => Floor)
export class FloorFlowsResolver {
  @FieldResolver(() => [ServiceFlow], { description: 'The flows that begin on it, oldest first; at most 2,000.' })
  flows(@Root() floor: FloorEntity, @Ctx() context: Context) {
    return flowsOfFloorLoader(context).load(floor.id);
  }
}
