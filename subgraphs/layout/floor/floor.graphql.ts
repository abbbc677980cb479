import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';

/** One floor of an outlet as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One floor, room or terrace of an outlet. Readable by its staff.' })
export class Floor {
  @Field(() => ID, { description: 'Identifier, such as "flr_01J…".' })
  id!: string;

  @Field(() => String, { description: 'Name staff know it by; at most 80 characters.' })
  name!: string;

  @Field(() => Int, { description: 'Position in the list of floors, 0 to 10,000; lower comes first.' })
  sortOrder!: number;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const FloorConnection = connectionOf('Floor', () => Floor);

/** What createFloor needs. */
@InputType({ description: 'The floor to add.' })
export class CreateFloorInput {
  @Field(() => ID, { description: 'Outlet it belongs to.' })
  outletId!: string;

  @Field(() => String, { description: 'Name staff know it by; at most 80 characters.' })
  name!: string;

  @Field(() => Int, { defaultValue: 0, description: 'Position in the list of floors, 0 to 10,000.' })
  sortOrder!: number;
}

/** What createFloor answers. */
@ObjectType({ description: 'What came of createFloor.' })
export class CreateFloorPayload extends Payload {
  @Field(() => Floor, { nullable: true, description: 'The new floor.' })
  floor?: Floor | null;
}

/** What updateFloor needs. */
@InputType({ description: 'What to change about a floor; what is absent stays as it is.' })
export class UpdateFloorInput {
  @Field(() => ID, { description: 'Which floor.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the floor is no longer at this version.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'New name; at most 80 characters.' })
  name?: string | null;

  @Field(() => Int, { nullable: true, description: 'New position in the list of floors, 0 to 10,000.' })
  sortOrder?: number | null;
}

/** What updateFloor answers. */
@ObjectType({ description: 'What came of updateFloor.' })
export class UpdateFloorPayload extends Payload {
  @Field(() => Floor, { nullable: true, description: 'The floor as it is now.' })
  floor?: Floor | null;
}
