import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, EmailAddress } from '../../../platform/graphql/scalars.js';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { RoleCodes } from '../role/role.graphql.js';
import type { RoleCode } from '../role/role.templates.js';
import type { DeviceEnrolment } from './user.entity.js';
import { passwordRule } from './user.rules.js';

/** What a person tells about themselves. */
@ObjectType({ description: 'What a person tells about themselves. Readable by them and by those who may see people.' })
export class UserProfile {
  @Field(() => String, { description: 'Full name; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Phone number in E.164, at most 15 digits.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Language they want to be written to in, such as "en-IN".' })
  locale!: string | null;
}

/** How far somebody is with keys of devices, as a GraphQL enum. */
export const DeviceEnrolments = { NONE: 'NONE', ALLOWED: 'ALLOWED', ENROLLED: 'ENROLLED' } as const;
registerEnumType(DeviceEnrolments, {
  name: 'DeviceEnrolment',
  description: 'How far a person is with signing in by a key of their device.',
  valuesConfig: {
    NONE: { description: 'They sign in by other means.' },
    ALLOWED: { description: 'A manager lets them enrol a device.' },
    ENROLLED: { description: 'At least one of their devices holds a key.' },
  },
});

/** Which accounts a list asks for, as a GraphQL enum. */
export const UserStatuses = { ACTIVE: 'ACTIVE', INACTIVE: 'INACTIVE' } as const;
registerEnumType(UserStatuses, {
  name: 'UserStatus',
  description: 'Whether an account can be used.',
  valuesConfig: {
    ACTIVE: { description: 'They may sign in.' },
    INACTIVE: { description: 'The account has been deactivated.' },
  },
});

/** A person as clients see them. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A person who can sign in. Readable by them and by those who may see people of their brand.',
})
export class User {
  @Field(() => ID, { description: 'Identifier, such as "usr_01J…".' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name they sign in with, where they chose one.' })
  username!: string | null;

  @Field(() => Boolean, { description: 'Whether they may sign in.' })
  isActive!: boolean;

  @Field(() => Boolean, { description: 'Whether they have shown that the address is theirs.' })
  isEmailVerified!: boolean;

  @Field(() => Boolean, { description: 'Whether they sign in with a second step.' })
  isTotpEnabled!: boolean;

  @Field(() => DeviceEnrolments, { description: 'How far they are with keys of their devices.' })
  deviceEnrolment!: DeviceEnrolment;

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: Date;
}

export const UserConnection = connectionOf('User', () => User);

/** Which people a list asks for. */
@InputType({ description: 'Which people are wanted; all of what is given must hold.' })
export class UserFilter {
  @Field(() => ID, { nullable: true, description: 'Only those of this brand.' })
  brandId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only those of this outlet: by a role there, or in its whole brand.',
  })
  outletId?: string | null;

  @Field(() => RoleCodes, { nullable: true, description: 'Only those who hold this role.' })
  role?: RoleCode | null;

  @Field(() => UserStatuses, { nullable: true, description: 'Only accounts in use, or only those out of use.' })
  status?: 'ACTIVE' | 'INACTIVE' | null;

  @Field(() => String, {
    nullable: true,
    description: 'An exact e-mail address, phone number in E.164 or user name: these are stored sealed.',
  })
  text?: string | null;
}

/** What register needs. */
@InputType({ description: 'Who the account is for.' })
export class RegisterInput {
  @Field(() => EmailAddress, { description: 'Address to sign in with; one account each.' })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name to sign in with; 3 to 40 letters, digits, dots, dashes or underscores.',
  })
  username?: string | null;

  @Field(() => String, { description: 'Full name; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Phone number in E.164, at most 15 digits.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Language to write to them in, such as "en-IN".' })
  locale?: string | null;

  @Field(() => String, { description: `Password to sign in with: ${passwordRule}.` })
  password!: string;

  @Field(() => ID, { nullable: true, description: 'Brand to become a customer of.' })
  brandId?: string | null;
}

/** What register answers. */
@ObjectType({ description: 'What came of register.' })
export class RegisterPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The new account.' })
  user?: User | null;
}

/** What createUser needs. */
@InputType({ description: 'Who the account is for, and the role they get.' })
export class CreateUserInput {
  @Field(() => EmailAddress, { description: 'Address to sign in with; one account each.' })
  email!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name to sign in with; 3 to 40 letters, digits, dots, dashes or underscores.',
  })
  username?: string | null;

  @Field(() => String, { description: 'Full name; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Phone number in E.164, at most 15 digits.' })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `First password: ${passwordRule}. If absent they are mailed a link by which they choose one, good for a day.`,
  })
  password?: string | null;

  @Field(() => RoleCodes, {
    nullable: true,
    description: 'The template they get, either this or `roleId`; nobody hands out what they do not hold.',
  })
  role?: RoleCode | null;

  @Field(() => ID, { nullable: true, description: "A role of the brand's own they get; either this or `role`." })
  roleId?: string | null;

  @Field(() => ID, { description: 'Brand the role is held in.' })
  brandId!: string;

  @Field(() => ID, { nullable: true, description: 'Outlet the role is held in; every outlet of the brand if absent.' })
  outletId?: string | null;
}

/** What createUser answers. */
@ObjectType({ description: 'What came of createUser.' })
export class CreateUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The new account.' })
  user?: User | null;
}
