import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { ServiceNodeKind, ServiceNodeShape } from './node.rules.js';

registerEnumType(ServiceNodeKind, {
  name: 'ServiceNodeKind',
  description: 'What a place on a floor is for.',
  valuesConfig: {
    TABLE: { description: 'Guests are seated here.' },
    STATION: { description: 'Food or drinks are made here.' },
    BAR: { description: 'Drinks are served here.' },
    PASS: { description: 'Dishes are handed to the waiters here.' },
    ENTRANCE: { description: 'Guests come in and go out here.' },
    STORE: { description: 'Goods are kept here.' },
  },
});

registerEnumType(ServiceNodeShape, {
  name: 'ServiceNodeShape',
  description: 'How a place is drawn.',
  valuesConfig: {
    RECTANGLE: { description: 'A rectangle of its width and height.' },
    ROUND: { description: 'An ellipse of its width and height.' },
  },
});

/** A place on a floor as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A place on a floor: a table, a station, the pass. Readable by the staff of its outlet.' })
export class ServiceNode {
  @Field(() => ID, { description: 'Identifier, such as "nod_01J…".' })
  id!: string;

  @Field(() => ServiceNodeKind, { description: 'What it is for.' })
  kind!: ServiceNodeKind;

  @Field(() => String, { description: 'Name staff know it by; at most 40 characters, unique in the outlet.' })
  label!: string;

  @Field(() => Int, { description: 'Seats of a table, 1 to 50; 0 for anything else.' })
  seats!: number;

  @Field(() => Int, { description: "Centimetres from the floor's left side." })
  x!: number;

  @Field(() => Int, { description: "Centimetres from the floor's upper side." })
  y!: number;

  @Field(() => Int, { description: 'Width in centimetres.' })
  width!: number;

  @Field(() => Int, { description: 'Height in centimetres, as seen from above.' })
  height!: number;

  @Field(() => ServiceNodeShape, { description: 'How it is drawn.' })
  shape!: ServiceNodeShape;

  @Field(() => Boolean, { description: 'Whether it was taken off the floor; lists leave such places out.' })
  isRemoved!: boolean;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const ServiceNodeConnection = connectionOf('ServiceNode', () => ServiceNode);

/** What createServiceNode needs. */
@InputType({ description: 'The place to put on a floor.' })
export class CreateServiceNodeInput {
  @Field(() => ID, { description: 'Floor it stands on; a floor has at most 500 places.' })
  floorId!: string;

  @Field(() => ServiceNodeKind, { description: 'What it is for; fixed when it is made.' })
  kind!: ServiceNodeKind;

  @Field(() => String, { description: 'Name staff know it by; at most 40 characters, unique in the outlet.' })
  label!: string;

  @Field(() => Int, { defaultValue: 0, description: 'Seats of a table, 1 to 50; 0 for anything else.' })
  seats!: number;

  @Field(() => Int, { description: "Centimetres from the floor's left side, 0 to 100,000." })
  x!: number;

  @Field(() => Int, { description: "Centimetres from the floor's upper side, 0 to 100,000." })
  y!: number;

  @Field(() => Int, { description: 'Width in centimetres, 1 to 10,000.' })
  width!: number;

  @Field(() => Int, { description: 'Height in centimetres, 1 to 10,000, as seen from above.' })
  height!: number;

  @Field(() => ServiceNodeShape, { defaultValue: ServiceNodeShape.RECTANGLE, description: 'How it is drawn.' })
  shape!: ServiceNodeShape;
}

/** What createServiceNode answers. */
@ObjectType({ description: 'What came of createServiceNode.' })
export class CreateServiceNodePayload extends Payload {
  @Field(() => ServiceNode, { nullable: true, description: 'The new place.' })
  serviceNode?: ServiceNode | null;
}

/** What updateServiceNode needs. */
@InputType({ description: 'What to change about a place; what is absent stays as it is.' })
export class UpdateServiceNodeInput {
  @Field(() => ID, { description: 'Which place.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the place is no longer at this version.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'New label; at most 40 characters, unique in the outlet.' })
  label?: string | null;

  @Field(() => Int, { nullable: true, description: 'New number of seats, 1 to 50; tables only.' })
  seats?: number | null;

  @Field(() => Int, { nullable: true, description: "New distance from the floor's left side in centimetres." })
  x?: number | null;

  @Field(() => Int, { nullable: true, description: "New distance from the floor's upper side in centimetres." })
  y?: number | null;

  @Field(() => Int, { nullable: true, description: 'New width in centimetres, 1 to 10,000.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'New height in centimetres, 1 to 10,000.' })
  height?: number | null;

  @Field(() => ServiceNodeShape, { nullable: true, description: 'New shape.' })
  shape?: ServiceNodeShape | null;
}

/** What updateServiceNode answers. */
@ObjectType({ description: 'What came of updateServiceNode.' })
export class UpdateServiceNodePayload extends Payload {
  @Field(() => ServiceNode, { nullable: true, description: 'The place as it is now.' })
  serviceNode?: ServiceNode | null;
}
