import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { connectionOf } from '../../../platform/graphql/shared-types.js';
import {
  deviceChallengePurposes,
  deviceKeyAlgorithms,
  deviceKeyKinds,
  type DeviceKeyAlgorithm,
  type DeviceKeyKind,
} from './device-key.rules.js';

/** Where a key lives, as a GraphQL enum. */
export const DeviceKeyKinds = Object.fromEntries(deviceKeyKinds.map((kind) => [kind, kind]));
registerEnumType(DeviceKeyKinds, {
  name: 'DeviceKeyKind',
  description: 'Where the private half of a key lives.',
  valuesConfig: {
    NATIVE: { description: "In the key store of the app's device, opened by finger, face or code." },
    PASSKEY: { description: 'With a WebAuthn authenticator.' },
  },
});

const DeviceKeyAlgorithms = Object.fromEntries(deviceKeyAlgorithms.map((algorithm) => [algorithm, algorithm]));
registerEnumType(DeviceKeyAlgorithms, {
  name: 'DeviceKeyAlgorithm',
  description: 'How the signatures of a key are checked; the key alone decides it.',
  valuesConfig: {
    EDDSA: { description: 'Ed25519.' },
    ES256: { description: 'ECDSA over P-256 with SHA-256.' },
    PS256: { description: 'RSA-PSS with SHA-256 and a salt of 32 bytes; native keys only.' },
    RS256: { description: 'RSA PKCS #1 v1.5 with SHA-256; passkeys only.' },
  },
});

/** What a challenge is for, as a GraphQL enum. */
export const DeviceChallengePurposes = Object.fromEntries(deviceChallengePurposes.map((purpose) => [purpose, purpose]));
registerEnumType(DeviceChallengePurposes, {
  name: 'DeviceChallengePurpose',
  description: 'What a challenge may be answered for; an answer for one purpose is none for the other.',
  valuesConfig: {
    LOGIN: { description: 'Signing in.' },
    REGISTER: { description: 'Registering a key, by somebody who is signed in.' },
  },
});

/** A key of a device as clients see it. */
@ObjectType({
  description:
    'The public half of a key in a device that somebody signs in by; no finger, face or template of one is ever kept. Readable by them and by who manages their devices.',
})
export class BiometricCredential {
  @Field(() => ID, { description: 'Identifier, such as "dvk_01J…".' })
  id!: string;

  @Field(() => DeviceKeyKinds, { description: 'Where the private half lives.' })
  kind!: DeviceKeyKind;

  @Field(() => DeviceKeyAlgorithms, { description: 'How its signatures are checked.' })
  algorithm!: DeviceKeyAlgorithm;

  @Field(() => String, { nullable: true, description: 'What the person calls the device; at most 60 characters.' })
  label!: string | null;

  @Field(() => DateTime, { description: 'When it was registered.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When somebody last signed in by it.' })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null while it is good.' })
  revokedAt!: Date | null;
}

export const BiometricCredentialConnection = connectionOf('BiometricCredential', () => BiometricCredential);
