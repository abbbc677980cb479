import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { Brand } from '../brand/brand.graphql.js';
import { loadBrands } from '../brand/brand.queries.js';
import type { RoleEntity } from './role.entity.js';
import {
  CreateRoleInput,
  CreateRolePayload,
  Permission,
  Role,
  RoleCodes,
  UpdateRoleInput,
  UpdateRolePayload,
} from './role.graphql.js';
import { createRole, updateRole } from './role.operations.js';
import { getRole, listPermissions, listRoles } from './role.queries.js';
import { isRoleCode } from './role.templates.js';

/** Root fields of roles and permissions. */
@Resolver(() => Role)
export class RoleResolver {
  @Query(() => [Permission], { description: 'Everything a role can allow, by name; as many as the product knows.' })
  permissions(@Ctx() context: Context) {
    return listPermissions(context.em);
  }

  @Query(() => Role, { description: 'One role: a template, or one of a brand where the viewer may see people.' })
  role(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Which role; the code of a template, such as "WAITER".' }) id: string,
  ) {
    return getRole(context.em, context.viewer, id);
  }

  @Query(() => [Role], { description: 'The nine templates, then the own roles of a brand, at most 100; by name.' })
  roles(
    @Ctx() context: Context,
    @Arg('brandId', () => ID, { nullable: true, description: 'The brand; only the templates if absent.' })
    brandId?: string,
  ) {
    return listRoles(context.em, context.viewer, brandId);
  }

  @FieldResolver(() => RoleCodes, { nullable: true, description: "Which template it is; null for a brand's own role." })
  code(@Root() { id }: RoleEntity) {
    return isRoleCode(id) ? id : null;
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'The brand whose own it is; null for a template.' })
  brand(@Root() { brandId }: RoleEntity, @Ctx() context: Context) {
    if (brandId === null) return null;
    return context.loader<string, object>('brand', (ids) => loadBrands(context.em, context.viewer, ids)).load(brandId);
  }

  @Mutation(() => CreateRolePayload, { description: "Makes a role of a brand's own out of permissions one holds." })
  async createRole(
    @Ctx() context: Context,
    @Arg('input', () => CreateRoleInput, { description: 'The role to make.' }) input: CreateRoleInput,
  ): Promise<object> {
    return { role: await createRole(context, input) };
  }

  @Mutation(() => UpdateRolePayload, { description: "Changes a brand's own role for everybody who holds it." })
  async updateRole(
    @Ctx() context: Context,
    @Arg('input', () => UpdateRoleInput, { description: 'What to change.' }) input: UpdateRoleInput,
  ): Promise<object> {
    return { role: await updateRole(context, input) };
  }
}
