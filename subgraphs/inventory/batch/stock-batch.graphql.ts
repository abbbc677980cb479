import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../platform/graphql/shared-types.js';

/** One delivery's lot as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'What came in at once: one lot with one expiry date. Readable with inventory.read at its outlet.',
})
export class StockBatch {
  @Field(() => ID, { description: 'Identifier, such as "bat_01J…".' })
  id!: string;

  @Field(() => String, { nullable: true, description: "The supplier's lot; at most 60 characters." })
  lot!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it is kept; at most 60 characters.' })
  location!: string | null;

  @Field(() => Date, { description: 'When it came in.' })
  receivedAt!: Date;
}

export const StockBatchConnection = connectionOf('StockBatch', () => StockBatch);
