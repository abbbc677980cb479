import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Decimal, LocalDate, LocalTime } from '../../../platform/graphql/scalars.js';
import {
  fulfilmentTypes,
  weekdays,
  type FulfilmentType,
  type Weekday,
} from '../../../platform/replicas/outlet-details.js';

const enumOf = (values: readonly string[]) => Object.fromEntries(values.map((value) => [value, value]));
const titled = (value: string) => `${value.charAt(0)}${value.slice(1).toLowerCase()}.`;

/** Weekdays as a GraphQL enum. */
export const Weekdays = enumOf(weekdays);
registerEnumType(Weekdays, {
  name: 'Weekday',
  description: 'A day of the week.',
  valuesConfig: Object.fromEntries(weekdays.map((day) => [day, { description: titled(day) }])),
});

/** Fulfilment types as a GraphQL enum; the same as where orders are placed. */
export const FulfilmentTypes = enumOf(fulfilmentTypes);
registerEnumType(FulfilmentTypes, {
  name: 'FulfilmentType',
  description: 'How the guest gets the order.',
  valuesConfig: {
    DINE_IN: { description: 'Eaten here.' },
    PICKUP: { description: 'Fetched by the guest.' },
    DELIVERY: { description: 'Brought to the guest.' },
  },
});

/** Where an outlet is, as clients see it. */
@ObjectType({ description: 'Where an outlet is.' })
export class OutletAddress {
  @Field(() => String, { nullable: true, description: 'Street and number; at most 120 characters.' })
  line1!: string | null;

  @Field(() => String, { nullable: true, description: 'Building, floor or suite; at most 120 characters.' })
  line2!: string | null;

  @Field(() => String, { nullable: true, description: 'City; at most 120 characters.' })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'State or province; at most 120 characters.' })
  region!: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code; at most 20 characters.' })
  postalCode!: string | null;

  @Field(() => String, { nullable: true, description: 'Country by ISO 3166-1, such as "IN".' })
  countryCode!: string | null;
}

/** From when to when an outlet is open, as clients see it. */
@ObjectType({ description: 'From when to when an outlet is open, at its own clock.' })
export class OpenInterval {
  @Field(() => LocalTime, { description: 'When it opens.' })
  opensAt!: string;

  @Field(() => LocalTime, { description: 'When it closes; a time at or before `opensAt` is on the following day.' })
  closesAt!: string;
}

/** The hours of one day of the week, as clients see them. */
@ObjectType({ description: 'The hours of one day of the week.' })
export class WeekdayHours {
  @Field(() => Weekdays, { description: 'Which day.' })
  weekday!: Weekday;

  @Field(() => [OpenInterval], {
    description: 'At most 6 intervals in which it is open; an empty list means that it is closed all day.',
  })
  intervals!: OpenInterval[];
}

/** A day of the calendar with hours of its own, as clients see it. */
@ObjectType({ description: 'A day of the calendar that has hours of its own, such as a holiday.' })
export class SpecialDay {
  @Field(() => LocalDate, { description: 'Which day.' })
  date!: string;

  @Field(() => String, { description: 'What guests are told; at most 60 characters.' })
  name!: string;

  @Field(() => [OpenInterval], {
    description: 'At most 6 intervals in which it is open; an empty list means that it is closed all day.',
  })
  intervals!: OpenInterval[];
}

/** A tax on what an outlet sells, as clients see it. */
@ObjectType({ description: 'A tax on what an outlet sells.' })
export class TaxRule {
  @Field(() => String, { description: 'Name on receipts; at most 60 characters.' })
  name!: string;

  @Field(() => Decimal, { description: 'Percentage of the price, such as "8.875".' })
  ratePercent!: string;

  @Field(() => Boolean, { description: 'Whether prices have it in them already.' })
  isInclusive!: boolean;

  @Field(() => [FulfilmentTypes], { description: 'For which orders; all where none is named.' })
  fulfilmentTypes!: FulfilmentType[];

  @Field(() => [String], { description: 'For dishes of which tax categories; all where none is named.' })
  categories!: string[];

  @Field(() => LocalDate, { nullable: true, description: 'First business day it is taken on; null is always.' })
  validFrom!: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last business day it is taken on; null is without end.' })
  validTo!: string | null;
}

/** A charge that an outlet adds to orders, as clients see it. */
@ObjectType({ description: 'A charge that an outlet adds to orders by itself.' })
export class ServiceCharge {
  @Field(() => String, { description: 'Name on receipts; at most 60 characters.' })
  name!: string;

  @Field(() => Decimal, { description: 'Percentage of what was ordered, such as "10".' })
  ratePercent!: string;

  @Field(() => Boolean, { description: 'Whether taxes are taken on it.' })
  isTaxable!: boolean;

  @Field(() => [FulfilmentTypes], { description: 'For which orders; all where none is named.' })
  fulfilmentTypes!: FulfilmentType[];

  @Field(() => Int, { description: 'For parties of at least so many.' })
  minimumCovers!: number;
}

/** How an outlet works, as clients see it. */
@ObjectType({ description: 'How an outlet works.' })
export class OutletSettings {
  @Field(() => Boolean, { description: "Whether guests' orders go to the kitchen without anybody accepting them." })
  isAutoAccepting!: boolean;

  @Field(() => Boolean, { description: "Whether guests' orders wait until they are paid." })
  isPrepaymentRequired!: boolean;

  @Field(() => String, { description: 'Put before the numbers of its orders; empty for nothing.' })
  orderPrefix!: string;

  @Field(() => Boolean, {
    description: 'Whether parties are seated and released; otherwise reservations end by the clock.',
  })
  isSeatingTracked!: boolean;

  @Field(() => Int, { description: 'After how many minutes an unconfirmed reservation expires.' })
  reservationHoldMinutes!: number;

  @Field(() => Int, { description: 'How many minutes guests may be late.' })
  reservationGraceMinutes!: number;

  @Field(() => Int, { description: 'How many days before it expires stock is warned of.' })
  expiryWarningDays!: number;
}
