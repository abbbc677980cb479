import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { ChallengeOfLogin } from '../abuse/challenge.graphql.js';
import { User } from '../user/user.graphql.js';
import { tokenFaults, type TokenFault } from './authentication.rules.js';

const TokenFaults = Object.fromEntries(tokenFaults.map((fault) => [fault, fault]));
registerEnumType(TokenFaults, {
  name: 'TokenFault',
  description: 'Why an access token is not good.',
  valuesConfig: {
    TOKEN_EXPIRED: { description: 'It was good until its end: refresh it.' },
    TOKEN_REVOKED: { description: 'Its session was ended before its time: sign in again.' },
    UNKNOWN: { description: 'It is not an access token of this installation.' },
  },
});

/** What verifyToken answers. */
@ObjectType({ description: 'Whether an access token is good at this moment. Readable by whoever has the token.' })
export class TokenVerification {
  @Field(() => Boolean, { description: 'Whether requests with it are accepted.' })
  isActive!: boolean;

  @Field(() => TokenFaults, { nullable: true, description: 'Why they are not; null where they are.' })
  reason!: TokenFault | null;
}

/** What login needs. */
@InputType({ description: 'Who signs in.' })
export class LoginInput {
  @Field(() => String, { description: 'E-mail address or user name.' })
  identifier!: string;

  @Field(() => String, { description: 'The password.' })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Binds the session to this device: refreshToken then needs it too; at most 128 characters.',
  })
  deviceId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Solution of the challenge an earlier attempt was answered with.',
  })
  challengeResponse?: string | null;
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

  @Field(() => User, { nullable: true, description: 'Who is signed in; null until the second step is done.' })
  user?: User | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Given instead of the others to people with a second step: send it to loginWithSecondFactor with a code.',
  })
  secondFactorToken?: string | null;

  @Field(() => ChallengeOfLogin, { nullable: true, description: 'What to solve first, after repeated failures.' })
  challenge?: ChallengeOfLogin | null;
}

/** A bundle of rights for the gateway. */
@Directive('@inaccessible')
@ObjectType({ description: 'Rights at one place, for the gateway.' })
export class AuthenticationGrant {
  @Field(() => String, { description: 'Role they come from.' })
  role!: string;

  @Field(() => ID, { nullable: true, description: 'Brand; null for the installation.' })
  brandId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Outlet; null for every outlet of the brand.' })
  outletId!: string | null;

  @Field(() => [String], { description: 'Permission slugs.' })
  slugs!: readonly string[];
}

/** Who a credential stands for, for the gateway. */
@Directive('@inaccessible')
@ObjectType({ description: 'Who a credential stands for, for the gateway.' })
export class Authentication {
  @Field(() => String, {
    description: 'ACTIVE: good; REVOKED: was good and has been ended; UNKNOWN: never was, or has expired.',
  })
  status!: 'ACTIVE' | 'REVOKED' | 'UNKNOWN';

  @Field(() => String, { description: 'USER or CLIENT.' })
  kind!: string;

  @Field(() => ID, { description: 'User or API client; empty unless the credential is good.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Session, for users.' })
  sessionId!: string | null;

  @Field(() => Int, { description: 'Version of the rights.' })
  version!: number;

  @Field(() => [String], { nullable: true, description: 'The only documents it may run; null for any.' })
  documentIds!: readonly string[] | null;

  @Field(() => [AuthenticationGrant], { description: 'Rights, by place.' })
  grants!: readonly AuthenticationGrant[];
}
