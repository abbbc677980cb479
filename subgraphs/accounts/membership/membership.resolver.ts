import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { Brand } from '../brand/brand.graphql.js';
import { loadBrands } from '../brand/brand.queries.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import { loadOutlets } from '../outlet/outlet.queries.js';
import type { RoleEntity } from '../role/role.entity.js';
import { Role, RoleCodes } from '../role/role.graphql.js';
import { loadRoles, slugsOf } from '../role/role.queries.js';
import { isRoleCode } from '../role/role.templates.js';
import type { MembershipEntity } from './membership.entity.js';
import { Membership } from './membership.graphql.js';
import { slugsWith } from './membership.rules.js';

/** What a membership shows of its role and its place. */
@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => RoleCodes, {
    nullable: true,
    description: "Which template is held; null for a brand's own role.",
  })
  role(@Root() { roleId }: MembershipEntity) {
    return isRoleCode(roleId) ? roleId : null;
  }

  @FieldResolver(() => Role, { nullable: true, description: "The role that is held, a template or a brand's own." })
  heldRole(@Root() { roleId }: MembershipEntity, @Ctx() context: Context) {
    return loadRole(context, roleId);
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'The brand it is held in; null for the installation.' })
  brand(@Root() { brandId }: MembershipEntity, @Ctx() { em, viewer, loader }: Context) {
    if (brandId === null) return null;
    return loader<string, object>('brand', (ids) => loadBrands(em, viewer, ids)).load(brandId);
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'The outlet it is held in; null for every one.' })
  outlet(@Root() { outletId }: MembershipEntity, @Ctx() { em, viewer, loader }: Context) {
    if (outletId === null) return null;
    return loader<string, object>('outlet', (ids) => loadOutlets(em, viewer, ids)).load(outletId);
  }

  @FieldResolver(() => [String], { description: 'Slugs of all it allows, with what is added and what is left out.' })
  async permissions(@Root() membership: MembershipEntity, @Ctx() context: Context): Promise<readonly string[]> {
    const role = await loadRole(context, membership.roleId);
    return slugsWith(slugsOf(role, membership.roleId), membership);
  }

  @FieldResolver(() => [String], { description: "Slugs they have here besides the role's." })
  addedPermissions(@Root() { slugsAdded }: MembershipEntity): readonly string[] {
    return slugsAdded ?? [];
  }

  @FieldResolver(() => [String], {
    description: 'Slugs of the role that are taken away from them here; another role of theirs may still allow them.',
  })
  removedPermissions(@Root() { slugsRemoved }: MembershipEntity): readonly string[] {
    return slugsRemoved ?? [];
  }
}

function loadRole({ em, loader }: Context, id: string): Promise<RoleEntity | null> {
  return loader<string, RoleEntity>('role', (ids) => loadRoles(em, ids)).load(id);
}
