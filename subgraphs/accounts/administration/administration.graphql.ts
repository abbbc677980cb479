import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { User } from '../user/user.graphql.js';

/** What updateUser needs. */
@InputType({
  description: 'What changes about somebody else; what is absent stays, and null removes what may be missing.',
})
export class UpdateUserInput {
  @Field(() => ID, { description: 'The person.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Full name; at most 120 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Phone number in E.164, at most 15 digits; null removes it.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Name to sign in with; 3 to 40 characters; null removes it.' })
  username?: string | null;

  @Field(() => String, { nullable: true, description: 'Language such as "en-IN"; null removes it.' })
  locale?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may sign in; false ends their sessions at once.' })
  isActive?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'false takes away a second step they have lost and ends their sessions; only they set one up.',
  })
  isTotpEnabled?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "A manager's leave to enrol one device. Whoever gives it needs `devices.manage` where the person works; alone in a call it needs no other permission.",
  })
  isDeviceEnrolmentAllowed?: boolean | null;
}

/** What updateUser answers. */
@ObjectType({ description: 'What came of updateUser.' })
export class UpdateUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The account as it is now.' })
  user?: User | null;
}

/** What deactivateUser needs. */
@InputType({ description: 'Whose account goes out of use.' })
export class DeactivateUserInput {
  @Field(() => ID, { description: 'The person.' })
  id!: string;
}

/** What deactivateUser answers. */
@ObjectType({ description: 'What came of deactivateUser.' })
export class DeactivateUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The account as it is now.' })
  user?: User | null;
}
