import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { RoleCodes } from '../role/role.graphql.js';
import type { RoleCode } from '../role/role.templates.js';

/** What a person tells about themselves. */
@ObjectType({ description: 'What a person tells about themselves. Readable by them and by those who may see people.' })
export class UserProfile {
  @Field(() => String, { description: 'Full name; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Phone number in E.164, at most 15 digits.' })
  phone!: string | null;
}

/** A person as clients see them. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A person who can sign in. Readable by them and by those who may see people of their brand.',
})
export class User {
  @Field(() => ID, { description: 'Identifier, such as "usr_01J…".' })
  id!: string;

  @Field(() => EmailAddress, { description: 'Address they sign in with.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'Name they sign in with, where they chose one.' })
  username!: string | null;

  @Field(() => Boolean, { description: 'Whether they may sign in.' })
  isActive!: boolean;
}

export const UserConnection = connectionOf('User', () => User);

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

  @Field(() => String, { description: 'At least 12 characters.' })
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

  @Field(() => String, { description: 'First password; at least 12 characters.' })
  password!: string;

  @Field(() => RoleCodes, { description: 'Role they get; nobody hands out what they do not hold.' })
  role!: RoleCode;

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
