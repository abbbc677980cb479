import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { User } from '../user/user.graphql.js';

/** What loginWithGoogle needs. */
@InputType({ description: 'What Google gave the app: an ID token or an authorization code, exactly one of them.' })
export class LoginWithGoogleInput {
  @Field(() => String, { nullable: true, description: 'An ID token for this product; good for an hour.' })
  idToken?: string | null;

  @Field(() => String, { nullable: true, description: 'An authorization code for this product; good once.' })
  authorizationCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the code was sent, exactly as Google was asked; needed with a code.',
  })
  redirectUri?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The secret of PKCE, where the code was asked for with a code challenge.',
  })
  codeVerifier?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The nonce Google was asked with; where it is given, the ID token must have the same.',
  })
  nonce?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Binds the session to this device: refreshToken then needs it too; at most 128 characters.',
  })
  deviceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Brand whose customer a new person becomes.' })
  brandId?: string | null;
}

/** What loginWithGoogle answers. */
@ObjectType({ description: 'What came of loginWithGoogle.' })
export class LoginWithGooglePayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'Proves who is asking, for an hour; null unless the sign-in is complete.',
  })
  accessToken?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Good once, for the next pair of tokens; null unless the sign-in is complete.',
  })
  refreshToken?: string | null;

  @Field(() => User, { nullable: true, description: 'Who is signed in; null until the second step is done.' })
  user?: User | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Given instead of the others to people with a second step: send it to loginWithSecondFactor with a code.',
  })
  secondFactorToken?: string | null;
}
