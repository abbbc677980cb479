import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { connectionOf, MoneyInput, Payload } from '../../../platform/graphql/shared-types.js';
import { employmentKinds, type EmploymentKind } from './staff.rules.js';

/** Kinds of employment as a GraphQL enum. */
export const EmploymentKinds = Object.fromEntries(employmentKinds.map((kind) => [kind, kind]));
registerEnumType(EmploymentKinds, {
  name: 'EmploymentKind',
  description: 'How somebody is employed.',
  valuesConfig: {
    FULL_TIME: { description: 'All the hours of a week.' },
    PART_TIME: { description: 'Some hours of a week, every week.' },
    CASUAL: { description: 'When there is work.' },
    CONTRACTOR: { description: 'On their own account.' },
  },
});

/** What is kept about somebody who works for a brand. */
@ObjectType({
  description: 'What a brand keeps about somebody who works for it. Readable by them and by those who may see people.',
})
export class StaffProfile {
  @Field(() => ID, { description: 'Identifier, such as "stf_01J…".' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Number in the books, unique in the brand; at most 40 characters.',
  })
  employeeNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'What they work as; at most 80 characters.' })
  position!: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'First day of work.' })
  hiredOn!: string | null;

  @Field(() => EmploymentKinds, { nullable: true, description: 'How they are employed.' })
  employmentKind!: EmploymentKind | null;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const StaffProfileConnection = connectionOf('StaffProfile', () => StaffProfile);

/** What saveStaffProfile needs. */
@InputType({ description: 'What is to be kept about somebody; what is absent stays, and null removes it.' })
export class SaveStaffProfileInput {
  @Field(() => ID, { description: 'The person; they must hold a role in the brand.' })
  userId!: string;

  @Field(() => ID, { nullable: true, description: 'Outlet they are assigned to; must be given the first time.' })
  outletId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Version that was read; VERSION_CONFLICT if it has changed since.' })
  expectedVersion?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Number in the books, unique in the brand; at most 40 characters.',
  })
  employeeNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'What they work as; at most 80 characters.' })
  position?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'First day of work.' })
  hiredOn?: string | null;

  @Field(() => EmploymentKinds, { nullable: true, description: 'How they are employed.' })
  employmentKind?: EmploymentKind | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: "Pay for an hour, in the outlet's currency; nobody sets their own.",
  })
  hourlyRate?: MoneyInput | null;

  @Field(() => String, { nullable: true, description: 'Where they live; at most 300 characters.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'Whom to call for them; at most 200 characters.' })
  emergencyContact?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Day of birth.' })
  birthDate?: string | null;
}

/** What saveStaffProfile answers. */
@ObjectType({ description: 'What came of saveStaffProfile.' })
export class SaveStaffProfilePayload extends Payload {
  @Field(() => StaffProfile, { nullable: true, description: 'The profile as it is now.' })
  staffProfile?: StaffProfile | null;
}
