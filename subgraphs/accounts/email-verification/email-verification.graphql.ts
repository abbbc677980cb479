import { Field, InputType, ObjectType } from 'type-graphql';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import { Payload } from '../../../platform/graphql/shared-types.js';

/** What requestEmailVerification needs. */
@InputType({ description: 'Which address is to be verified.' })
export class RequestEmailVerificationInput {
  @Field(() => EmailAddress, {
    description: 'The own address or the one that is pending, as the client shows it; no other is accepted.',
  })
  email!: string;
}

/** What requestEmailVerification answers. */
@ObjectType({ description: 'What came of requestEmailVerification.' })
export class RequestEmailVerificationPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether a mail is on its way.' })
  isRequested?: boolean | null;
}

/** What verifyEmail needs. */
@InputType({ description: 'What was mailed: exactly one of the token and the code.' })
export class VerifyEmailInput {
  @Field(() => String, {
    nullable: true,
    description: 'What stands behind "#token=" in the link; good once, for a day, signed in or not.',
  })
  token?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The six digits; good once, for ten minutes and five guesses, for the person who is signed in.',
  })
  code?: string | null;
}

/** What verifyEmail answers. */
@ObjectType({ description: 'What came of verifyEmail.' })
export class VerifyEmailPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether the address is known to be the person’s.' })
  isEmailVerified?: boolean | null;
}
