import { Field, InputType, ObjectType } from 'type-graphql';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { User } from '../user/user.graphql.js';

/** What another address needs. */
@InputType({
  description:
    'Another address to sign in with. It is `pendingEmail` until verifyEmail has been given the token that is mailed to it; the present address takes that back.',
})
export class EmailChangeInput {
  @Field(() => EmailAddress, { description: 'The address; one account each.' })
  email!: string;

  @Field(() => String, { description: 'The own password, entered anew.' })
  currentPassword!: string;
}

/** What updateMe needs. */
@InputType({ description: 'What changes about oneself; what is absent stays, and null removes what may be missing.' })
export class UpdateMeInput {
  @Field(() => String, { nullable: true, description: 'Full name; at most 120 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Phone number in E.164, at most 15 digits; null removes it.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Name to sign in with; 3 to 40 characters; null removes it.' })
  username?: string | null;

  @Field(() => String, { nullable: true, description: 'Language such as "en-IN"; null removes it.' })
  locale?: string | null;

  @Field(() => EmailChangeInput, { nullable: true, description: 'Another address to sign in with.' })
  emailChange?: EmailChangeInput | null;
}

/** What updateMe answers. */
@ObjectType({ description: 'What came of updateMe.' })
export class UpdateMePayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The own account as it is now.' })
  user?: User | null;
}
