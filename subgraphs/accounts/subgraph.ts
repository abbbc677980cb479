import type { Subgraph } from '../../platform/subgraph.js';
import { permissions } from '../../schema/permissions.js';
import { ApiClientEntity } from './api-client/api-client.entity.js';
import { ApiClientResolver } from './api-client/api-client.resolver.js';
import { AuthenticationResolver } from './authentication/authentication.resolver.js';
import { BrandEntity } from './brand/brand.entity.js';
import { loadBrands } from './brand/brand.queries.js';
import { BrandResolver } from './brand/brand.resolver.js';
import { initial } from './migrations/20261121140207-initial.js';
import { relayLease } from './migrations/20261121145300-relay-lease.js';
import { OutletEntity } from './outlet/outlet.entity.js';
import { loadOutlets } from './outlet/outlet.queries.js';
import { OutletResolver } from './outlet/outlet.resolver.js';
import { MembershipEntity, RoleEntity } from './role/role.entity.js';
import { provisionRoles } from './role/role.queries.js';
import { SessionEntity } from './session/session.entity.js';
import { SessionResolver } from './session/session.resolver.js';
import { UserEntity, UserProfileEntity } from './user/user.entity.js';
import { loadVisibleUsers } from './user/user.queries.js';
import { UserResolver } from './user/user.resolver.js';

/** Brands, outlets, people and their rights. */
export const accounts: Subgraph = {
  name: 'accounts',
  entities: [
    BrandEntity,
    OutletEntity,
    UserEntity,
    UserProfileEntity,
    RoleEntity,
    MembershipEntity,
    SessionEntity,
    ApiClientEntity,
  ],
  migrations: [initial, relayLease],
  resolvers: [AuthenticationResolver, BrandResolver, OutletResolver, UserResolver, SessionResolver, ApiClientResolver],
  references: {
    Brand: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('brand', (ids) => loadBrands(em, viewer, ids)).load(id),
    Outlet: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('outlet', (ids) => loadOutlets(em, viewer, ids)).load(id),
    User: ({ id }, { em, viewer, loader }) =>
      loader<string, object>('user', (ids) => loadVisibleUsers(em, viewer, ids)).load(id),
  },
  permissions: permissions.accounts,
  consumes: {},
  jobs: [],
  schedules: [],
  seed: ({ unitOfWork }) => unitOfWork(provisionRoles),
};
