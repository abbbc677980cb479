import type { DeviceChallengePurpose } from './device-key.rules.js';

/** What a native key signs. */
export interface DeviceStatement {
  readonly purpose: DeviceChallengePurpose;
  /** Origin of the API as the app is configured to call it, such as `https://api.example.com`; never taken from an answer. */
  readonly origin: string;
  readonly challenge: string;
  readonly deviceId: string;
  /** Thumbprint of the key that signs: SHA-256 of its SubjectPublicKeyInfo in DER, base64url. A signature alone does not say whose it is. */
  readonly keyId: string;
  /** Higher than ever before with this key; 1 or more. */
  readonly counter: number;
  /** Whether finger, face or the device's code opened the key for this signature. */
  readonly isUserVerified: boolean;
}

const HEAD = 'TwinEngine device key 1';
const LONGEST = 1_024;
const SHAPE = new RegExp(
  [
    `^${HEAD}`,
    'purpose: (?<purpose>LOGIN|REGISTER)',
    'origin: (?<origin>[!-~]{1,300})',
    'challenge: (?<challenge>[\\w-]{43})',
    'device: (?<deviceId>[^\\n]{1,128})',
    'key: (?<keyId>[\\w-]{43})',
    'counter: (?<counter>[1-9]\\d{0,14})',
    'user-verified: (?<verified>true|false)$',
  ].join('\n'),
  'u',
);

/**
 * The canonical text of a statement, whose UTF-8 bytes are signed. Eight lines in this order, each ended by the next one's
 * beginning: a line feed between two lines and none at the end.
 *
 *     TwinEngine device key 1
 *     purpose: LOGIN
 *     origin: https://api.example.com
 *     challenge: <43 characters of base64url, as deviceChallenge gave them>
 *     device: <the app's own id of the device>
 *     key: <SHA-256 of the public key's SubjectPublicKeyInfo in DER, base64url>
 *     counter: <a whole number, higher at every signature, without leading zeros>
 *     user-verified: true
 */
export function statementText(statement: DeviceStatement): string {
  const { purpose, origin, challenge, deviceId, keyId, counter, isUserVerified } = statement;
  return [
    HEAD,
    `purpose: ${purpose}`,
    `origin: ${origin}`,
    `challenge: ${challenge}`,
    `device: ${deviceId}`,
    `key: ${keyId}`,
    `counter: ${counter}`,
    `user-verified: ${isUserVerified}`,
  ].join('\n');
}

/** The statement in a text; null for every text but a canonical one. */
export function readStatement(text: string): DeviceStatement | null {
  const found = text.length <= LONGEST ? SHAPE.exec(text)?.groups : undefined;
  if (!found) return null;
  const { purpose, origin = '', challenge = '', deviceId = '', keyId = '', counter, verified } = found;
  if (purpose !== 'LOGIN' && purpose !== 'REGISTER') return null;
  return { purpose, origin, challenge, deviceId, keyId, counter: Number(counter), isUserVerified: verified === 'true' };
}
