import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** A person who can sign in; one per installation, whatever brands they work for. */
@Entity({ tableName: 'user_account' })
export class UserEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 254 })
  email!: string;

  /** The address as it is compared: NFKC, lower case. */
  @Unique()
  @Property({ type: 'string', length: 254 })
  emailKey!: string;

  @Property({ type: 'string', length: 40, nullable: true })
  username: string | null = null;

  @Unique()
  @Property({ type: 'string', length: 40, nullable: true })
  usernameKey: string | null = null;

  /** argon2id, in its standard text form with salt and cost. */
  @Property({ type: 'string', length: 200 })
  passwordHash!: string;

  @Property({ type: 'boolean' })
  isActive = true;

  /** Raised by every change of rights. */
  @Property({ type: 'integer' })
  rightsVersion = 1;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;
}

/** What a person tells about themselves; made with the account. */
@Entity({ tableName: 'user_profile' })
export class UserProfileEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  userId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  /** E.164, at most 15 digits and the plus. */
  @Property({ type: 'string', length: 16, nullable: true })
  phone: string | null = null;
}
