import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A dish as this subgraph refers to it; orders has the rest. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('MenuItem', { description: 'Something guests can order. Readable by everybody once it is published.' })
export class MenuItem {
  @Field(() => ID, { description: 'Identifier, such as "itm_01J…".' })
  id!: string;
}
