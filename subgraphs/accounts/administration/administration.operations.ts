import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import { allow, requireSomebodyElse } from '../../../platform/domain/viewer.js';
import { forgetCodes } from '../code/code.operations.js';
import { setDeviceLeave } from '../device/enrolment.operations.js';
import { forgetEmailChange } from '../email-change/email-change.operations.js';
import { mayTouchAccount } from '../membership/membership.policy.js';
import { listGrants } from '../membership/membership.queries.js';
import { resetSecondFactor } from '../second-factor/second-factor.operations.js';
import { endSessions } from '../session/session.operations.js';
import { applyChange, requireChange, type ProfileChange } from '../user/profile.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { rightsChanged } from '../user/user.events.js';
import { lockVisibleUser } from '../user/user.queries.js';

/** What may change about somebody else; what is absent stays. Their roles and their address are not among it. */
export interface UpdateUser extends ProfileChange {
  readonly id: string;
  readonly isActive?: boolean | null;
  /** Only false: takes away a second step they have lost. */
  readonly isTotpEnabled?: boolean | null;
  /** A manager's leave to enrol a device; it takes `devices.manage` and nothing else. */
  readonly isDeviceEnrolmentAllowed?: boolean | null;
}

/** Changes somebody else's account, or puts it into or out of use; never that of somebody who holds what the viewer cannot hand out. The leave to enrol a device is given by whoever manages their devices. */
export function updateUser(
  context: Context,
  { id, isActive, isTotpEnabled, isDeviceEnrolmentAllowed: isAllowed, ...facts }: UpdateUser,
): Promise<UserEntity> {
  if (isTotpEnabled) throw new BadUserInput('Only they themselves set up a second step.', ['isTotpEnabled']);
  const change = requireChange(facts);
  const isAccountTouched = typeof isActive === 'boolean' || isTotpEnabled === false || Object.keys(change).length > 0;
  const isLeaveAlone = typeof isAllowed === 'boolean' && !isAccountTouched;
  return context.unitOfWork(async (em) => {
    const user = isLeaveAlone ? await lockVisibleUser(em, context.viewer, id) : await lockTouchable(context, em, id);
    await applyChange(em, context.vault, { user, change });
    if (isTotpEnabled === false) await resetSecondFactor(context, em, user);
    if (typeof isActive === 'boolean') await setActive(context, em, { user, isActive });
    if (typeof isAllowed === 'boolean') await setDeviceLeave(context, em, { user, isAllowed });
    return user;
  });
}

/** Puts somebody's account out of use: it stays, its sessions end at once. Doing it again changes nothing. */
export function deactivateUser(context: Context, { id }: { id: string }): Promise<UserEntity> {
  return context.unitOfWork(async (em) => {
    const user = await lockTouchable(context, em, id);
    await setActive(context, em, { user, isActive: false });
    return user;
  });
}

// People are one per installation: whoever changes an account changes it for every brand, so all that its owner holds counts.
async function lockTouchable({ viewer }: Context, em: SqlEntityManager, id: string): Promise<UserEntity> {
  const user = await lockVisibleUser(em, viewer, id);
  requireSomebodyElse(viewer, user.id, 'Nobody changes their own account so: change what you tell by updateMe.');
  allow(viewer, mayTouchAccount(viewer, await listGrants(em, user.id)));
  return user;
}

async function setActive(
  { clock }: Context,
  em: SqlEntityManager,
  { user, isActive }: { user: UserEntity; isActive: boolean },
): Promise<void> {
  if (user.isActive === isActive) return;
  user.isActive = isActive;
  user.rightsVersion += 1;
  if (!isActive) {
    await endSessions(em, { userId: user.id, clock, reason: 'DEACTIVATED' });
    // Whoever is let in again is not let in by links from before.
    await forgetCodes(em, user.id);
    await forgetEmailChange(em, user.id);
  }
  record(em, rightsChanged(user, null));
}
