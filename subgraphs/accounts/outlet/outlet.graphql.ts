import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CurrencyCode, LocalTime } from '../../../platform/graphql/scalars.js';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import {
  OutletAddressInput,
  OutletSettingsInput,
  ServiceChargeInput,
  SpecialDayInput,
  TaxRuleInput,
  WeekdayHoursInput,
} from './outlet-inputs.graphql.js';

/** One place of a brand as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One place of a brand that serves guests. Readable by the people who work there.' })
export class Outlet {
  @Field(() => ID, { description: 'Identifier, such as "out_01J…".' })
  id!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'City it is in; at most 120 characters.' })
  city!: string | null;

  @Field(() => CurrencyCode, { description: 'Currency of its prices; fixed when the outlet is made.' })
  currency!: string;

  @Field(() => String, { description: 'IANA time zone, such as "Asia/Kolkata".' })
  timeZone!: string;

  @Field(() => LocalTime, { description: 'Local time at which one business day ends and the next begins.' })
  cutOff!: string;

  @Field(() => Boolean, { description: 'Its own switch; it trades where its brand does too.' })
  isActive!: boolean;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const OutletConnection = connectionOf('Outlet', () => Outlet);

/** What createOutlet needs. */
@InputType({ description: 'The outlet to open.' })
export class CreateOutletInput {
  @Field(() => ID, { description: 'Brand it belongs to.' })
  brandId!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'City it is in, where no address is given; at most 120 characters.',
  })
  city?: string | null;

  @Field(() => CurrencyCode, { description: 'Currency of its prices.' })
  currency!: string;

  @Field(() => String, { description: 'IANA time zone, such as "Asia/Kolkata".' })
  timeZone!: string;

  @Field(() => LocalTime, {
    defaultValue: '04:00',
    description: 'Local time at which one business day ends, "00:00" to "11:59".',
  })
  cutOff!: string;

  @Field(() => OutletAddressInput, { nullable: true, description: 'Where it is.' })
  address?: OutletAddressInput | null;

  @Field(() => [WeekdayHoursInput], {
    nullable: true,
    description: 'Its hours by day of the week; open whenever it trades until they are told.',
  })
  openingHours?: WeekdayHoursInput[] | null;

  @Field(() => [SpecialDayInput], { nullable: true, description: 'Days with hours of their own; at most 200.' })
  specialDays?: SpecialDayInput[] | null;

  @Field(() => [TaxRuleInput], { nullable: true, description: 'Taxes on what it sells; at most 50.' })
  taxRules?: TaxRuleInput[] | null;

  @Field(() => [ServiceChargeInput], { nullable: true, description: 'Charges it adds to orders; at most 10.' })
  serviceCharges?: ServiceChargeInput[] | null;

  @Field(() => OutletSettingsInput, { nullable: true, description: 'How it works.' })
  settings?: OutletSettingsInput | null;
}

/** What createOutlet answers. */
@ObjectType({ description: 'What came of createOutlet.' })
export class CreateOutletPayload extends Payload {
  @Field(() => Outlet, { nullable: true, description: 'The new outlet.' })
  outlet?: Outlet | null;
}

/** What updateOutlet needs. */
@InputType({ description: 'What to change about an outlet; what is absent stays as it is.' })
export class UpdateOutletInput {
  @Field(() => ID, { description: 'Which outlet.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the outlet is no longer at this version.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'New name; at most 120 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New IANA time zone.' })
  timeZone?: string | null;

  @Field(() => LocalTime, { nullable: true, description: 'New end of the business day, "00:00" to "11:59".' })
  cutOff?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it may trade.' })
  isActive?: boolean | null;

  @Field(() => OutletAddressInput, { nullable: true, description: 'Where it is.' })
  address?: OutletAddressInput | null;

  @Field(() => [WeekdayHoursInput], {
    nullable: true,
    description: 'Its hours by day of the week, instead of all it had; a day that is absent is closed.',
  })
  openingHours?: WeekdayHoursInput[] | null;

  @Field(() => [SpecialDayInput], { nullable: true, description: 'Days with hours of their own; at most 200.' })
  specialDays?: SpecialDayInput[] | null;

  @Field(() => [TaxRuleInput], { nullable: true, description: 'Taxes on what it sells; at most 50.' })
  taxRules?: TaxRuleInput[] | null;

  @Field(() => [ServiceChargeInput], { nullable: true, description: 'Charges it adds to orders; at most 10.' })
  serviceCharges?: ServiceChargeInput[] | null;

  @Field(() => OutletSettingsInput, { nullable: true, description: 'How it works.' })
  settings?: OutletSettingsInput | null;
}

/** What updateOutlet answers. */
@ObjectType({ description: 'What came of updateOutlet.' })
export class UpdateOutletPayload extends Payload {
  @Field(() => Outlet, { nullable: true, description: 'The outlet as it is now.' })
  outlet?: Outlet | null;
}
