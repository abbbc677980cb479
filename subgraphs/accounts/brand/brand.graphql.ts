import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';

/** A tenant as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A tenant: one company, its outlets and everything they own. Readable by its staff.' })
export class Brand {
  @Field(() => ID, { description: 'Identifier, such as "brd_01J…".' })
  id!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether its outlets may trade.' })
  isActive!: boolean;
}

export const BrandConnection = connectionOf('Brand', () => Brand);

/** What createBrand needs. */
@InputType({ description: 'The brand to make.' })
export class CreateBrandInput {
  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;
}

/** What createBrand answers. */
@ObjectType({ description: 'What came of createBrand.' })
export class CreateBrandPayload extends Payload {
  @Field(() => Brand, { nullable: true, description: 'The new brand.' })
  brand?: Brand | null;
}
