import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A menu item as this subgraph adds to it; orders has the rest. */
@Directive('@key(fields: "id")')
@ObjectType('MenuItem', { description: 'Something guests can order. Readable by everybody once it is published.' })
export class MenuItem {
  @Field(() => ID, { description: 'Identifier, such as "itm_01J…".' })
  id!: string;
}
