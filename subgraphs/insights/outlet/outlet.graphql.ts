import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** An outlet as this subgraph refers to it; accounts has the rest. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Outlet', {
  description: 'One place of a brand that serves guests. Readable by the people who work there.',
})
export class Outlet {
  @Field(() => ID, { description: 'Identifier, such as "out_01J…".' })
  id!: string;
}
