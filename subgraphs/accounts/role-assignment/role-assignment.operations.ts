import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { allow, requireSomebodyElse, type Grant } from '../../../platform/domain/viewer.js';
import { isStaff } from '../device/device-key.policy.js';
import { revokeKeys } from '../device/revocation.operations.js';
import type { MembershipEntity } from '../membership/membership.entity.js';
import {
  insertMembership,
  noOverrides,
  requireGrantable,
  type Appointment,
} from '../membership/membership.operations.js';
import { mayTouch } from '../membership/membership.policy.js';
import { findMembership, getMembership, listGrants, lockMembership } from '../membership/membership.queries.js';
import { isSameOverrides, slugsWith, type Overrides } from '../membership/membership.rules.js';
import { requireSlugs } from '../role/role.rules.js';
import type { UserEntity } from '../user/user.entity.js';
import { rightsChanged } from '../user/user.events.js';
import { lockVisibleUser } from '../user/user.queries.js';
import { isGuest } from './role-assignment.policy.js';

/** Who gets which role where, and what theirs adds to it and leaves out of it; a list that is absent stays as it is. */
export interface AssignRole extends Appointment {
  readonly userId: string;
  /** What names the role, for whoever is told that it is held already; `role` unless told. */
  readonly field?: 'role' | 'roleId';
  readonly addedPermissions?: readonly string[] | null;
  readonly removedPermissions?: readonly string[] | null;
}

/** Gives somebody else a role at a place, or changes what theirs adds and leaves out; the giver must hold there all that it allows and all that the person holds. */
export function assignRole(context: Context, command: AssignRole): Promise<MembershipEntity> {
  const { viewer, unitOfWork } = context;
  const { userId, roleId, brandId = null, outletId = null, field = 'role' } = command;
  const stated = requireOverrides(command);
  return unitOfWork(async (em) => {
    const user = await lockVisibleUser(em, viewer, userId);
    requireSomebodyElse(viewer, user.id);
    const held = await findMembership(em, { userId, roleId, scope: { brandId, outletId } });
    const overrides = { ...noOverrides, ...(held ? overridesOf(held) : {}), ...stated };
    const { role, scope } = await requireGrantable(em, viewer, { roleId, brandId, outletId, overrides });
    const before = await listGrants(em, user.id);
    allow(viewer, mayTouch(viewer, before, scope));
    requireApart(overrides, stated);
    if (held && isSameOverrides(held, overrides))
      throw new DomainError('ALREADY_EXISTS', 'The person holds this role there already.', [field]);
    const gained = { role: role.id, ...scope, slugs: slugsWith(role.slugs, overrides) };
    await admit(context, em, { user, before, gained });
    user.rightsVersion += 1;
    record(em, rightsChanged(user, scope.brandId));
    return held
      ? Object.assign(held, overrides)
      : insertMembership(em, { userId: user.id, roleId: role.id, scope, overrides });
  });
}

/** Takes a role from somebody else; the taker must hold there all that the person holds. */
export function revokeRole({ viewer, unitOfWork }: Context, command: { membershipId: string }): Promise<string> {
  return unitOfWork(async (em) => {
    const { userId } = await getMembership(em, viewer, command.membershipId);
    const user = await lockVisibleUser(em, viewer, userId);
    const membership = await lockMembership(em, viewer, command.membershipId);
    requireSomebodyElse(viewer, user.id);
    allow(viewer, mayTouch(viewer, await listGrants(em, user.id), membership));
    em.remove(membership);
    user.rightsVersion += 1;
    record(em, rightsChanged(user, membership.brandId));
    return membership.id;
  });
}

// An address is anybody's to register: until it is proven, a colleague's role would be somebody else's.
async function admit(
  { clock }: Context,
  em: SqlEntityManager,
  { user, before, gained }: { user: UserEntity; before: readonly Grant[]; gained: Grant },
): Promise<void> {
  if (before.every(isGuest) && !isGuest(gained) && !user.isEmailVerified)
    throw new DomainError(
      'INVALID_STATE',
      'They have not shown yet that their e-mail address is theirs. Ask them to verify it first.',
      ['userId'],
    );
  if (isStaff(before) || !isStaff([gained])) return;
  // What a guest enrolled needed no manager's leave, which staff need.
  await revokeKeys(em, { user, clock, reason: 'BECAME_STAFF' });
  user.deviceEnrolment = 'NONE';
}

// A list that is not stated is not among them, so that what is held stays.
function requireOverrides({ addedPermissions, removedPermissions }: AssignRole): Partial<Overrides> {
  const slugsAdded = addedPermissions ? requireSlugs(addedPermissions, ['addedPermissions']) : [];
  const slugsRemoved = removedPermissions ? requireSlugs(removedPermissions, ['removedPermissions']) : [];
  if (slugsRemoved.includes('all'))
    throw new BadUserInput('Without everything a role is nothing: revoke it.', ['removedPermissions']);
  return {
    ...(addedPermissions ? { slugsAdded: slugsAdded.length > 0 ? slugsAdded : null } : {}),
    ...(removedPermissions ? { slugsRemoved: slugsRemoved.length > 0 ? slugsRemoved : null } : {}),
  };
}

function overridesOf({ slugsAdded, slugsRemoved }: MembershipEntity): Overrides {
  return { slugsAdded, slugsRemoved };
}

// Together with what stays of the other list, for nobody could tell what adding and leaving out the same means.
function requireApart({ slugsAdded, slugsRemoved }: Overrides, stated: Partial<Overrides>): void {
  const twice = slugsAdded?.find((slug) => slugsRemoved?.includes(slug));
  if (twice === undefined) return;
  if (stated.slugsRemoved) throw new BadUserInput(`It adds ${twice} too: say both lists.`, ['removedPermissions']);
  if (stated.slugsAdded) throw new BadUserInput(`It leaves ${twice} out too: say both lists.`, ['addedPermissions']);
}
