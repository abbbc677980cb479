import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import type { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import { getAnyOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import { createMenuCategory } from './menu-category.operations.js';
import { findMenuCategories, listMenuCategories } from './menu-category.queries.js';
import { categoryItemsKey } from './menu-item.queries.js';
import { CreateMenuCategoryInput, CreateMenuCategoryPayload } from './menu-inputs.graphql.js';
import { Menu, MenuCategory, MenuCategoryConnection, MenuItem } from './menu.graphql.js';
import { categoryItemsLoader } from './menu.loaders.js';

/** A category as a part of one outlet's menu, or of the brand's where no outlet is meant. */
interface ShownCategory {
  readonly id: string;
  readonly shownAtOutletId?: string;
}

/** Root fields of menus and their categories. */
@Resolver(() => MenuCategory)
export class MenuCategoryResolver {
  @Query(() => Menu, { description: 'What an outlet sells. For anybody.' })
  menu(@Ctx() context: Context, @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string) {
    return getAnyOutlet(context.em, outletId);
  }

  @Query(() => MenuCategoryConnection, { description: "A brand's headings in order. For anybody." })
  menuCategories(
    @Ctx() context: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Arg('brandId', () => ID, { description: 'Which brand.' }) brandId: string,
  ) {
    return listMenuCategories(context.em, { brandId, page });
  }

  @FieldResolver(() => [MenuItem], {
    description: 'Published items by name: what the outlet of the menu sells, else all of the brand; at most 2,000.',
  })
  items(
    @Root() category: ShownCategory,
    @Ctx() context: Context,
    @Arg('outletId', () => ID, { nullable: true, description: 'Only what this outlet sells.' }) outletId?: string,
  ) {
    return categoryItemsLoader(context).load(
      categoryItemsKey(category.id, outletId ?? category.shownAtOutletId ?? null),
    );
  }

  @Mutation(() => CreateMenuCategoryPayload, { description: "Adds a heading to a brand's menu." })
  async createMenuCategory(
    @Ctx() context: Context,
    @Arg('input', () => CreateMenuCategoryInput, { description: 'The heading.' }) input: CreateMenuCategoryInput,
  ): Promise<object> {
    return { menuCategory: await createMenuCategory(context, input) };
  }
}

/** Fields of an outlet's menu. */
@Resolver(() => Menu)
export class MenuResolver {
  @FieldResolver(() => Outlet, { nullable: true, description: 'Whose menu it is.' })
  outlet(@Root() outlet: OutletReplicaEntity) {
    return { id: outlet.id };
  }

  @FieldResolver(() => [MenuCategory], {
    description: 'Its headings in order, each with the items sold here; at most 200.',
  })
  async categories(@Root() outlet: OutletReplicaEntity, @Ctx() context: Context): Promise<object[]> {
    const categories = await findMenuCategories(context.em, outlet.brandId);
    return categories.map(({ id, name, sortOrder, version }) => ({
      id,
      name,
      sortOrder,
      version,
      shownAtOutletId: outlet.id,
    }));
  }
}
