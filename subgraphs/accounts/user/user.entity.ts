import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** How far a person is with keys of devices: not allowed to enrol one, allowed by a manager, or holding one. */
export type DeviceEnrolment = 'NONE' | 'ALLOWED' | 'ENROLLED';

/** A person who can sign in; one per installation, whatever brands they work for. */
@Entity({ tableName: 'user_account' })
@Index({ properties: ['isActive', 'id'] })
export class UserEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  /** Sealed; as it was written in accounts from before, until the keys are rotated. */
  @Property({ type: 'string', length: 1200 })
  email!: string;

  /** Blind index of the address as it is compared; that form itself in accounts from before. */
  @Unique()
  @Property({ type: 'string', length: 254 })
  emailKey!: string;

  @Property({ type: 'string', length: 40, nullable: true })
  username: string | null = null;

  @Unique()
  @Property({ type: 'string', length: 40, nullable: true })
  usernameKey: string | null = null;

  /** argon2id, in its standard text form with salt and cost; null for somebody who signs in by other means only. */
  @Property({ type: 'string', length: 200, nullable: true })
  passwordHash: string | null = null;

  @Property({ type: 'Date', length: 3, nullable: true })
  passwordChangedAt: Date | null = null;

  @Property({ type: 'boolean' })
  isActive = true;

  @Property({ type: 'boolean' })
  isEmailVerified = false;

  @Property({ type: 'boolean' })
  isTotpEnabled = false;

  @Property({ type: 'string', length: 10 })
  deviceEnrolment: DeviceEnrolment = 'NONE';

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

  /** Sealed; at most 120 characters within. */
  @Property({ type: 'string', length: 700 })
  name!: string;

  /** Sealed; E.164 within: the plus and at most 15 digits. Profiles from before are found by it. */
  @Index()
  @Property({ type: 'string', length: 120, nullable: true })
  phone: string | null = null;

  /** Blind index of the phone number, several people may share one; null also in profiles from before. */
  @Index()
  @Property({ type: 'string', length: 64, nullable: true })
  phoneKey: string | null = null;

  /** BCP 47, such as "en-IN". */
  @Property({ type: 'string', length: 35, nullable: true })
  locale: string | null = null;

  /** Raised by every change. */
  @Property({ type: 'integer' })
  version = 1;
}
