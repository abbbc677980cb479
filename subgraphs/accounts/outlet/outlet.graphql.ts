import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CurrencyCode, LocalTime } from '../../../platform/graphql/scalars.js';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';

/** One place of a brand as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One place of a brand that serves guests. Readable by the people who work there.' })
export class Outlet {
  @Field(() => ID, { description: 'Identifier, such as "out_01J…".' })
  id!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'City it is in; at most 120 characters.' })
  city!: string | null;

  @Field(() => CurrencyCode, { description: 'Currency of its prices; fixed when the outlet is made.' })
  currency!: string;

  @Field(() => String, { description: 'IANA time zone, such as "Asia/Kolkata".' })
  timeZone!: string;

  @Field(() => LocalTime, { description: 'Local time at which one business day ends and the next begins.' })
  cutOff!: string;

  @Field(() => Boolean, { description: 'Whether it trades.' })
  isActive!: boolean;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const OutletConnection = connectionOf('Outlet', () => Outlet);

/** What createOutlet needs. */
@InputType({ description: 'The outlet to open.' })
export class CreateOutletInput {
  @Field(() => ID, { description: 'Brand it belongs to.' })
  brandId!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'City it is in; at most 120 characters.' })
  city?: string | null;

  @Field(() => CurrencyCode, { description: 'Currency of its prices.' })
  currency!: string;

  @Field(() => String, { description: 'IANA time zone, such as "Asia/Kolkata".' })
  timeZone!: string;

  @Field(() => LocalTime, {
    defaultValue: '04:00',
    description: 'Local time at which one business day ends, "00:00" to "11:59".',
  })
  cutOff!: string;
}

/** What createOutlet answers. */
@ObjectType({ description: 'What came of createOutlet.' })
export class CreateOutletPayload extends Payload {
  @Field(() => Outlet, { nullable: true, description: 'The new outlet.' })
  outlet?: Outlet | null;
}

/** What updateOutlet needs. */
@InputType({ description: 'What to change about an outlet; what is absent stays as it is.' })
export class UpdateOutletInput {
  @Field(() => ID, { description: 'Which outlet.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the outlet is no longer at this version.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'New name; at most 120 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New IANA time zone.' })
  timeZone?: string | null;

  @Field(() => LocalTime, { nullable: true, description: 'New end of the business day, "00:00" to "11:59".' })
  cutOff?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it trades.' })
  isActive?: boolean | null;
}

/** What updateOutlet answers. */
@ObjectType({ description: 'What came of updateOutlet.' })
export class UpdateOutletPayload extends Payload {
  @Field(() => Outlet, { nullable: true, description: 'The outlet as it is now.' })
  outlet?: Outlet | null;
}
