import {
  detailsOf,
  type OutletAddress,
  type OutletDetails,
  type SpecialDay,
} from '../../../platform/replicas/outlet-details.js';
import { requireOpeningHours, requireSpecialDays, type StatedWeekday } from './outlet-hours.rules.js';
import {
  changedSettings,
  requireAddress,
  requireServiceCharges,
  requireTaxRules,
  type StatedServiceCharge,
  type StatedSettings,
  type StatedTaxRule,
} from './outlet-terms.rules.js';

/** Details to change: a list replaces the one before, and what is absent stays. */
export interface StatedDetails {
  readonly address?: Partial<OutletAddress> | null;
  readonly openingHours?: readonly StatedWeekday[] | null;
  readonly specialDays?: readonly SpecialDay[] | null;
  readonly taxRules?: readonly StatedTaxRule[] | null;
  readonly serviceCharges?: readonly StatedServiceCharge[] | null;
  readonly settings?: StatedSettings | null;
}

/** The details after a change, only what was ever stated; throws BadUserInput naming the field. */
export function changedDetails(
  known: Partial<OutletDetails> | null,
  stated: StatedDetails,
): Partial<OutletDetails> | null {
  const { settings } = detailsOf({ details: known });
  const changed = {
    ...(stated.address && { address: requireAddress(stated.address) }),
    ...(stated.openingHours && { openingHours: requireOpeningHours(stated.openingHours) }),
    ...(stated.specialDays && { specialDays: requireSpecialDays(stated.specialDays) }),
    ...(stated.taxRules && { taxRules: requireTaxRules(stated.taxRules) }),
    ...(stated.serviceCharges && { serviceCharges: requireServiceCharges(stated.serviceCharges) }),
    ...(stated.settings && { settings: changedSettings(settings, stated.settings) }),
  };
  return Object.keys(changed).length > 0 ? { ...known, ...changed } : known;
}
