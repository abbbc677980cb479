import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { CurrencyCode } from '../../../platform/graphql/scalars.js';
import { Money, MoneyInput } from '../../../platform/graphql/shared-types.js';

/** From when on a customer is of a tier, as clients see it. */
@ObjectType({
  description: 'From when on a customer is of a tier: both must be reached, by orders that were completed.',
})
export class TierThreshold {
  @Field(() => Int, { description: 'So many orders.' })
  orders!: number;

  @Field(() => Money, { description: 'So much spent, in the loyalty currency.' })
  spent!: Money;
}

/** How a brand works, as clients see it. */
@ObjectType({ description: 'How a brand works.' })
export class BrandSettings {
  @Field(() => String, { description: 'Language its guests are spoken to in, such as "en" or "hi-IN".' })
  defaultLocale!: string;

  @Field(() => CurrencyCode, { description: 'What customers\' spending is counted in; "USD" until it is told.' })
  loyaltyCurrency!: string;

  @Field(() => TierThreshold, { description: 'Who is a regular; 3 orders and 100 spent until it is told.' })
  regularTier!: TierThreshold;

  @Field(() => TierThreshold, { description: 'Who is a VIP; 10 orders and 1,000 spent until it is told.' })
  vipTier!: TierThreshold;
}

/** A tier's threshold as clients state it. */
@InputType({ description: 'From when on a customer is of a tier.' })
export class TierThresholdInput {
  @Field(() => Int, { description: 'So many completed orders; 1 to 100,000.' })
  orders!: number;

  @Field(() => MoneyInput, { description: 'So much spent, in the loyalty currency.' })
  spent!: MoneyInput;
}

/** What to change about a brand's settings. */
@InputType({ description: 'How a brand works; what is absent stays as it is.' })
export class BrandSettingsInput {
  @Field(() => String, {
    nullable: true,
    description: 'Language its guests are spoken to in, such as "en" or "hi-IN".',
  })
  defaultLocale?: string | null;

  @Field(() => CurrencyCode, {
    nullable: true,
    description: 'What spending is counted in; thresholds that were told must be told again with it.',
  })
  loyaltyCurrency?: string | null;

  @Field(() => TierThresholdInput, { nullable: true, description: 'Who is a regular.' })
  regularTier?: TierThresholdInput | null;

  @Field(() => TierThresholdInput, { nullable: true, description: 'Who is a VIP; not below a regular.' })
  vipTier?: TierThresholdInput | null;
}
