import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** An order as this subgraph refers to it; orders has the rest. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('OrderTicket', { description: 'What a guest ordered. Readable by the guest and the staff of its outlet.' })
export class OrderTicket {
  @Field(() => ID, { description: 'Identifier, such as "ord_01J…".' })
  id!: string;
}
