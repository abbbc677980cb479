import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import { Brand } from '../brand/brand.graphql.js';
import { loadBrands } from '../brand/brand.queries.js';
import type { UserEntity } from '../user/user.entity.js';
import { UserProfile } from '../user/user.graphql.js';
import { loadProfiles, loadUsers } from '../user/user.queries.js';
import { emailOf } from '../user/user.vault.js';
import { Allergens, Diets } from './customer-codes.graphql.js';
import type { CustomerProfileEntity } from './customer.entity.js';
import { CustomerPreferences, CustomerProfile, DeliveryAddress } from './customer.graphql.js';
import { canReadDietary, canReadPersonal } from './customer.policy.js';
import { openCustomer } from './customer.vault.js';

const ONLY = 'null unless the viewer is the guest or may read personal data of the whole brand.';

/** What of a guest's profile is sealed, comes from elsewhere, or only some may read. */
@Resolver(() => CustomerProfile)
export class CustomerFieldsResolver {
  @FieldResolver(() => Brand, { nullable: true, description: 'The brand that keeps it.' })
  brand(@Root() { brandId }: CustomerProfileEntity, @Ctx() { em, viewer, loader }: Context) {
    return loader<string, object>('brand', (ids) => loadBrands(em, viewer, ids)).load(brandId);
  }

  @FieldResolver(() => EmailAddress, { nullable: true, description: `Address of the guest; ${ONLY}` })
  async email(@Root() profile: CustomerProfileEntity, @Ctx() context: Context): Promise<string | null> {
    const { em, viewer, vault, loader } = context;
    if (!canReadPersonal(viewer, profile)) return null;
    const account = await loader<string, UserEntity>('account', (ids) => loadUsers(em, ids)).load(profile.userId);
    return account && emailOf(vault, account);
  }

  @FieldResolver(() => UserProfile, { nullable: true, description: `Name and phone number of the guest; ${ONLY}` })
  profile(@Root() profile: CustomerProfileEntity, @Ctx() { em, viewer, vault, loader }: Context) {
    if (!canReadPersonal(viewer, profile)) return null;
    return loader<string, object>('profile', (ids) => loadProfiles(em, vault, ids)).load(profile.userId);
  }

  @FieldResolver(() => [DeliveryAddress], { nullable: true, description: `Where they have things brought; ${ONLY}` })
  deliveryAddresses(@Root() profile: CustomerProfileEntity, @Ctx() { viewer, vault }: Context) {
    return canReadPersonal(viewer, profile) ? openCustomer(vault, profile, 'deliveryAddresses') : null;
  }

  @FieldResolver(() => [Diets], { nullable: true, description: 'What they keep to, for whoever serves them.' })
  diets(@Root() profile: CustomerProfileEntity, @Ctx() { viewer, vault }: Context) {
    return canReadDietary(viewer, profile) ? openCustomer(vault, profile, 'diets') : null;
  }

  @FieldResolver(() => [Allergens], { nullable: true, description: 'What they must not eat, for whoever serves them.' })
  allergens(@Root() profile: CustomerProfileEntity, @Ctx() { viewer, vault }: Context) {
    return canReadDietary(viewer, profile) ? openCustomer(vault, profile, 'allergens') : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the lists do not say, for whoever serves them.' })
  dietaryNote(@Root() profile: CustomerProfileEntity, @Ctx() { viewer, vault }: Context): string | null {
    return canReadDietary(viewer, profile) ? openCustomer(vault, profile, 'dietaryNote') : null;
  }

  @FieldResolver(() => CustomerPreferences, { description: 'What they like.' })
  preferences(@Root() profile: CustomerProfileEntity): CustomerPreferences {
    const { seatingPreference, isMarketingAllowed } = profile;
    return { seatingPreference, isMarketingAllowed };
  }
}
