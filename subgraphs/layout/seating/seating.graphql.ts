import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { Payload } from '../../../platform/graphql/shared-types.js';
import { SeatingState } from './seating.state.js';

registerEnumType(SeatingState, {
  name: 'SeatingState',
  description: 'Whether a party is still at its table.',
  valuesConfig: {
    OPEN: { description: 'The party is at the table.' },
    RELEASED: { description: 'The party has left.' },
  },
});

/** A party at a table as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A party at a table, from being seated until it leaves. Readable by the staff of the outlet.',
})
export class Seating {
  @Field(() => ID, { description: 'Identifier, such as "sea_01J…".' })
  id!: string;

  @Field(() => Int, { description: 'How many guests, 1 to 200; may exceed the seats of the table.' })
  covers!: number;

  @Field(() => DateTime, { description: 'When the party was seated.' })
  seatedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the table was released; null while the party is there.' })
  releasedAt!: Date | null;
}

/** What seatParty needs. */
@InputType({ description: 'The party to seat.' })
export class SeatPartyInput {
  @Field(() => ID, { description: 'A free table.' })
  tableId!: string;

  @Field(() => Int, { description: 'How many guests, 1 to 200; more than the table has seats is allowed.' })
  covers!: number;
}

/** What seatParty answers. */
@ObjectType({ description: 'What came of seatParty.' })
export class SeatPartyPayload extends Payload {
  @Field(() => Seating, { nullable: true, description: 'The party at its table.' })
  seating?: Seating | null;
}

/** What releaseTable needs. */
@InputType({ description: 'The table to release.' })
export class ReleaseTableInput {
  @Field(() => ID, { description: 'A table with a party.' })
  tableId!: string;
}

/** What releaseTable answers. */
@ObjectType({ description: 'What came of releaseTable.' })
export class ReleaseTablePayload extends Payload {
  @Field(() => Seating, { nullable: true, description: 'The party that has left.' })
  seating?: Seating | null;
}
