import type { Subgraph } from '../../platform/subgraph.js';
import { permissions } from '../../schema/permissions.js';
import { AdministrationResolver } from './administration/administration.resolver.js';
import { ApiClientEntity } from './api-client/api-client.entity.js';
import { loadApiClients } from './api-client/api-client.queries.js';
import { ApiClientResolver } from './api-client/api-client.resolver.js';
import { AuthenticationResolver } from './authentication/authentication.resolver.js';
import { BiometricEventEntity } from './biometric-event/biometric-event.entity.js';
import { applyBiometricEvents } from './biometric-event/biometric-event.jobs.js';
import { BiometricEventResolver } from './biometric-event/biometric-event.resolver.js';
import { BrandEntity } from './brand/brand.entity.js';
import { loadBrands } from './brand/brand.queries.js';
import { BrandResolver } from './brand/brand.resolver.js';
import { BrandChangeResolver } from './brand-change/brand-change.resolver.js';
import { DeviceChallengeEntity } from './device/device-challenge.entity.js';
import { forgetDeviceChallenges, forgettingDeviceChallenges } from './device/device-challenge.jobs.js';
import { DeviceKeyEntity } from './device/device-key.entity.js';
import { DeviceKeyResolver } from './device/device-key.resolver.js';
import { initial } from './migrations/20261121140207-initial.js';
import { relayLease } from './migrations/20261121145300-relay-lease.js';
import { people } from './migrations/20261121174928-people.js';
import { roles } from './migrations/20261121174929-roles.js';
import { sessions } from './migrations/20261121174930-sessions.js';
import { places } from './migrations/20261121174931-places.js';
import { proofs } from './migrations/20261121182843-proofs.js';
import { devices } from './migrations/20261121185344-devices.js';
import { emailChange } from './migrations/20261121212242-email-change.js';
import { OneTimeCodeEntity } from './code/code.entity.js';
import { EmailChangeEntity } from './email-change/email-change.entity.js';
import { sendEmailChange, tellEmailChange } from './email-change/email-change.jobs.js';
import { sealedEmailChanges } from './email-change/email-change.vault.js';
import { EmailVerificationResolver } from './email-verification/email-verification.resolver.js';
import { sendEmailVerification } from './email-verification/email-verification.jobs.js';
import { sendInvitation } from './invitation/invitation.jobs.js';
import { OwnProfileResolver } from './own-profile/own-profile.resolver.js';
import { PasswordResolver } from './password/password.resolver.js';
import { sendPasswordReset, tellPasswordChanged } from './password/password.jobs.js';
import { OutletEntity } from './outlet/outlet.entity.js';
import { loadOutlets } from './outlet/outlet.queries.js';
import { OutletFieldsResolver } from './outlet/outlet-fields.resolver.js';
import { OutletResolver } from './outlet/outlet.resolver.js';
import { MembershipEntity } from './membership/membership.entity.js';
import { MembershipResolver } from './membership/membership.resolver.js';
import { PermissionEntity } from './role/permission.entity.js';
import { RoleEntity } from './role/role.entity.js';
import { RoleResolver } from './role/role.resolver.js';
import { provisionRoles } from './role/role-seed.operations.js';
import { RoleAssignmentResolver } from './role-assignment/role-assignment.resolver.js';
import { GoogleIdentityEntity } from './google/google.entity.js';
import { GoogleResolver } from './google/google.resolver.js';
import { SecondFactorEntity } from './second-factor/second-factor.entity.js';
import { SecondFactorResolver } from './second-factor/second-factor.resolver.js';
import { sealedSecondFactors } from './second-factor/second-factor.vault.js';
import { SessionEntity } from './session/session.entity.js';
import { SessionResolver } from './session/session.resolver.js';
import { CustomerFieldsResolver } from './customer/customer-fields.resolver.js';
import { CustomerProfileEntity } from './customer/customer.entity.js';
import { CustomerResolver } from './customer/customer.resolver.js';
import { StaffFieldsResolver } from './staff/staff-fields.resolver.js';
import { StaffProfileEntity } from './staff/staff.entity.js';
import { StaffResolver } from './staff/staff.resolver.js';
import { sealedCustomers } from './customer/customer.vault.js';
import { sealedStaff } from './staff/staff.vault.js';
import { sealedProfiles, sealedUsers } from './user/user.vault.js';
import { tellAddressTaken } from './user/address-taken.jobs.js';
import { UserEntity, UserProfileEntity } from './user/user.entity.js';
import { loadVisibleUsers } from './user/user.queries.js';
import { UserFieldsResolver } from './user/user-fields.resolver.js';
import { UserResolver } from './user/user.resolver.js';

/** Brands, outlets, people and their rights. */
export const accounts: Subgraph = {
  name: 'accounts',
  entities: [
    BrandEntity,
    OutletEntity,
    UserEntity,
    UserProfileEntity,
    StaffProfileEntity,
    CustomerProfileEntity,
    PermissionEntity,
    RoleEntity,
    MembershipEntity,
    SessionEntity,
    SecondFactorEntity,
    GoogleIdentityEntity,
    OneTimeCodeEntity,
    EmailChangeEntity,
    DeviceKeyEntity,
    DeviceChallengeEntity,
    BiometricEventEntity,
    ApiClientEntity,
  ],
  migrations: [initial, relayLease, people, roles, sessions, places, proofs, devices, emailChange],
  resolvers: [
    AuthenticationResolver,
    BrandResolver,
    BrandChangeResolver,
    OutletResolver,
    OutletFieldsResolver,
    UserResolver,
    UserFieldsResolver,
    OwnProfileResolver,
    AdministrationResolver,
    StaffResolver,
    StaffFieldsResolver,
    CustomerResolver,
    CustomerFieldsResolver,
    RoleResolver,
    MembershipResolver,
    RoleAssignmentResolver,
    SessionResolver,
    PasswordResolver,
    EmailVerificationResolver,
    SecondFactorResolver,
    GoogleResolver,
    DeviceKeyResolver,
    BiometricEventResolver,
    ApiClientResolver,
  ],
  references: {
    ApiClient: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('api-client', (ids) => loadApiClients(em, viewer, ids)).load(id),
    Brand: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('brand', (ids) => loadBrands(em, viewer, ids)).load(id),
    Outlet: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('outlet', (ids) => loadOutlets(em, viewer, ids)).load(id),
    User: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('user', (ids) => loadVisibleUsers(em, viewer, ids)).load(id),
  },
  permissions: permissions.accounts,
  consumes: {},
  jobs: [
    tellAddressTaken,
    sendInvitation,
    sendEmailChange,
    tellEmailChange,
    sendPasswordReset,
    tellPasswordChanged,
    sendEmailVerification,
    forgetDeviceChallenges,
    applyBiometricEvents,
  ],
  schedules: [forgettingDeviceChallenges],
  sealedTables: [sealedUsers, sealedProfiles, sealedEmailChanges, sealedStaff, sealedCustomers, sealedSecondFactors],
  seed: ({ unitOfWork }) => unitOfWork(provisionRoles),
};
