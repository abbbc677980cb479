import { isoCBOR } from '@simplewebauthn/server/helpers';
import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { apiOrigin, rpId, type AnswerChanges, type TestDevice, type ToldChallenge } from './test-device.fixture.js';

const makers = {
  EDDSA: () => generateKeyPairSync('ed25519'),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2_048 }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RSA1024: () => generateKeyPairSync('rsa', { modulusLength: 1_024 }),
};

/** Kinds of keys that an authenticator of the tests can make, good ones and others. */
export type PasskeyAlgorithm = keyof typeof makers;

const numbers: Readonly<Record<PasskeyAlgorithm, number>> = {
  EDDSA: -8,
  ES256: -7,
  RS256: -257,
  ES384: -35,
  RSA1024: -257,
};
const UP = 0x01;
const UV = 0x04;
const AT = 0x40;

/** What an authenticator says of itself instead of nothing. */
export interface Attestation {
  readonly format: string;
  readonly statement: Map<string, unknown>;
}

/** A phone with an authenticator that holds one passkey (WebAuthn 3, chapters 6.1 and 6.5). */
export class PasskeyDevice implements TestDevice {
  readonly kind = 'PASSKEY';
  readonly deviceId: string;
  readonly credentialId = randomBytes(20);
  readonly privateKey: KeyObject;
  readonly algorithm: PasskeyAlgorithm;
  counter = 0;

  constructor(algorithm: PasskeyAlgorithm = 'ES256', deviceId: string = randomUUID()) {
    this.algorithm = algorithm;
    this.deviceId = deviceId;
    this.privateKey = makers[algorithm]().privateKey;
  }

  registration({ challengeId, challenge }: ToldChallenge, changes: AnswerChanges = {}, attestation?: Attestation) {
    const authData = Buffer.concat([this.#authenticatorData(AT, changes), this.#attestedCredential()]);
    const { format, statement } = attestation ?? { format: 'none', statement: new Map() };
    const parts = new Map<string, unknown>([
      ['fmt', format],
      ['attStmt', statement],
      ['authData', new Uint8Array(authData)],
    ]);
    const passkey = {
      credentialId: this.credentialId.toString('base64url'),
      clientDataJson: clientData('webauthn.create', challenge, changes).toString('base64url'),
      attestationObject: cbor(parts).toString('base64url'),
    };
    return { challengeId, deviceId: this.deviceId, kind: this.kind, passkey };
  }

  login({ challengeId, challenge }: ToldChallenge, changes: AnswerChanges = {}): object {
    const { signedBy = this, signature = (bytes) => bytes, userHandle } = changes;
    const authenticatorData = this.#authenticatorData(0, changes);
    const clientDataJson = clientData('webauthn.get', challenge, changes);
    const data = Buffer.concat([authenticatorData, sha256(clientDataJson)]);
    const passkey = {
      credentialId: this.credentialId.toString('base64url'),
      clientDataJson: clientDataJson.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature(signedBy.sign(data)).toString('base64url'),
      ...(userHandle ? { userHandle } : {}),
    };
    return { challengeId, deviceId: this.deviceId, passkey };
  }

  sign(data: Buffer): Buffer {
    return sign(this.algorithm === 'EDDSA' ? null : 'sha256', data, this.privateKey);
  }

  #authenticatorData(flags: number, changes: AnswerChanges): Buffer {
    this.counter = changes.counter ?? this.counter + 1;
    const { isUserVerified = true, isUserPresent = true } = changes;
    const head = Buffer.alloc(5);
    head.writeUInt8(flags | (isUserPresent ? UP : 0) | (isUserVerified ? UV : 0));
    head.writeUInt32BE(this.counter, 1);
    return Buffer.concat([sha256(changes.rpId ?? rpId), head]);
  }

  #attestedCredential(): Buffer {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    return Buffer.concat([Buffer.alloc(16), length, this.credentialId, cbor(this.#coseKey())]);
  }

  #coseKey(): Map<number, unknown> {
    const { kty, x, y, n, e } = this.privateKey.export({ format: 'jwk' });
    const bytes = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? '', 'base64url'));
    const alg: [number, unknown] = [3, numbers[this.algorithm]];
    if (kty === 'OKP') return new Map([[1, 1], alg, [-1, 6], [-2, bytes(x)]]);
    if (kty === 'RSA') return new Map([[1, 3], alg, [-1, bytes(n)], [-2, bytes(e)]]);
    const curve = this.algorithm === 'ES384' ? 2 : 1;
    return new Map([[1, 2], alg, [-1, curve], [-2, bytes(x)], [-3, bytes(y)]]);
  }
}

function clientData(
  type: string,
  told: string,
  { purpose, challenge = told, origin = apiOrigin }: AnswerChanges,
): Buffer {
  const other = purpose === 'LOGIN' ? 'webauthn.get' : 'webauthn.create';
  return Buffer.from(JSON.stringify({ type: purpose ? other : type, challenge, origin, crossOrigin: false }));
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}

// The library's type of what can be encoded is not exported.
function cbor(value: Map<never, unknown> | Map<string, unknown> | Map<number, unknown>): Buffer {
  return Buffer.from(isoCBOR.encode(value as Parameters<typeof isoCBOR.encode>[0]));
}
