import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';
import type { DeviceChallengePurpose } from './device-key.rules.js';
import { statementText } from './device-statement.rules.js';
import { apiOrigin, type AnswerChanges, type TestDevice, type ToldChallenge } from './test-device.fixture.js';

const makers = {
  EDDSA: () => generateKeyPairSync('ed25519'),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2_048 }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES256K: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
  ED448: () => generateKeyPairSync('ed448'),
  RSA1024: () => generateKeyPairSync('rsa', { modulusLength: 1_024 }),
  RSA_EXPONENT_3: () => generateKeyPairSync('rsa', { modulusLength: 2_048, publicExponent: 3 }),
  RSA_PSS: () => generateKeyPairSync('rsa-pss', { modulusLength: 2_048 }),
};

/** Kinds of keys that a device of the tests can make, good ones and others. */
export type NativeAlgorithm = keyof typeof makers;

/** A phone whose app holds a key pair and signs statements. */
export class NativeDevice implements TestDevice {
  readonly kind = 'NATIVE';
  readonly deviceId: string;
  readonly algorithm: NativeAlgorithm;
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo as PEM. */
  readonly publicKey: string;
  readonly keyId: string;
  counter = 0;

  constructor(algorithm: NativeAlgorithm = 'ES256', deviceId: string = randomUUID()) {
    this.deviceId = deviceId;
    this.algorithm = algorithm;
    this.privateKey = makers[algorithm]().privateKey;
    const publicKey = createPublicKey(this.privateKey);
    this.publicKey = String(publicKey.export({ type: 'spki', format: 'pem' }));
    this.keyId = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
  }

  registration(told: ToldChallenge, changes: AnswerChanges = {}): object {
    const { challengeId } = told;
    const { deviceId, kind, publicKey } = this;
    return { challengeId, deviceId, kind, publicKey, signature: this.#signed('REGISTER', told, changes) };
  }

  login(told: ToldChallenge, changes: AnswerChanges = {}): object {
    const { challengeId } = told;
    return { challengeId, deviceId: this.deviceId, challengeResponse: this.#signed('LOGIN', told, changes) };
  }

  sign(data: Buffer): Buffer {
    if (this.algorithm.startsWith('ED')) return sign(null, data, this.privateKey);
    if (!this.algorithm.startsWith('PS')) return sign('sha256', data, this.privateKey);
    const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    return sign('sha256', data, { key: this.privateKey, ...padding });
  }

  #signed(
    purpose: DeviceChallengePurpose,
    { challenge }: ToldChallenge,
    { signedBy = this, signature = (bytes) => bytes, ...changes }: AnswerChanges,
  ) {
    this.counter = changes.counter ?? this.counter + 1;
    const { deviceId, keyId, counter } = this;
    const right = { purpose, origin: apiOrigin, challenge, deviceId, keyId, counter, isUserVerified: true };
    const statement = statementText({ ...right, ...changes });
    return { statement, signature: signature(signedBy.sign(Buffer.from(statement))).toString('base64') };
  }
}
