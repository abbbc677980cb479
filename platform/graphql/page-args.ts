import { ArgsType, Field, Int } from 'type-graphql';
import { defaultPageSize, pageRequest, type PageRequest } from '../domain/page.js';

/** The arguments of every connection. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: defaultPageSize, description: 'How many rows, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Continue after the row with this cursor.' })
  after?: string | null;

  /** The checked request; throws BAD_USER_INPUT for a page outside 1..100. */
  get page(): PageRequest {
    return pageRequest(this.first, this.after);
  }
}
