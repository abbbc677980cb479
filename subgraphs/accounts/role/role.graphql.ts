import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { roleCodes } from './role.templates.js';

/** Role codes as a GraphQL enum. */
export const RoleCodes = Object.fromEntries(roleCodes.map((code) => [code, code]));
registerEnumType(RoleCodes, {
  name: 'RoleCode',
  description: 'The role templates, which every brand has.',
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

/** A permission as clients see it. */
@ObjectType({ description: 'Something a role can allow. Readable by those who may see people.' })
export class Permission {
  @Field(() => String, { description: 'Its name in roles, such as "orders.place"; "all" stands for everything.' })
  slug!: string;

  @Field(() => String, { description: 'What it lets its holder do, where it is held.' })
  description!: string;
}

/** A role as clients see it. */
@ObjectType({
  description:
    "A named bundle of permissions: a template, or a role of a brand's own. Readable by its holders and by those who may see people.",
})
export class Role {
  @Field(() => ID, { description: 'Identifier: of a template its code, otherwise such as "rol_01J…".' })
  id!: string;

  @Field(() => String, { description: 'What people call it; at most 80 characters, one of each name in a brand.' })
  name!: string;

  @Field(() => [String], { name: 'permissions', description: 'Slugs of what it allows; "all" stands for everything.' })
  slugs!: readonly string[];

  @Field(() => Int, { description: 'Raised by every change; give it back as `expectedVersion`.' })
  version!: number;
}

/** What createRole needs. */
@InputType({
  description: 'The role to make. Nobody makes one out of permissions they do not hold in the whole brand.',
})
export class CreateRoleInput {
  @Field(() => ID, { description: 'The brand it is for; at most 100 roles each.' })
  brandId!: string;

  @Field(() => String, { description: 'What people call it; at most 80 characters, one of each name in a brand.' })
  name!: string;

  @Field(() => [String], { description: 'Slugs of what it allows, as `permissions` lists them.' })
  permissions!: string[];
}

/** What createRole answers. */
@ObjectType({ description: 'What came of createRole.' })
export class CreateRolePayload extends Payload {
  @Field(() => Role, { nullable: true, description: 'The new role.' })
  role?: Role | null;
}

/** What updateRole needs. */
@InputType({
  description: "What to change about a brand's own role; what is absent stays. Templates cannot be changed.",
})
export class UpdateRoleInput {
  @Field(() => ID, { description: 'Which role.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Version it was read at; refused if it has changed since.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'New name; at most 80 characters.' })
  name?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Slugs of what it is to allow, all of them; its holders may do other things within seconds.',
  })
  permissions?: string[] | null;
}

/** What updateRole answers. */
@ObjectType({ description: 'What came of updateRole.' })
export class UpdateRolePayload extends Payload {
  @Field(() => Role, { nullable: true, description: 'The role as it is now.' })
  role?: Role | null;
}
