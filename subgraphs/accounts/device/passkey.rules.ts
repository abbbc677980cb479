import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { cose, decodeAttestationObject, decodeCredentialPublicKey, isoBase64URL } from '@simplewebauthn/server/helpers';
import type { Config } from '../../../platform/process/config.js';
import { rsaBits, sha256Hex, type DeviceKeyAlgorithm } from './device-key.rules.js';

/** What an authenticator answers to `navigator.credentials.create`, each part base64url. */
export interface PasskeyAttestation {
  readonly credentialId: string;
  readonly clientDataJson: string;
  readonly attestationObject: string;
}

/** What an authenticator answers to `navigator.credentials.get`, each part base64url. */
export interface PasskeyAssertion {
  readonly credentialId: string;
  readonly clientDataJson: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string | null;
}

/** Which answers are believed: to this challenge, given to one of these origins, for this relying party. */
export interface ExpectedPasskey {
  readonly challengeHash: string;
  readonly origins: readonly string[];
  readonly rpId: string;
}

/** A passkey that has been read. */
export interface Passkey {
  readonly algorithm: DeviceKeyAlgorithm;
  /** COSE, base64. */
  readonly publicKey: string;
  readonly credentialId: string;
  readonly signCount: number;
}

/** Who passkeys are made for, and which pages may use them. */
export interface RelyingParty extends Pick<ExpectedPasskey, 'origins' | 'rpId'> {
  /** The origin clients call, which native keys sign. */
  readonly apiOrigin: string;
}

const algorithms = new Map<unknown, DeviceKeyAlgorithm>([
  [cose.COSEALG.EdDSA, 'EDDSA'],
  [cose.COSEALG.ES256, 'ES256'],
  [cose.COSEALG.RS256, 'RS256'],
]);

/** What an authenticator may make a passkey with, best first: numbers of IANA's COSE registry. */
export const passkeyAlgorithms: readonly number[] = [cose.COSEALG.EdDSA, cose.COSEALG.ES256, cose.COSEALG.RS256];

// A credential id has at most 1,023 bytes, and all that is sent is far below these.
const longest = {
  credentialId: 1_364,
  clientDataJson: 4_096,
  attestationObject: 8_192,
  publicKey: 1_000,
  other: 2_048,
} as const;

/** The relying party of this installation: the host clients call unless configured otherwise, used from there and from the allowed origins. */
export function relyingPartyOf({ publicUrl, allowedOrigins, passkeyRpId }: Config): RelyingParty {
  const { origin, hostname } = new URL(publicUrl);
  return { apiOrigin: origin, origins: [origin, ...allowedOrigins], rpId: passkeyRpId ?? hostname };
}

/** The passkey that an authenticator has made, its holder verified; null for every answer that is not to be believed. */
export async function readAttestation(shown: PasskeyAttestation, expected: ExpectedPasskey): Promise<Passkey | null> {
  const { credentialId, clientDataJson, attestationObject } = shown;
  const isShort =
    credentialId.length <= longest.credentialId &&
    clientDataJson.length <= longest.clientDataJson &&
    attestationObject.length <= longest.attestationObject;
  if (!isShort) return null;
  const verdict = await orNull(async () => {
    if (!isWithoutCertificate(attestationObject)) return null;
    return verifyRegistrationResponse({
      response: {
        ...publicKeyCredential(credentialId),
        response: { clientDataJSON: clientDataJson, attestationObject },
      },
      ...expectations(expected),
      supportedAlgorithmIDs: [...passkeyAlgorithms],
    });
  });
  if (!verdict?.verified) return null;
  const { id, publicKey, counter } = verdict.registrationInfo.credential;
  const algorithm = await orNull(async () => algorithmOf(publicKey));
  const encoded = Buffer.from(publicKey).toString('base64');
  if (id !== credentialId || algorithm === null || encoded.length > longest.publicKey) return null;
  return { algorithm, publicKey: encoded, credentialId: id, signCount: counter };
}

/** The counter of an answer that the passkey has signed, its holder verified; null for every answer that is not to be believed. */
export async function counterAssertedBy(
  passkey: Passkey & { readonly userId: string },
  shown: PasskeyAssertion,
  expected: ExpectedPasskey,
): Promise<number | null> {
  const { credentialId, clientDataJson, authenticatorData, signature, userHandle } = shown;
  const isShort =
    clientDataJson.length <= longest.clientDataJson &&
    [authenticatorData, signature].every((text) => text.length <= longest.other);
  const isTheirs = !userHandle || userHandle === userHandleOf(passkey.userId);
  if (!isShort || !isTheirs || credentialId !== passkey.credentialId) return null;
  const verdict = await orNull(() =>
    verifyAuthenticationResponse({
      response: {
        ...publicKeyCredential(credentialId),
        response: { clientDataJSON: clientDataJson, authenticatorData, signature },
      },
      ...expectations(expected),
      credential: {
        id: credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64')),
        counter: passkey.signCount,
      },
    }),
  );
  return verdict?.verified ? verdict.authenticationInfo.newCounter : null;
}

/** What an authenticator knows a person by: no name, no address. */
export function userHandleOf(userId: string): string {
  return Buffer.from(userId).toString('base64url');
}

function expectations({ challengeHash, origins, rpId }: ExpectedPasskey) {
  return {
    expectedChallenge: (challenge: string) => sha256Hex(challenge) === challengeHash,
    expectedOrigin: [...origins],
    expectedRPID: rpId,
    requireUserVerification: true,
  };
}

function publicKeyCredential(id: string) {
  return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
}

// The library throws for whatever it does not believe, each time a plain Error.
async function orNull<Verdict>(check: () => Promise<Verdict>): Promise<Verdict | null> {
  try {
    return await check();
  } catch {
    return null;
  }
}

// We ask for attestation "none". Checking a certificate would fetch revocation lists from addresses that its maker chose.
function isWithoutCertificate(attestationObject: string): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const format = attestation.get('fmt');
  return format === 'none' || (format === 'packed' && !attestation.get('attStmt').get('x5c'));
}

// What a key says it is for must be what it is, and an RSA key strong.
function algorithmOf(publicKey: Uint8Array<ArrayBuffer>): DeviceKeyAlgorithm | null {
  const key = decodeCredentialPublicKey(publicKey);
  const algorithm = algorithms.get(key.get(cose.COSEKEYS.alg)) ?? null;
  if (cose.isCOSEPublicKeyOKP(key)) return algorithm === 'EDDSA' ? algorithm : null;
  if (cose.isCOSEPublicKeyEC2(key)) return algorithm === 'ES256' ? algorithm : null;
  if (!cose.isCOSEPublicKeyRSA(key) || algorithm !== 'RS256') return null;
  const bits = (key.get(cose.COSEKEYS.n)?.length ?? 0) * 8;
  const exponent = Buffer.from(key.get(cose.COSEKEYS.e) ?? []).toString('hex');
  return bits >= rsaBits.least && bits <= rsaBits.most && exponent === '010001' ? algorithm : null;
}
