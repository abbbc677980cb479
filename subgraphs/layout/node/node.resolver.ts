import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import type { FloorEntity } from '../floor/floor.entity.js';
import { Floor } from '../floor/floor.graphql.js';
import { floorLoader } from '../floor/floor.queries.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import type { ServiceNodeEntity } from './node.entity.js';
import {
  CreateServiceNodeInput,
  CreateServiceNodePayload,
  ServiceNode,
  ServiceNodeConnection,
  UpdateServiceNodeInput,
  UpdateServiceNodePayload,
} from './node.graphql.js';
import { createServiceNode, updateServiceNode } from './node.operations.js';
import { getNode, listNodes, nodesOfFloorLoader } from './node.queries.js';
import { ServiceNodeKind } from './node.rules.js';

/** Root fields of places, and a place's floor and outlet. */
@Resolver(() => ServiceNode)
export class ServiceNodeResolver {
  @Query(() => ServiceNode, { description: 'One place of an outlet the viewer works in, also when it was removed.' })
  serviceNode(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Which place.' }) id: string) {
    return getNode(context.em, context.viewer, id);
  }

  @Query(() => ServiceNodeConnection, { description: 'Places of an outlet the viewer works in, by label.' })
  serviceNodes(
    @Ctx() context: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
    @Args(() => PageArgs) { page }: PageArgs,
    @Arg('kind', () => ServiceNodeKind, { nullable: true, description: 'Only those of this kind.' })
    kind?: ServiceNodeKind | null,
  ) {
    return listNodes(context.em, context.viewer, { outletId, kind, page });
  }

  @FieldResolver(() => Floor, { nullable: true, description: 'The floor it stands on.' })
  floor(@Root() node: ServiceNodeEntity, @Ctx() context: Context) {
    return floorLoader(context).load(node.floorId);
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'The outlet it belongs to.' })
  outlet(@Root() node: ServiceNodeEntity): Outlet {
    return { id: node.outletId };
  }

  @Mutation(() => CreateServiceNodePayload, { description: 'Puts a place on a floor.' })
  async createServiceNode(
    @Ctx() context: Context,
    @Arg('input', () => CreateServiceNodeInput, { description: 'The place.' }) input: CreateServiceNodeInput,
  ): Promise<object> {
    return { serviceNode: await createServiceNode(context, input) };
  }

  @Mutation(() => UpdateServiceNodePayload, { description: 'Renames, moves or resizes a place.' })
  async updateServiceNode(
    @Ctx() context: Context,
    @Arg('input', () => UpdateServiceNodeInput, { description: 'What to change.' }) input: UpdateServiceNodeInput,
  ): Promise<object> {
    return { serviceNode: await updateServiceNode(context, input) };
  }
}

/** A floor's places. */
@Resolver(() => Floor)
export class FloorNodesResolver {
  @FieldResolver(() => [ServiceNode], { description: 'The places on it that were not removed, by label; at most 500.' })
  nodes(@Root() floor: FloorEntity, @Ctx() context: Context) {
    return nodesOfFloorLoader(context).load(floor.id);
  }
}
