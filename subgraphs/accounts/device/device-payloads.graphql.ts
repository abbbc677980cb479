import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { User } from '../user/user.graphql.js';
import { BiometricCredential } from './device-key.graphql.js';

/** What deviceChallenge answers. */
@ObjectType({ description: 'What came of deviceChallenge; of the same shape for known and unknown devices.' })
export class DeviceChallengePayload extends Payload {
  @Field(() => String, { nullable: true, description: 'Names the challenge in the answer to it.' })
  challengeId?: string | null;

  @Field(() => String, { nullable: true, description: 'What to sign, once: 256 random bits, base64url.' })
  challenge?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it can be answered: three minutes.' })
  expiresAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'For passkeys: the relying party.' })
  rpId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'For passkeys, base64url: to sign in, `allowCredentials`, four always, some of them made up; to register, `excludeCredentials`.',
  })
  credentialIds?: readonly string[] | null;

  @Field(() => [Int], {
    nullable: true,
    description: "For passkeys: algorithms they may have, best first, as IANA's COSE registry numbers them.",
  })
  algorithms?: readonly number[] | null;

  @Field(() => String, { nullable: true, description: 'For passkeys, to register: `user.id`, base64url.' })
  userHandle?: string | null;
}

/** What registerDeviceKey answers. */
@ObjectType({ description: 'What came of registerDeviceKey.' })
export class RegisterDeviceKeyPayload extends Payload {
  @Field(() => BiometricCredential, { nullable: true, description: 'The new key.' })
  deviceKey?: BiometricCredential | null;
}

/** What loginWithDeviceKey answers. */
@ObjectType({ description: 'What came of loginWithDeviceKey.' })
export class LoginWithDeviceKeyPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'Send it as "Authorization: Bearer …"; good for an hour unless configured otherwise.',
  })
  accessToken?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Exchange it for the next pair, together with the deviceId; good once.',
  })
  refreshToken?: string | null;

  @Field(() => User, { nullable: true, description: 'Who is signed in.' })
  user?: User | null;
}

/** What revokeDeviceKey answers. */
@ObjectType({ description: 'What came of revokeDeviceKey.' })
export class RevokeDeviceKeyPayload extends Payload {
  @Field(() => BiometricCredential, { nullable: true, description: 'The key as it is now.' })
  deviceKey?: BiometricCredential | null;
}
