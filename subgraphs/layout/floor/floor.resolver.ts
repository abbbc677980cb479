import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import type { FloorEntity } from './floor.entity.js';
import {
  CreateFloorInput,
  CreateFloorPayload,
  Floor,
  FloorConnection,
  UpdateFloorInput,
  UpdateFloorPayload,
} from './floor.graphql.js';
import { createFloor, updateFloor } from './floor.operations.js';
import { getFloor, listFloors } from './floor.queries.js';

/** Root fields of floors, and a floor's outlet. */
@Resolver(() => Floor)
export class FloorResolver {
  @Query(() => Floor, { description: 'One floor of an outlet the viewer works in.' })
  floor(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Which floor.' }) id: string) {
    return getFloor(context.em, context.viewer, id);
  }

  @Query(() => FloorConnection, { description: 'Floors of an outlet the viewer works in, by their position.' })
  floors(
    @Ctx() context: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
    @Args(() => PageArgs) { page }: PageArgs,
  ) {
    return listFloors(context.em, context.viewer, { outletId, page });
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'The outlet it belongs to.' })
  outlet(@Root() floor: FloorEntity): Outlet {
    return { id: floor.outletId };
  }

  @Mutation(() => CreateFloorPayload, { description: 'Adds an empty floor to an outlet.' })
  async createFloor(
    @Ctx() context: Context,
    @Arg('input', () => CreateFloorInput, { description: 'The floor to add.' }) input: CreateFloorInput,
  ): Promise<object> {
    return { floor: await createFloor(context, input) };
  }

  @Mutation(() => UpdateFloorPayload, { description: "Changes a floor's name or its position." })
  async updateFloor(
    @Ctx() context: Context,
    @Arg('input', () => UpdateFloorInput, { description: 'What to change.' }) input: UpdateFloorInput,
  ): Promise<object> {
    return { floor: await updateFloor(context, input) };
  }
}
