import { readIfAny, type Vault } from '../../../platform/crypto/vault.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { resealed, sealedTable } from '../../../platform/crypto/sealed-table.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';

const EMAIL = 'user.email';
const PHONE = 'user.phone';
const NAME = 'user.name';

/** An address as it is stored: sealed, and the key it is found by. */
export function sealEmail(vault: Vault, email: string): Pick<UserEntity, 'email' | 'emailKey'> {
  return { email: vault.seal(email, EMAIL), emailKey: vault.index(comparisonKey(email), EMAIL) };
}

/** Every key an account of the address may have: the blind index, and the plain one of accounts from before. */
export function emailKeysOf(vault: Vault, email: string): readonly string[] {
  const key = comparisonKey(email);
  return [vault.index(key, EMAIL), key];
}

/** A name as it is stored. */
export function sealName(vault: Vault, name: string): string {
  return vault.seal(name, NAME);
}

/** A phone number as it is stored, or that there is none. */
export function sealPhone(vault: Vault, phone: string | null): Pick<UserProfileEntity, 'phone' | 'phoneKey'> {
  if (phone === null) return { phone: null, phoneKey: null };
  return { phone: vault.seal(phone, PHONE), phoneKey: vault.index(phone, PHONE) };
}

/** The blind index of a phone number in E.164. */
export function phoneKeyOf(vault: Vault, phone: string): string {
  return vault.index(phone, PHONE);
}

/** The address of an account, to show or to write to. */
export function emailOf(vault: Vault, user: Pick<UserEntity, 'email'>): string {
  return vault.read(user.email, EMAIL);
}

/** What a person tells about themselves, as they told it. */
export interface OpenProfile {
  readonly userId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly locale: string | null;
}

/** Opens a profile. */
export function openProfile(vault: Vault, { userId, name, phone, locale }: UserProfileEntity): OpenProfile {
  return {
    userId,
    name: vault.read(name, NAME),
    phone: readIfAny(vault, phone, PHONE),
    locale,
  };
}

/** Addresses of accounts, and the keys they are found by. */
export const sealedUsers = sealedTable({
  name: 'user_account',
  entity: UserEntity,
  key: 'id',
  reseal: (vault, user) => {
    const fresh = sealEmail(vault, emailOf(vault, user));
    return vault.isCurrent(user.email) && user.emailKey === fresh.emailKey ? {} : fresh;
  },
});

/** Names and phone numbers, and the keys these are found by. */
export const sealedProfiles = sealedTable({
  name: 'user_profile',
  entity: UserProfileEntity,
  key: 'userId',
  reseal: (vault, profile) => {
    const { phone } = openProfile(vault, profile);
    const fresh = sealPhone(vault, phone);
    const isPhoneRight =
      profile.phoneKey === fresh.phoneKey && (profile.phone === null || vault.isCurrent(profile.phone));
    return { ...resealed(vault, profile, { column: 'name', place: NAME }), ...(isPhoneRight ? {} : fresh) };
  },
});
