import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { Allergens, Diets, SeatingPreferences } from './customer-codes.graphql.js';
import type { Allergen, Diet, SeatingPreference } from './customer.rules.js';

/** Where something is to be brought. */
@ObjectType({ description: 'Where something is to be brought.' })
export class DeliveryAddress {
  @Field(() => String, { nullable: true, description: 'What the guest calls it; at most 40 characters.' })
  label!: string | null;

  @Field(() => String, { description: 'Street and number; at most 120 characters.' })
  line1!: string;

  @Field(() => String, { nullable: true, description: 'Floor, building and such; at most 120 characters.' })
  line2!: string | null;

  @Field(() => String, { description: 'City; at most 80 characters.' })
  city!: string;

  @Field(() => String, { nullable: true, description: 'Postal code; at most 16 characters.' })
  postalCode!: string | null;

  @Field(() => String, { description: 'Country by two letters of ISO 3166.' })
  country!: string;

  @Field(() => String, { nullable: true, description: 'Whom to call at the door, in E.164.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'What the courier should know; at most 200 characters.' })
  instructions!: string | null;
}

/** A delivery address as clients send it. */
@InputType({ description: 'Where something is to be brought.' })
export class DeliveryAddressInput {
  @Field(() => String, { nullable: true, description: 'What the guest calls it; at most 40 characters.' })
  label?: string | null;

  @Field(() => String, { description: 'Street and number; at most 120 characters.' })
  line1!: string;

  @Field(() => String, { nullable: true, description: 'Floor, building and such; at most 120 characters.' })
  line2?: string | null;

  @Field(() => String, { description: 'City; at most 80 characters.' })
  city!: string;

  @Field(() => String, { nullable: true, description: 'Postal code; at most 16 characters.' })
  postalCode?: string | null;

  @Field(() => String, { description: 'Country by two letters of ISO 3166, such as "IN".' })
  country!: string;

  @Field(() => String, { nullable: true, description: 'Whom to call at the door, in E.164.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'What the courier should know; at most 200 characters.' })
  instructions?: string | null;
}

/** What a guest likes. */
@ObjectType({ description: 'What a guest likes.' })
export class CustomerPreferences {
  @Field(() => SeatingPreferences, { nullable: true, description: 'Where they like to sit.' })
  seatingPreference!: SeatingPreference | null;

  @Field(() => Boolean, { description: 'Whether the brand may write to them about offers.' })
  isMarketingAllowed!: boolean;
}

/** What a brand keeps about a guest. */
@ObjectType({
  description: "What a brand keeps about a guest. Readable by the guest and by those who serve the brand's guests.",
})
export class CustomerProfile {
  @Field(() => ID, { description: 'Identifier, such as "cus_01J…".' })
  id!: string;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const CustomerProfileConnection = connectionOf('CustomerProfile', () => CustomerProfile);

/** Which guests a list asks for. */
@InputType({ description: 'Which guests are wanted.' })
export class CustomerFilter {
  @Field(() => String, {
    nullable: true,
    description: 'An exact e-mail address, phone number in E.164 or user name: these are stored sealed.',
  })
  text?: string | null;
}

/** What saveCustomerProfile needs. */
@InputType({ description: 'What a brand is to keep about a guest; what is absent stays.' })
export class SaveCustomerProfileInput {
  @Field(() => ID, { description: 'The brand.' })
  brandId!: string;

  @Field(() => ID, { nullable: true, description: 'The guest, who must be known to the brand; oneself if absent.' })
  userId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Version that was read; VERSION_CONFLICT if it has changed since.' })
  expectedVersion?: number | null;

  @Field(() => [DeliveryAddressInput], {
    nullable: true,
    description: 'All delivery addresses, the usual one first; at most ten.',
  })
  deliveryAddresses?: DeliveryAddressInput[] | null;

  @Field(() => [Diets], { nullable: true, description: 'All they keep to; an empty list removes them.' })
  diets?: Diet[] | null;

  @Field(() => [Allergens], { nullable: true, description: 'All they must not eat; an empty list removes them.' })
  allergens?: Allergen[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the lists do not say; at most 500 characters, null removes it.',
  })
  dietaryNote?: string | null;

  @Field(() => SeatingPreferences, { nullable: true, description: 'Where they like to sit; null removes it.' })
  seatingPreference?: SeatingPreference | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the brand may write to them about offers.' })
  isMarketingAllowed?: boolean | null;
}

/** What saveCustomerProfile answers. */
@ObjectType({ description: 'What came of saveCustomerProfile.' })
export class SaveCustomerProfilePayload extends Payload {
  @Field(() => CustomerProfile, { nullable: true, description: 'The profile as it is now.' })
  customerProfile?: CustomerProfile | null;
}
