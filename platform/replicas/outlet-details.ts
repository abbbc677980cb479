/** Days of the week as opening hours name them. */
export const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type Weekday = (typeof weekdays)[number];

/** Ways a guest gets an order, as taxes and charges tell them apart. */
export const fulfilmentTypes = ['DINE_IN', 'PICKUP', 'DELIVERY'] as const;
export type FulfilmentType = (typeof fulfilmentTypes)[number];

/** Where an outlet is; a part that is not told is null. */
export interface OutletAddress {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1, two letters. */
  readonly countryCode: string | null;
}

/** From when to when an outlet is open, in local times such as "18:30"; one that closes at or before it opens closes on the day after. */
export interface OpenInterval {
  readonly opensAt: string;
  readonly closesAt: string;
}

/** The hours of one day of the week; none at all is closed. */
export interface WeekdayHours {
  readonly weekday: Weekday;
  readonly intervals: readonly OpenInterval[];
}

/** A day of the calendar that has hours of its own; none at all is closed. */
export interface SpecialDay {
  readonly date: string;
  readonly name: string;
  readonly intervals: readonly OpenInterval[];
}

/** A tax on what an outlet sells. */
export interface TaxRule {
  readonly name: string;
  /** Millionths of the price: 5 % is 50,000, and a percentage of four decimals is whole. */
  readonly ratePpm: number;
  /** Whether prices have it in them already. */
  readonly isInclusive: boolean;
  /** For which orders; all where none is named. */
  readonly fulfilmentTypes: readonly FulfilmentType[];
  /** For dishes of which tax categories, such as "ALCOHOL"; all where none is named. */
  readonly categories: readonly string[];
  /** First and last business day it is taken on; null is without end. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** A charge that an outlet adds to orders by itself. */
export interface ServiceCharge {
  readonly name: string;
  /** Millionths of what was ordered. */
  readonly ratePpm: number;
  readonly isTaxable: boolean;
  /** For which orders; all where none is named. */
  readonly fulfilmentTypes: readonly FulfilmentType[];
  /** For parties of at least so many. */
  readonly minimumCovers: number;
}

/** How an outlet works. */
export interface OutletSettings {
  /** Whether guests' orders go to the kitchen without anybody accepting them. */
  readonly isAutoAccepting: boolean;
  /** Whether guests' orders wait until they are paid. */
  readonly isPrepaymentRequired: boolean;
  /** Put before the numbers of its orders. */
  readonly orderPrefix: string;
  /** Whether parties are seated and released; otherwise a reservation ends by the clock. */
  readonly isSeatingTracked: boolean;
  readonly reservationHoldMinutes: number;
  readonly reservationGraceMinutes: number;
  /** How long before it expires stock is warned of. */
  readonly expiryWarningDays: number;
}

/** What an outlet is besides its name, currency and clock; kept and told as one value. */
export interface OutletDetails {
  readonly address: OutletAddress | null;
  /** Empty until hours are told: then it is open whenever it trades. */
  readonly openingHours: readonly WeekdayHours[];
  readonly specialDays: readonly SpecialDay[];
  readonly taxRules: readonly TaxRule[];
  readonly serviceCharges: readonly ServiceCharge[];
  readonly settings: OutletSettings;
}

/** The settings of an outlet that was told none. */
export const defaultSettings: OutletSettings = {
  isAutoAccepting: false,
  isPrepaymentRequired: false,
  orderPrefix: '',
  isSeatingTracked: true,
  reservationHoldMinutes: 60,
  reservationGraceMinutes: 15,
  expiryWarningDays: 3,
};

/** The details as they were told, with what older news and older rows do not have. */
export function detailsOf({ details }: { readonly details: Partial<OutletDetails> | null }): OutletDetails {
  return {
    address: details?.address ?? null,
    openingHours: details?.openingHours ?? [],
    specialDays: details?.specialDays ?? [],
    taxRules: details?.taxRules ?? [],
    serviceCharges: details?.serviceCharges ?? [],
    settings: { ...defaultSettings, ...details?.settings },
  };
}
