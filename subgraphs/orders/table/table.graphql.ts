import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A table as this subgraph refers to it; layout has the rest. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('ServiceNode', {
  description: 'A place on a floor: a table, a station, the pass. Readable by the staff of its outlet.',
})
export class ServiceNode {
  @Field(() => ID, { description: 'Identifier, such as "nod_01J…".' })
  id!: string;
}

/** A party at a table as this subgraph refers to it; layout has the rest. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Seating', {
  description: 'A party at a table, from being seated until it leaves. Readable by the staff of the outlet.',
})
export class Seating {
  @Field(() => ID, { description: 'Identifier, such as "sea_01J…".' })
  id!: string;
}
