import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

/** A bundle of rights for the gateway. */
@Directive('@inaccessible')
@ObjectType({ description: 'Rights at one place, for the gateway.' })
export class AuthenticationGrant {
  @Field(() => String, { description: 'Role they come from.' })
  role!: string;

  @Field(() => ID, { nullable: true, description: 'Brand; null for the installation.' })
  brandId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Outlet; null for every outlet of the brand.' })
  outletId!: string | null;

  @Field(() => [String], { description: 'Permission slugs.' })
  slugs!: readonly string[];
}

/** Who a credential stands for, for the gateway. */
@Directive('@inaccessible')
@ObjectType({ description: 'Who a credential stands for, for the gateway.' })
export class Authentication {
  @Field(() => String, {
    description: 'ACTIVE: good; REVOKED: was good and has been ended; UNKNOWN: never was, or has expired.',
  })
  status!: 'ACTIVE' | 'REVOKED' | 'UNKNOWN';

  @Field(() => String, { description: 'USER or CLIENT.' })
  kind!: string;

  @Field(() => ID, { description: 'User or API client; empty unless the credential is good.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Session, for users.' })
  sessionId!: string | null;

  @Field(() => Int, { description: 'Version of the rights.' })
  version!: number;

  @Field(() => [String], { nullable: true, description: 'The only documents it may run; null for any.' })
  documentIds!: readonly string[] | null;

  @Field(() => [AuthenticationGrant], { description: 'Rights, by place.' })
  grants!: readonly AuthenticationGrant[];
}
