import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { Money, toMoney } from '../../../platform/graphql/shared-types.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import { loadOutlets } from '../outlet/outlet.queries.js';
import type { DeviceEnrolment, UserEntity } from '../user/user.entity.js';
import { DeviceEnrolments, User } from '../user/user.graphql.js';
import { loadVisibleUsers } from '../user/user.queries.js';
import type { StaffProfileEntity } from './staff.entity.js';
import { StaffProfile } from './staff.graphql.js';
import { canReadPay, canReadPersonal } from './staff.policy.js';
import { openStaff, type SealedStaffColumn } from './staff.vault.js';

/** What of a staff profile comes from elsewhere, or only some may read. */
@Resolver(() => StaffProfile)
export class StaffFieldsResolver {
  @FieldResolver(() => User, { nullable: true, description: 'The person.' })
  user(@Root() { userId }: StaffProfileEntity, @Ctx() context: Context) {
    return loadUser(context, userId);
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'Outlet they are assigned to.' })
  outlet(@Root() { outletId }: StaffProfileEntity, @Ctx() { em, viewer, loader }: Context) {
    return loader<string, object>('outlet', (ids) => loadOutlets(em, viewer, ids)).load(outletId);
  }

  @FieldResolver(() => DeviceEnrolments, {
    nullable: true,
    description: 'How far they are with signing in by a key of their device.',
  })
  async deviceEnrolment(
    @Root() { userId }: StaffProfileEntity,
    @Ctx() context: Context,
  ): Promise<DeviceEnrolment | null> {
    return (await loadUser(context, userId))?.deviceEnrolment ?? null;
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'Pay for an hour; null unless the viewer manages people there.',
  })
  hourlyRate(@Root() profile: StaffProfileEntity, @Ctx() { viewer }: Context): Money | null {
    const { hourlyRateMinor: amountMinor, currency } = profile;
    return amountMinor === null || currency === null || !canReadPay(viewer, profile)
      ? null
      : toMoney({ amountMinor, currency });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where they live; null unless the viewer is the person or manages people there.',
  })
  address(@Root() profile: StaffProfileEntity, @Ctx() context: Context): string | null {
    return personal(context, profile, 'address');
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Whom to call for them; null unless the viewer is the person or manages people there.',
  })
  emergencyContact(@Root() profile: StaffProfileEntity, @Ctx() context: Context): string | null {
    return personal(context, profile, 'emergencyContact');
  }

  @FieldResolver(() => LocalDate, {
    nullable: true,
    description: 'Day of birth; null unless the viewer is the person or manages people there.',
  })
  birthDate(@Root() profile: StaffProfileEntity, @Ctx() context: Context): string | null {
    return personal(context, profile, 'birthDate');
  }
}

function personal({ viewer, vault }: Context, profile: StaffProfileEntity, column: SealedStaffColumn): string | null {
  return canReadPersonal(viewer, profile) ? openStaff(vault, profile, column) : null;
}

function loadUser({ em, viewer, loader }: Context, userId: string): Promise<UserEntity | null> {
  return loader<string, UserEntity>('user', (ids) => loadVisibleUsers(em, viewer, ids)).load(userId);
}
