import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** An address a person wants to sign in with, until they have shown that it is theirs; a later one replaces it. */
@Entity({ tableName: 'email_change' })
export class EmailChangeEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  userId!: string;

  /** Sealed, as the address of an account is. */
  @Property({ type: 'string', length: 1200 })
  email!: string;

  /** Blind index of the address as it is compared; several people may want one address. */
  @Property({ type: 'string', length: 64 })
  emailKey!: string;

  /** Blind index of what the person was when they asked; when that changes, they want nothing any longer. */
  @Property({ type: 'string', length: 64 })
  holderKey!: string;

  @Property({ type: 'Date', length: 3 })
  requestedAt!: Date;
}
