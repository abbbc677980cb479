import { resealed, sealedTable } from '../../../platform/crypto/sealed-table.js';
import type { Vault } from '../../../platform/crypto/vault.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { recoveryCodeIn, stepOfCode } from './second-factor.rules.js';

const SECRET = 'second-factor.secret';
const RECOVERY_CODE = 'second-factor.recoveryCode';

/** A secret as it is stored. */
export function sealSecret(vault: Vault, secret: string): string {
  return vault.seal(secret, SECRET);
}

/** The secret of somebody's app. */
export function openSecret(vault: Vault, { secret }: Pick<SecondFactorEntity, 'secret'>): string {
  return vault.open(secret, SECRET);
}

/** How the recovery codes of a person are stored. */
export function recoveryKeysOf(vault: Vault, userId: string, codes: readonly string[]): string[] {
  return codes.flatMap((code) => recoveryKeyOf(vault, userId, code) ?? []);
}

/**
 * Uses up a code of the app or a recovery code, under the lock of the person; says whether it was good. A code of the app
 * is good once, and none is after one of a later time step.
 */
export function takeCode(
  vault: Vault,
  factor: SecondFactorEntity,
  { code, now }: { code: string; now: Date },
): boolean {
  const step = stepOfCode(code, { secret: openSecret(vault, factor), now });
  if (step !== null && step > factor.lastStep) {
    factor.lastStep = step;
    return true;
  }
  const key = recoveryKeyOf(vault, factor.userId, code);
  if (key === null || !factor.recoveryKeys.includes(key)) return false;
  factor.recoveryKeys = factor.recoveryKeys.filter((other) => other !== key);
  return true;
}

/** Secrets of authenticator apps. */
export const sealedSecondFactors = sealedTable({
  name: 'second_factor',
  entity: SecondFactorEntity,
  key: 'userId',
  reseal: (vault, factor) => resealed(vault, factor, { column: 'secret', place: SECRET }),
});

function recoveryKeyOf(vault: Vault, userId: string, text: string): string | null {
  const code = recoveryCodeIn(text);
  return code === null ? null : vault.index(`${userId}.${code}`, RECOVERY_CODE);
}
