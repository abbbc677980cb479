import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { Brand } from '../brand/brand.graphql.js';
import { loadBrands } from '../brand/brand.queries.js';
import type { OutletEntity } from './outlet.entity.js';
import {
  CreateOutletInput,
  CreateOutletPayload,
  Outlet,
  OutletConnection,
  UpdateOutletInput,
  UpdateOutletPayload,
} from './outlet.graphql.js';
import { createOutlet, updateOutlet } from './outlet.operations.js';
import { getOutlet, listOutlets } from './outlet.queries.js';

/** Root fields of outlets, and the outlet's brand. */
@Resolver(() => Outlet)
export class OutletResolver {
  @Query(() => Outlet, { description: 'One outlet the viewer works in.' })
  outlet(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Which outlet.' }) id: string) {
    return getOutlet(context.em, context.viewer, id);
  }

  @Query(() => OutletConnection, { description: 'Outlets the viewer works in, by name.' })
  outlets(
    @Ctx() context: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Arg('brandId', () => ID, { nullable: true, description: 'Only those of this brand.' }) brandId?: string,
  ) {
    return listOutlets(context.em, context.viewer, { page, brandId });
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'The brand it belongs to.' })
  brand(@Root() outlet: OutletEntity, @Ctx() context: Context) {
    return context
      .loader<string, object>('brand', (ids) => loadBrands(context.em, context.viewer, ids))
      .load(outlet.brandId);
  }

  @Mutation(() => CreateOutletPayload, { description: 'Opens an outlet in a brand.' })
  async createOutlet(
    @Ctx() context: Context,
    @Arg('input', () => CreateOutletInput, { description: 'The outlet to open.' }) input: CreateOutletInput,
  ): Promise<object> {
    return { outlet: await createOutlet(context, input) };
  }

  @Mutation(() => UpdateOutletPayload, {
    description: 'Changes an outlet: all but its currency, which its orders are kept in.',
  })
  async updateOutlet(
    @Ctx() context: Context,
    @Arg('input', () => UpdateOutletInput, { description: 'What to change.' }) input: UpdateOutletInput,
  ): Promise<object> {
    return { outlet: await updateOutlet(context, input) };
  }
}
