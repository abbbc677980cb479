import { resealed, sealedTable } from '../../../platform/crypto/sealed-table.js';
import type { Vault } from '../../../platform/crypto/vault.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { EmailChangeEntity } from './email-change.entity.js';

const EMAIL = 'email-change.email';

/** A wanted address as it is stored: sealed, and the key it is compared by. */
export function sealWanted(vault: Vault, email: string): Pick<EmailChangeEntity, 'email' | 'emailKey'> {
  return { email: vault.seal(email, EMAIL), emailKey: wantedKeyOf(vault, email) };
}

/** The blind index of a wanted address. */
export function wantedKeyOf(vault: Vault, email: string): string {
  return vault.index(comparisonKey(email), EMAIL);
}

/** A wanted address, to show to its person or to write to. */
export function wantedOf(vault: Vault, change: Pick<EmailChangeEntity, 'email'>): string {
  return vault.read(change.email, EMAIL);
}

/** Addresses that people want. */
export const sealedEmailChanges = sealedTable({
  name: 'email_change',
  entity: EmailChangeEntity,
  key: 'userId',
  reseal: (vault, change) => resealed(vault, change, { column: 'email', place: EMAIL }),
});
