import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { RoleCodes } from '../role/role.graphql.js';
import type { RoleCode } from '../role/role.templates.js';

/** A membership as clients see it. */
@ObjectType({
  description: 'That a person holds a role at a place. Readable by them and by those who may see people there.',
})
export class Membership {
  @Field(() => ID, { description: 'Identifier, such as "mem_01J…".' })
  id!: string;
}

/** What assignRole needs. */
@InputType({
  description:
    'Who gets which role where, or what a role held there adds and leaves out. Nobody hands out what they do not hold there, to themselves, or to somebody who holds more. Whoever is a guest at most gets more only once their address is verified, and enrols their devices anew.',
})
export class AssignRoleInput {
  @Field(() => ID, { description: 'The person.' })
  userId!: string;

  @Field(() => RoleCodes, { nullable: true, description: 'The template; either this or `roleId`.' })
  role?: RoleCode | null;

  @Field(() => ID, { nullable: true, description: "A role of the brand's own; either this or `role`." })
  roleId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The brand it is held in; the whole installation if absent, for those who hold theirs there.',
  })
  brandId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The outlet it is held in; every outlet of the brand if absent.' })
  outletId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs they are to have there besides the role's; what is absent stays, an empty list clears.",
  })
  addedPermissions?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Slugs of the role they are not to have there, none of which is added; not "all". What is absent stays, an empty list clears.',
  })
  removedPermissions?: string[] | null;
}

/** What assignRole answers. */
@ObjectType({ description: 'What came of assignRole.' })
export class AssignRolePayload extends Payload {
  @Field(() => Membership, { nullable: true, description: 'The membership made or changed.' })
  membership?: Membership | null;
}

/** What revokeRole needs. */
@InputType({ description: 'Which membership ends.' })
export class RevokeRoleInput {
  @Field(() => ID, { description: 'The membership.' })
  membershipId!: string;
}

/** What revokeRole answers. */
@ObjectType({ description: 'What came of revokeRole.' })
export class RevokeRolePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The membership that ended.' })
  membershipId?: string | null;
}
