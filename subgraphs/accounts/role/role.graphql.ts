import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { roleCodes, type RoleCode } from './role.templates.js';

/** Role codes as a GraphQL enum. */
export const RoleCodes = Object.fromEntries(roleCodes.map((code) => [code, code]));
registerEnumType(RoleCodes, {
  name: 'RoleCode',
  description: 'The roles a person or API client can hold.',
  valuesConfig: {
    CUSTOMER: { description: 'A guest: sees and makes own orders.' },
    STAFF: { description: 'Works in the house: reads floor, orders and stock.' },
    WAITER: { description: 'Seats guests, takes orders and payments.' },
    CHEF: { description: 'Cooks: moves orders through the kitchen, adjusts stock.' },
    MANAGER: { description: 'Runs an outlet: overrides, menu, floor, stock, reports.' },
    ADMIN: { description: 'May do everything at its place.' },
    OWNER: { description: 'Runs a brand: everything a manager may, and people and outlets.' },
    ANALYST: { description: 'Reads figures and requests reports.' },
    INTEGRATOR: { description: 'A program that reads orders and figures.' },
  },
});

/** A role as clients see it. */
@ObjectType({ description: 'A named bundle of permissions. Readable by those who may see people.' })
export class Role {
  @Field(() => RoleCodes, { description: 'Which role.' })
  code!: RoleCode;

  @Field(() => [String], { name: 'permissions', description: 'Slugs of what it allows; "all" stands for everything.' })
  slugs!: readonly string[];
}

/** A membership as clients see it. */
@ObjectType({ description: 'That a person holds a role at a place.' })
export class Membership {
  @Field(() => ID, { description: 'Identifier, such as "mem_01J…".' })
  id!: string;

  @Field(() => RoleCodes, { name: 'role', description: 'Which role is held.' })
  roleCode!: RoleCode;
}

/** What assignRole needs. */
@InputType({ description: 'Who gets which role where.' })
export class AssignRoleInput {
  @Field(() => ID, { description: 'The person.' })
  userId!: string;

  @Field(() => RoleCodes, { description: 'The role.' })
  role!: RoleCode;

  @Field(() => ID, { description: 'The brand it is held in.' })
  brandId!: string;

  @Field(() => ID, { nullable: true, description: 'The outlet it is held in; every outlet of the brand if absent.' })
  outletId?: string | null;
}

/** What assignRole answers. */
@ObjectType({ description: 'What came of assignRole.' })
export class AssignRolePayload extends Payload {
  @Field(() => Membership, { nullable: true, description: 'The membership made.' })
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
