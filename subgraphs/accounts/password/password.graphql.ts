import { Field, InputType, ObjectType } from 'type-graphql';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { passwordRule } from '../user/user.rules.js';

/** What requestPasswordReset needs. */
@InputType({ description: 'Whose password is forgotten.' })
export class RequestPasswordResetInput {
  @Field(() => EmailAddress, { description: 'Address they sign in with.' })
  email!: string;
}

/** What requestPasswordReset answers. */
@ObjectType({ description: 'What came of requestPasswordReset.' })
export class RequestPasswordResetPayload extends Payload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a mail is on its way, if anybody has the address; whether anybody has is not told.',
  })
  isRequested?: boolean | null;
}

/** What confirmPasswordReset needs. */
@InputType({ description: 'The proof from the mail, and the new password.' })
export class ConfirmPasswordResetInput {
  @Field(() => String, { description: 'What stands behind "#token=" in the link; good once, for half an hour.' })
  token!: string;

  @Field(() => String, { description: `The password to have, another than before: ${passwordRule}.` })
  newPassword!: string;
}

/** What confirmPasswordReset answers. */
@ObjectType({ description: 'What came of confirmPasswordReset.' })
export class ConfirmPasswordResetPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether the new password is good for signing in.' })
  isPasswordChanged?: boolean | null;
}

/** What changePassword needs. */
@InputType({ description: 'The password one has, and the one to have.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password that is good now.' })
  currentPassword!: string;

  @Field(() => String, { description: `The password to have, another than the current one: ${passwordRule}.` })
  newPassword!: string;
}

/** What changePassword answers. */
@ObjectType({ description: 'What came of changePassword.' })
export class ChangePasswordPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether the new password is good for signing in.' })
  isPasswordChanged?: boolean | null;
}
