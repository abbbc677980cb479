import { Field, ID, InputType } from 'type-graphql';
import { DeviceChallengePurposes, DeviceKeyKinds } from './device-key.graphql.js';
import type { DeviceChallengePurpose, DeviceKeyKind } from './device-key.rules.js';

const deviceIdIs = "The app's own id of the device, the same at every call; at most 128 characters.";

/** What deviceChallenge needs. */
@InputType({ description: 'Which device is to sign something, and for what.' })
export class DeviceChallengeInput {
  @Field(() => String, { description: deviceIdIs })
  deviceId!: string;

  @Field(() => DeviceChallengePurposes, { description: 'What the answer is for.' })
  purpose!: DeviceChallengePurpose;
}

/** A statement signed by a native key. */
@InputType({ description: 'What a native key has signed: eight lines of text, as docs/device-keys.md says.' })
export class DeviceSignatureInput {
  @Field(() => String, { description: 'The text that was signed; at most 1,024 characters.' })
  statement!: string;

  @Field(() => String, {
    description: 'Base64 or base64url of the signature over its UTF-8 bytes; of ES256 in DER, of RSA with PSS.',
  })
  signature!: string;
}

/** What an authenticator answers when it has made a passkey. */
@InputType({ description: 'What `navigator.credentials.create` answered, each part in base64url.' })
export class PasskeyAttestationInput {
  @Field(() => String, { description: 'The id of the credential.' })
  credentialId!: string;

  @Field(() => String, { description: '`response.clientDataJSON`.' })
  clientDataJson!: string;

  @Field(() => String, { description: '`response.attestationObject`; ask for attestation "none".' })
  attestationObject!: string;
}

/** What an authenticator answers when it has signed by a passkey. */
@InputType({ description: 'What `navigator.credentials.get` answered, each part in base64url.' })
export class PasskeyAssertionInput {
  @Field(() => String, { description: 'The id of the credential.' })
  credentialId!: string;

  @Field(() => String, { description: '`response.clientDataJSON`.' })
  clientDataJson!: string;

  @Field(() => String, { description: '`response.authenticatorData`.' })
  authenticatorData!: string;

  @Field(() => String, { description: '`response.signature`.' })
  signature!: string;

  @Field(() => String, { nullable: true, description: '`response.userHandle`, where there is one.' })
  userHandle?: string | null;
}

/** What registerDeviceKey needs. */
@InputType({ description: 'The key to register, and what shows that the device holds it.' })
export class RegisterDeviceKeyInput {
  @Field(() => String, {
    description: 'The challenge that is answered, made for REGISTER; it is used up, whatever comes of it.',
  })
  challengeId!: string;

  @Field(() => String, { description: deviceIdIs })
  deviceId!: string;

  @Field(() => DeviceKeyKinds, { description: 'Where the private half lives.' })
  kind!: DeviceKeyKind;

  @Field(() => String, {
    nullable: true,
    description: 'Of a native key: SubjectPublicKeyInfo as PEM or base64; Ed25519, P-256, or RSA of 2048 to 4096 bits.',
  })
  publicKey?: string | null;

  @Field(() => DeviceSignatureInput, { nullable: true, description: 'Of a native key: a statement signed by it.' })
  signature?: DeviceSignatureInput | null;

  @Field(() => PasskeyAttestationInput, { nullable: true, description: 'Of a passkey: what its authenticator said.' })
  passkey?: PasskeyAttestationInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'The password; needed unless the session began by it within the last five minutes.',
  })
  password?: string | null;

  @Field(() => String, { nullable: true, description: 'What to call the device; at most 60 characters.' })
  label?: string | null;
}

/** What loginWithDeviceKey needs. */
@InputType({ description: "A device's answer to its challenge: a signed statement, or a passkey's." })
export class LoginWithDeviceKeyInput {
  @Field(() => String, {
    description: 'The challenge that is answered, made for LOGIN; it is used up, whatever comes of it.',
  })
  challengeId!: string;

  @Field(() => String, { description: deviceIdIs })
  deviceId!: string;

  @Field(() => DeviceSignatureInput, { nullable: true, description: 'Of a native key: a statement signed by it.' })
  challengeResponse?: DeviceSignatureInput | null;

  @Field(() => PasskeyAssertionInput, { nullable: true, description: 'Of a passkey: what its authenticator said.' })
  passkey?: PasskeyAssertionInput | null;
}

/** What revokeDeviceKey needs. */
@InputType({ description: 'Which key ends.' })
export class RevokeDeviceKeyInput {
  @Field(() => ID, { description: 'The key.' })
  id!: string;
}
