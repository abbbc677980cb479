import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { toMoney } from '../../../platform/graphql/shared-types.js';
import { BrandSettings } from './brand-settings.graphql.js';
import type { BrandEntity } from './brand.entity.js';
import { Brand, BrandConnection, CreateBrandInput, CreateBrandPayload } from './brand.graphql.js';
import { createBrand } from './brand.operations.js';
import { getBrand, listBrands } from './brand.queries.js';
import { settingsOf, type TierThreshold } from './brand.rules.js';

/** Root fields of brands. */
@Resolver(() => Brand)
export class BrandResolver {
  @Query(() => Brand, { description: 'One brand the viewer works for.' })
  brand(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Which brand.' }) id: string) {
    return getBrand(context.em, context.viewer, id);
  }

  @Query(() => BrandConnection, { description: 'Brands the viewer works for, by name.' })
  brands(@Ctx() context: Context, @Args(() => PageArgs) { page }: PageArgs) {
    return listBrands(context.em, context.viewer, page);
  }

  @FieldResolver(() => BrandSettings, { description: 'How it works.' })
  settings(@Root() brand: BrandEntity): object {
    const { regularTier, vipTier, ...settings } = settingsOf(brand);
    const { loyaltyCurrency: currency } = settings;
    const told = ({ orders, spentMinor: amountMinor }: TierThreshold) => ({
      orders,
      spent: toMoney({ amountMinor, currency }),
    });
    return { ...settings, regularTier: told(regularTier), vipTier: told(vipTier) };
  }

  @Mutation(() => CreateBrandPayload, { description: 'Makes a tenant. For administrators of the whole installation.' })
  async createBrand(
    @Ctx() context: Context,
    @Arg('input', () => CreateBrandInput, { description: 'The brand to make.' }) input: CreateBrandInput,
  ): Promise<object> {
    return { brand: await createBrand(context, input) };
  }
}
