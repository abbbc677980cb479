import { createHash } from 'node:crypto';
import { optionalText, requireText } from '../../../platform/domain/text.js';
import { plusMs } from '../../../platform/process/clock.js';

/** Where a key lives: in the app's own key store, or with a WebAuthn authenticator. */
export const deviceKeyKinds = ['NATIVE', 'PASSKEY'] as const;
export type DeviceKeyKind = (typeof deviceKeyKinds)[number];

/** Ed25519; ECDSA P-256 with SHA-256; RSA-PSS with SHA-256; RSA PKCS #1 v1.5 with SHA-256, for passkeys only. */
export const deviceKeyAlgorithms = ['EDDSA', 'ES256', 'PS256', 'RS256'] as const;
export type DeviceKeyAlgorithm = (typeof deviceKeyAlgorithms)[number];

/** What a challenge may be answered for; an answer for one purpose is none for the other. */
export const deviceChallengePurposes = ['LOGIN', 'REGISTER'] as const;
export type DeviceChallengePurpose = (typeof deviceChallengePurposes)[number];

/** How long a challenge can be answered. */
export const challengeLifetimeMs = 3 * 60_000;

/** How many good keys one person may have. */
export const keysPerPerson = 10;

/** ACC-21: for how long a device signs in without the password. */
export const passwordPeriodMs = 30 * 86_400_000;

/** For how long after a sign-in by password a device can be enrolled without giving it again. */
export const freshPasswordMs = 5 * 60_000;

/** RSA keys below are weak; those above cost too much to check. */
export const rsaBits = { least: 2_048, most: 4_096 } as const;

/** What an app calls its device: 1 to 128 characters, the same at every call; a random UUID serves best. */
export function requireDeviceId(deviceId: string): string {
  return requireText(deviceId, { field: ['deviceId'], maximum: 128 });
}

/** What a person calls a device; null if they gave no name. */
export function readLabel(label: string | null | undefined): string | null {
  return optionalText(label, { field: ['label'], maximum: 60 });
}

/** SHA-256 in hex: how challenges are kept and credentials are found. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether a counter shows that no copy of the key has signed since. Passkeys that live on several devices count nothing and always say zero. */
export function isCounterAhead(kind: DeviceKeyKind, { stored, shown }: { stored: number; shown: number }): boolean {
  return shown > stored || (kind === 'PASSKEY' && stored === 0 && shown === 0);
}

/** When a device needs the password again; null where it needs it now. */
export function passwordDueAt(passwordProvenAt: Date | null, now: Date): Date | null {
  const dueAt = passwordProvenAt && plusMs(passwordProvenAt, passwordPeriodMs);
  return dueAt && dueAt > now ? dueAt : null;
}
