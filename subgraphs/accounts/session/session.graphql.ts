import { Field, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { User } from '../user/user.graphql.js';

/** What login needs. */
@InputType({ description: 'Who signs in.' })
export class LoginInput {
  @Field(() => String, { description: 'E-mail address or user name.' })
  identifier!: string;

  @Field(() => String, { description: 'The password.' })
  password!: string;
}

/** What login answers. */
@ObjectType({ description: 'What came of login.' })
export class LoginPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'Send it as "Authorization: Bearer …"; good for an hour unless configured otherwise.',
  })
  accessToken?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Exchange it for the next pair; good once, within seven days unless configured otherwise.',
  })
  refreshToken?: string | null;

  @Field(() => User, { nullable: true, description: 'Who is signed in.' })
  user?: User | null;
}

/** What refreshToken needs. */
@InputType({ description: 'The refresh token to exchange.' })
export class RefreshTokenInput {
  @Field(() => String, { description: 'The last refresh token of the session.' })
  refreshToken!: string;
}

/** What refreshToken answers. */
@ObjectType({ description: 'What came of refreshToken.' })
export class RefreshTokenPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The next access token.' })
  accessToken?: string | null;

  @Field(() => String, { nullable: true, description: 'The next refresh token; the one sent is used up.' })
  refreshToken?: string | null;

  @Field(() => User, { nullable: true, description: 'Who is signed in.' })
  user?: User | null;
}

/** What logout needs. */
@InputType({ description: 'The session to end.' })
export class LogoutInput {
  @Field(() => String, { description: 'The last refresh token of the session.' })
  refreshToken!: string;
}

/** What logout answers. */
@ObjectType({ description: 'What came of logout.' })
export class LogoutPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether the session has ended.' })
  isSignedOut?: boolean | null;
}
