import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { notFound } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { optionalText } from '../../../platform/domain/text.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { allow } from '../../../platform/domain/viewer.js';
import { getBrand, requireActiveBrand } from '../brand/brand.queries.js';
import { insertMembership } from '../membership/membership.operations.js';
import { listGrants } from '../membership/membership.queries.js';
import type { UserEntity } from '../user/user.entity.js';
import { rightsChanged } from '../user/user.events.js';
import { lockUser } from '../user/user.queries.js';
import { CustomerProfileEntity } from './customer.entity.js';
import { customerSaved } from './customer.events.js';
import { canSave, isOwn } from './customer.policy.js';
import { isKnownIn, lockCustomer } from './customer.queries.js';
import {
  allergens,
  diets,
  requireAddresses,
  withoutRepetition,
  type Allergen,
  type Diet,
  type SeatingPreference,
  type StatedAddress,
} from './customer.rules.js';
import { sealCustomer, type CustomerSecrets } from './customer.vault.js';

/** What a brand is to keep about a guest; what is absent stays. */
export interface SaveCustomerProfile {
  readonly brandId: string;
  /** Absent: the viewer. */
  readonly userId?: string | null;
  readonly expectedVersion?: number | null;
  readonly deliveryAddresses?: readonly StatedAddress[] | null;
  readonly diets?: readonly Diet[] | null;
  readonly allergens?: readonly Allergen[] | null;
  readonly dietaryNote?: string | null;
  readonly seatingPreference?: SeatingPreference | null;
  readonly isMarketingAllowed?: boolean | null;
}

/** Makes or changes the profile of a guest in a brand: one's own, the first of which makes one its customer, or that of somebody the brand knows for those who keep its guests. */
export function saveCustomerProfile(context: Context, command: SaveCustomerProfile): Promise<CustomerProfileEntity> {
  const { viewer, vault, clock } = context;
  const secrets = requireSecrets(command);
  const key = { userId: command.userId ?? viewer.id, brandId: command.brandId };
  return context.unitOfWork(async (em) => {
    const user = await lockGuest(context, em, key);
    const known = await lockCustomer(em, key);
    const fresh = { id: newId('cus'), ...key, createdAt: clock.now() };
    const profile = known ?? Object.assign(new CustomerProfileEntity(), fresh);
    if (known) requireVersion(known.version, command.expectedVersion);
    sealCustomer(vault, profile, secrets);
    if (command.seatingPreference !== undefined) profile.seatingPreference = command.seatingPreference;
    if (typeof command.isMarketingAllowed === 'boolean') profile.isMarketingAllowed = command.isMarketingAllowed;
    const { version } = profile;
    if (!known) em.persist(profile);
    if (!known && isOwn(viewer, key)) await joinAsCustomer(em, user, key.brandId);
    await em.flush();
    if (!known || profile.version !== version) record(em, customerSaved(profile));
    return profile;
  });
}

// Whom a brand does not know it cannot name: an id alone makes nobody its guest but oneself.
async function lockGuest(
  { viewer }: Context,
  em: SqlEntityManager,
  key: { userId: string; brandId: string },
): Promise<UserEntity> {
  const isTheirs = isOwn(viewer, key);
  if (isTheirs) await requireActiveBrand(em, key.brandId);
  else await getBrand(em, viewer, key.brandId);
  allow(viewer, canSave(viewer, key), 'customers.manage');
  // Two that save the first profile of somebody come one after another here.
  const user = await lockUser(em, key.userId);
  if (!isTheirs && !(await lockCustomer(em, key)) && !(await isKnownIn(em, key))) throw notFound('The user');
  return user;
}

// Only with the first profile: whose role was taken since does not take it back by saving again.
async function joinAsCustomer(em: SqlEntityManager, user: UserEntity, brandId: string): Promise<void> {
  const grants = await listGrants(em, user.id);
  if (grants.some((grant) => grant.brandId === null || grant.brandId === brandId)) return;
  user.rightsVersion += 1;
  record(em, rightsChanged(user, brandId));
  await insertMembership(em, { userId: user.id, roleId: 'CUSTOMER', scope: { brandId, outletId: null } });
}

function requireSecrets(command: SaveCustomerProfile): Partial<CustomerSecrets> {
  const { deliveryAddresses, dietaryNote } = command;
  return {
    ...(deliveryAddresses ? { deliveryAddresses: requireAddresses(deliveryAddresses) } : {}),
    ...(command.diets ? { diets: withoutRepetition(diets, command.diets) } : {}),
    ...(command.allergens ? { allergens: withoutRepetition(allergens, command.allergens) } : {}),
    ...(dietaryNote === undefined
      ? {}
      : { dietaryNote: optionalText(dietaryNote, { field: ['dietaryNote'], maximum: 500 }) }),
  };
}
