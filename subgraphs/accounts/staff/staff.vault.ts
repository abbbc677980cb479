import { readIfAny, sealIfAny, type Vault } from '../../../platform/crypto/vault.js';
import { resealed, sealedTable } from '../../../platform/crypto/sealed-table.js';
import { StaffProfileEntity } from './staff.entity.js';

/** What is sealed in a staff profile. */
export const sealedStaffColumns = ['address', 'emergencyContact', 'birthDate'] as const;
export type SealedStaffColumn = (typeof sealedStaffColumns)[number];

/** The text of a sealed column. */
export function openStaff(vault: Vault, profile: StaffProfileEntity, column: SealedStaffColumn): string | null {
  return readIfAny(vault, profile[column], placeOf(column));
}

/** Puts a text into a sealed column; the same text again changes nothing. */
export function sealStaff(
  vault: Vault,
  profile: StaffProfileEntity,
  { column, text }: { column: SealedStaffColumn; text: string | null },
): void {
  if (openStaff(vault, profile, column) !== text) profile[column] = sealIfAny(vault, text, placeOf(column));
}

/** The place a column's values are bound to. */
function placeOf(column: SealedStaffColumn): string {
  return `staff.${column}`;
}

/** What is sealed of people who work for brands. */
export const sealedStaff = sealedTable({
  name: 'staff_profile',
  entity: StaffProfileEntity,
  key: 'id',
  reseal: (vault, profile) =>
    Object.assign(
      {},
      ...sealedStaffColumns.map((column) => resealed(vault, profile, { column, place: placeOf(column) })),
    ),
});
