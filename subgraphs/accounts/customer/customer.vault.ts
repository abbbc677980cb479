import { readIfAny, sealIfAny, type Vault } from '../../../platform/crypto/vault.js';
import { resealed, sealedTable } from '../../../platform/crypto/sealed-table.js';
import { CustomerProfileEntity } from './customer.entity.js';
import type { Allergen, DeliveryAddress, Diet } from './customer.rules.js';

/** What is sealed in a customer profile, and what lies within. */
export interface CustomerSecrets {
  readonly deliveryAddresses: readonly DeliveryAddress[];
  readonly diets: readonly Diet[];
  readonly allergens: readonly Allergen[];
  readonly dietaryNote: string | null;
}

/** The columns that are sealed. */
export const sealedCustomerColumns = ['deliveryAddresses', 'diets', 'allergens', 'dietaryNote'] as const;
export type SealedCustomerColumn = (typeof sealedCustomerColumns)[number];

const empty: CustomerSecrets = { deliveryAddresses: [], diets: [], allergens: [], dietaryNote: null };

/** What lies within a sealed column; nothing where nothing has been told. */
export function openCustomer<Column extends SealedCustomerColumn>(
  vault: Vault,
  profile: CustomerProfileEntity,
  column: Column,
): CustomerSecrets[Column] {
  const text = readIfAny(vault, profile[column], placeOf(column));
  // What sealCustomer wrote, and nobody else can have written.
  return text === null ? empty[column] : JSON.parse(text);
}

/** Puts values into their sealed columns, absent ones left as they are; the same values again change nothing. */
export function sealCustomer(vault: Vault, profile: CustomerProfileEntity, secrets: Partial<CustomerSecrets>): void {
  for (const column of sealedCustomerColumns) {
    const value = secrets[column];
    if (value === undefined) continue;
    const text = JSON.stringify(value);
    if (JSON.stringify(openCustomer(vault, profile, column)) === text) continue;
    profile[column] = sealIfAny(vault, text === JSON.stringify(empty[column]) ? null : text, placeOf(column));
  }
}

/** The place a column's values are bound to. */
function placeOf(column: SealedCustomerColumn): string {
  return `customer.${column}`;
}

/** What is sealed of guests. */
export const sealedCustomers = sealedTable({
  name: 'customer_profile',
  entity: CustomerProfileEntity,
  key: 'id',
  reseal: (vault, profile) =>
    Object.assign(
      {},
      ...sealedCustomerColumns.map((column) => resealed(vault, profile, { column, place: placeOf(column) })),
    ),
});
