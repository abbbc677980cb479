import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { BadUserInput } from '../../../platform/domain/errors.js';
import { rsaBits, sha256Hex, type DeviceChallengePurpose, type DeviceKeyAlgorithm } from './device-key.rules.js';
import { readStatement } from './device-statement.rules.js';

/** A public key of an app's own key store, with the one algorithm it is used with. */
export interface NativeKey {
  readonly algorithm: DeviceKeyAlgorithm;
  /** SubjectPublicKeyInfo in DER, base64. */
  readonly publicKey: string;
  /** Its thumbprint: SHA-256 of that DER, base64url. */
  readonly credentialId: string;
}

/** A statement and its signature, as a device sends them. */
export interface SignedStatement {
  readonly statement: string;
  /** Base64 or base64url. */
  readonly signature: string;
}

/** What a statement must say to be believed. */
export interface ExpectedStatement {
  readonly purpose: DeviceChallengePurpose;
  readonly origin: string;
  readonly deviceId: string;
  readonly challengeHash: string;
}

const LONGEST_KEY = 4_096;
const LONGEST_SIGNATURE = 1_024;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const leastExponent = 65_537n;

/** Reads a public key, PEM or base64 of its SubjectPublicKeyInfo; throws BadUserInput for one that is none, of a kind not on the list, or weak. */
export function readNativeKey(text: string): NativeKey {
  const key = text.length <= LONGEST_KEY ? parsedKey(text.trim()) : null;
  if (!key) throw unfit('It is not a public key: send SubjectPublicKeyInfo as PEM or base64.');
  const der = key.export({ type: 'spki', format: 'der' });
  return { algorithm: algorithmOf(key), publicKey: der.toString('base64'), credentialId: thumbprint(der) };
}

/** The counter of a statement that says what is expected and is signed by the key; null for every other. */
export function counterProvenBy(key: NativeKey, signed: SignedStatement, expected: ExpectedStatement): number | null {
  const statement = readStatement(signed.statement);
  const isExpected =
    statement !== null &&
    statement.isUserVerified &&
    statement.purpose === expected.purpose &&
    statement.origin === expected.origin &&
    statement.deviceId === expected.deviceId &&
    statement.keyId === key.credentialId &&
    sha256Hex(statement.challenge) === expected.challengeHash;
  return isExpected && isSigned(key, signed) ? statement.counter : null;
}

function parsedKey(text: string): KeyObject | null {
  try {
    if (text.startsWith('-----BEGIN PUBLIC KEY-----')) return createPublicKey({ key: text, format: 'pem' });
    if (!BASE64.test(text)) return null;
    return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  } catch {
    // OpenSSL has a word of its own for every way in which a text is no key.
    return null;
  }
}

// The key alone says how it is used, so no request can ask for a weaker way.
function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): DeviceKeyAlgorithm {
  const { namedCurve, modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'ed25519') return 'EDDSA';
  if (asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return 'ES256';
  if (asymmetricKeyType !== 'rsa') throw unfit('Use Ed25519, P-256 or RSA.');
  if (modulusLength < rsaBits.least || modulusLength > rsaBits.most || publicExponent < leastExponent)
    throw unfit(`An RSA key has ${rsaBits.least} to ${rsaBits.most} bits and an exponent of 65537 or more.`);
  return 'PS256';
}

function isSigned({ algorithm, publicKey }: NativeKey, { statement, signature }: SignedStatement): boolean {
  if (signature.length > LONGEST_SIGNATURE || !BASE64.test(signature)) return false;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const data = Buffer.from(statement, 'utf8');
  const bytes = Buffer.from(signature, 'base64');
  switch (algorithm) {
    case 'EDDSA':
      return verify(null, data, key, bytes);
    case 'ES256':
      // DER, which the key stores of Android and iOS make; not the two bare numbers of IEEE P1363.
      return verify('sha256', data, { key, dsaEncoding: 'der' }, bytes);
    case 'PS256':
      // RFC 7518, 3.5: the salt is as long as the hash.
      return verify('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, bytes);
    default:
      return false;
  }
}

function thumbprint(der: Buffer): string {
  return createHash('sha256').update(der).digest('base64url');
}

function unfit(message: string): BadUserInput {
  return new BadUserInput(message, ['publicKey']);
}
