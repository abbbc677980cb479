import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A person as this subgraph refers to them; accounts has the rest. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('User', {
  description: 'A person who can sign in. Readable by them and by those who may see people of their brand.',
})
export class User {
  @Field(() => ID, { description: 'Identifier, such as "usr_01J…".' })
  id!: string;
}
