import { Field, InputType, Int } from 'type-graphql';
import { Decimal, LocalDate, LocalTime } from '../../../platform/graphql/scalars.js';
import type { FulfilmentType, Weekday } from '../../../platform/replicas/outlet-details.js';
import { FulfilmentTypes, Weekdays } from './outlet-details.graphql.js';

/** Where an outlet is. */
@InputType({ description: 'Where an outlet is; replaces the address it had.' })
export class OutletAddressInput {
  @Field(() => String, { nullable: true, description: 'Street and number; at most 120 characters.' })
  line1?: string | null;

  @Field(() => String, { nullable: true, description: 'Building, floor or suite; at most 120 characters.' })
  line2?: string | null;

  @Field(() => String, { nullable: true, description: 'City; at most 120 characters.' })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'State or province; at most 120 characters.' })
  region?: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code; at most 20 characters.' })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Country by ISO 3166-1, such as "IN".' })
  countryCode?: string | null;
}

/** From when to when an outlet is open. */
@InputType({ description: 'From when to when an outlet is open, at its own clock.' })
export class OpenIntervalInput {
  @Field(() => LocalTime, { description: 'When it opens, to the minute.' })
  opensAt!: string;

  @Field(() => LocalTime, {
    description: 'When it closes, to the minute; a time at or before `opensAt` is on the following day.',
  })
  closesAt!: string;
}

/** The hours of one day of the week. */
@InputType({ description: 'The hours of one day of the week.' })
export class WeekdayHoursInput {
  @Field(() => Weekdays, { description: 'Which day.' })
  weekday!: Weekday;

  @Field(() => [OpenIntervalInput], {
    description: 'At most 6 intervals in which it is open; an empty list means that it is closed all day.',
  })
  intervals!: OpenIntervalInput[];
}

/** A day of the calendar with hours of its own. */
@InputType({ description: 'A day of the calendar that has hours of its own, such as a holiday.' })
export class SpecialDayInput {
  @Field(() => LocalDate, { description: 'Which day.' })
  date!: string;

  @Field(() => String, { description: 'What guests are told; at most 60 characters.' })
  name!: string;

  @Field(() => [OpenIntervalInput], {
    description: 'At most 6 intervals in which it is open; an empty list means that it is closed all day.',
  })
  intervals!: OpenIntervalInput[];
}

/** A tax on what an outlet sells. */
@InputType({ description: 'A tax on what an outlet sells.' })
export class TaxRuleInput {
  @Field(() => String, { description: 'Name on receipts; at most 60 characters.' })
  name!: string;

  @Field(() => Decimal, { description: 'Percentage of the price, "0" to "100" with at most four decimals.' })
  ratePercent!: string;

  @Field(() => Boolean, { description: 'Whether prices have it in them already.' })
  isInclusive!: boolean;

  @Field(() => [FulfilmentTypes], { defaultValue: [], description: 'For which orders; all where none is named.' })
  fulfilmentTypes!: FulfilmentType[];

  @Field(() => [String], {
    defaultValue: [],
    description: 'For dishes of which tax categories, such as "ALCOHOL"; at most 20, all where none is named.',
  })
  categories!: string[];

  @Field(() => LocalDate, { nullable: true, description: 'First business day it is taken on.' })
  validFrom?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last business day it is taken on.' })
  validTo?: string | null;
}

/** A charge that an outlet adds to orders. */
@InputType({ description: 'A charge that an outlet adds to orders by itself.' })
export class ServiceChargeInput {
  @Field(() => String, { description: 'Name on receipts; at most 60 characters.' })
  name!: string;

  @Field(() => Decimal, { description: 'Percentage of what was ordered, "0" to "100" with at most four decimals.' })
  ratePercent!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether taxes are taken on it.' })
  isTaxable!: boolean;

  @Field(() => [FulfilmentTypes], { defaultValue: [], description: 'For which orders; all where none is named.' })
  fulfilmentTypes!: FulfilmentType[];

  @Field(() => Int, { defaultValue: 1, description: 'For parties of at least so many; 1 to 1,000.' })
  minimumCovers!: number;
}

/** What to change about an outlet's settings. */
@InputType({ description: 'How an outlet works; what is absent stays as it is.' })
export class OutletSettingsInput {
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether guests' orders go to the kitchen without anybody accepting them.",
  })
  isAutoAccepting?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether guests' orders wait until they are paid." })
  isPrepaymentRequired?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Put before the numbers of its orders; at most 6 of A to Z, 0 to 9 and "-".',
  })
  orderPrefix?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether parties are seated and released.' })
  isSeatingTracked?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'After how many minutes an unconfirmed reservation expires; 1 to 10,080.',
  })
  reservationHoldMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many minutes guests may be late; 0 to 1,440.' })
  reservationGraceMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many days before it expires stock is warned of; 0 to 365.' })
  expiryWarningDays?: number | null;
}
