import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { UpdateBrandInput, UpdateBrandPayload } from '../brand/brand.graphql.js';
import { updateBrand } from './brand-change.operations.js';

/** Changes of a brand, which its outlets follow. */
@Resolver()
export class BrandChangeResolver {
  @Mutation(() => UpdateBrandPayload, { description: 'Changes a brand; off, it stops all of its outlets at once.' })
  async updateBrand(
    @Ctx() context: Context,
    @Arg('input', () => UpdateBrandInput, { description: 'What to change.' }) input: UpdateBrandInput,
  ): Promise<object> {
    return { brand: await updateBrand(context, input) };
  }
}
