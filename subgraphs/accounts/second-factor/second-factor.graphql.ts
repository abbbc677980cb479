import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { ChallengeOfLogin } from '../abuse/challenge.graphql.js';
import { User } from '../user/user.graphql.js';

/** What enableTotp needs. */
@InputType({ description: 'Who sets up a second step.' })
export class EnableTotpInput {
  @Field(() => String, { description: 'The own password, entered anew.' })
  password!: string;
}

/** What enableTotp answers. */
@ObjectType({ description: 'What came of enableTotp: what an authenticator app needs, told once.' })
export class EnableTotpPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The secret in base32, for typing it into an app.' })
  secret?: string | null;

  @Field(() => String, { nullable: true, description: 'The same as "otpauth://totp/…", for a QR code.' })
  otpauthUri?: string | null;
}

/** What confirmTotp needs. */
@InputType({ description: 'The proof that the app knows the secret.' })
export class ConfirmTotpInput {
  @Field(() => String, {
    description: 'The six digits the app shows now; within fifteen minutes of enableTotp.',
  })
  code!: string;
}

/** What confirmTotp answers. */
@ObjectType({ description: 'What came of confirmTotp.' })
export class ConfirmTotpPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The own account as it is now.' })
  user?: User | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Ten codes for the day the app is lost, each good once; told now and never again.',
  })
  recoveryCodes?: readonly string[] | null;
}

/** What disableTotp needs. */
@InputType({ description: 'The proof of both steps.' })
export class DisableTotpInput {
  @Field(() => String, { description: 'The own password, entered anew.' })
  password!: string;

  @Field(() => String, { description: 'The six digits the app shows now, or a recovery code.' })
  code!: string;
}

/** What disableTotp answers. */
@ObjectType({ description: 'What came of disableTotp.' })
export class DisableTotpPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The own account as it is now.' })
  user?: User | null;
}

/** What loginWithSecondFactor needs. */
@InputType({ description: 'The second of two steps.' })
export class LoginWithSecondFactorInput {
  @Field(() => String, {
    description: 'What the first step was answered with; good for five minutes and at most five codes.',
  })
  secondFactorToken!: string;

  @Field(() => String, { description: 'The six digits the app shows now, or a recovery code.' })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Solution of the challenge an earlier attempt was answered with.',
  })
  challengeResponse?: string | null;
}

/** What loginWithSecondFactor answers. */
@ObjectType({ description: 'What came of loginWithSecondFactor.' })
export class LoginWithSecondFactorPayload extends Payload {
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

  @Field(() => User, { nullable: true, description: 'Who is signed in.' })
  user?: User | null;

  @Field(() => Int, { nullable: true, description: 'How many recovery codes have not been used.' })
  recoveryCodesLeft?: number | null;

  @Field(() => ChallengeOfLogin, { nullable: true, description: 'What to solve first, after repeated failures.' })
  challenge?: ChallengeOfLogin | null;
}
