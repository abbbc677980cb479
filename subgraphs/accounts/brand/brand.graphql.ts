import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { BrandSettingsInput } from './brand-settings.graphql.js';

/** A tenant as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A tenant: one company, its outlets and everything they own. Readable by its staff.' })
export class Brand {
  @Field(() => ID, { description: 'Identifier, such as "brd_01J…".' })
  id!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Name on its invoices; at most 160 characters.' })
  legalName!: string | null;

  @Field(() => Boolean, { description: 'Whether its outlets may trade.' })
  isActive!: boolean;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const BrandConnection = connectionOf('Brand', () => Brand);

/** What createBrand needs. */
@InputType({ description: 'The brand to make.' })
export class CreateBrandInput {
  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Name on its invoices; at most 160 characters.' })
  legalName?: string | null;

  @Field(() => BrandSettingsInput, { nullable: true, description: 'How it works.' })
  settings?: BrandSettingsInput | null;
}

/** What createBrand answers. */
@ObjectType({ description: 'What came of createBrand.' })
export class CreateBrandPayload extends Payload {
  @Field(() => Brand, { nullable: true, description: 'The new brand.' })
  brand?: Brand | null;
}

/** What updateBrand needs. */
@InputType({ description: 'What to change about a brand; what is absent stays as it is.' })
export class UpdateBrandInput {
  @Field(() => ID, { description: 'Which brand.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the brand is no longer at this version.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'New name; at most 120 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New name on invoices; at most 160 characters, empty for none.' })
  legalName?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its outlets may trade; off stops all of them at once.',
  })
  isActive?: boolean | null;

  @Field(() => BrandSettingsInput, { nullable: true, description: 'How it works.' })
  settings?: BrandSettingsInput | null;
}

/** What updateBrand answers. */
@ObjectType({ description: 'What came of updateBrand.' })
export class UpdateBrandPayload extends Payload {
  @Field(() => Brand, { nullable: true, description: 'The brand as it is now.' })
  brand?: Brand | null;
}
