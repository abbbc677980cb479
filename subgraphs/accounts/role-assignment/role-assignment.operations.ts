import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { allow } from '../../../platform/domain/viewer.js';
import type { MembershipEntity } from '../membership/membership.entity.js';
import { insertMembership, requireGrantable, type Appointment } from '../membership/membership.operations.js';
import { mayTouch } from '../membership/membership.policy.js';
import { findMembership, getMembership, listGrants, lockMembership } from '../membership/membership.queries.js';
import { isSameOverrides, type Overrides } from '../membership/membership.rules.js';
import { requireSlugs } from '../role/role.rules.js';
import { rightsChanged } from '../user/user.events.js';
import { lockVisibleUser } from '../user/user.queries.js';

/** Who gets which role where, and what theirs adds to it and leaves out of it. */
export interface AssignRole extends Appointment {
  readonly userId: string;
  readonly addedPermissions?: readonly string[] | null;
  readonly removedPermissions?: readonly string[] | null;
}

/** Gives somebody else a role at a place, or changes what theirs adds and leaves out; the giver must hold there all that it allows and all that the person holds. */
export function assignRole({ viewer, unitOfWork }: Context, command: AssignRole): Promise<MembershipEntity> {
  const overrides = requireOverrides(command);
  return unitOfWork(async (em) => {
    const user = await lockVisibleUser(em, viewer, command.userId);
    allow(viewer, user.id !== viewer.id);
    const { role, scope } = await requireGrantable(em, viewer, { ...command, overrides });
    allow(viewer, mayTouch(viewer, await listGrants(em, user.id), scope));
    const key = { userId: user.id, roleId: role.id, scope };
    const held = await findMembership(em, key);
    if (held && (isSilent(command) || isSameOverrides(held, overrides)))
      throw new DomainError('ALREADY_EXISTS', 'The person holds this role there already.', ['role']);
    user.rightsVersion += 1;
    record(em, rightsChanged(user, scope.brandId));
    if (!held) return insertMembership(em, { ...key, overrides });
    held.slugsAdded = overrides.slugsAdded;
    held.slugsRemoved = overrides.slugsRemoved;
    return held;
  });
}

/** Takes a role from somebody else; the taker must hold there all that the person holds. */
export function revokeRole({ viewer, unitOfWork }: Context, command: { membershipId: string }): Promise<string> {
  return unitOfWork(async (em) => {
    const { userId } = await getMembership(em, viewer, command.membershipId);
    const user = await lockVisibleUser(em, viewer, userId);
    const membership = await lockMembership(em, viewer, command.membershipId);
    allow(viewer, user.id !== viewer.id && mayTouch(viewer, await listGrants(em, user.id), membership));
    em.remove(membership);
    user.rightsVersion += 1;
    record(em, rightsChanged(user, membership.brandId));
    return membership.id;
  });
}

function requireOverrides({ addedPermissions, removedPermissions }: AssignRole): Overrides {
  const slugsAdded = addedPermissions?.length ? requireSlugs(addedPermissions, ['addedPermissions']) : null;
  const slugsRemoved = removedPermissions?.length ? requireSlugs(removedPermissions, ['removedPermissions']) : null;
  if (slugsRemoved?.includes('all'))
    throw new BadUserInput('Without everything a role is nothing: revoke it.', ['removedPermissions']);
  return { slugsAdded, slugsRemoved };
}

// Who says nothing about what is added or left out does not mean to clear it.
function isSilent({ addedPermissions, removedPermissions }: AssignRole): boolean {
  return !addedPermissions && !removedPermissions;
}
