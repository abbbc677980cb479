import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** One sign-in: the family of refresh tokens that follow each other, of which only the last is good. */
@Entity({ tableName: 'session' })
export class SessionEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Index()
  @Property({ type: 'string', length: 32 })
  userId!: string;

  /** SHA-256 of the one refresh token that may be used now. */
  @Property({ type: 'string', length: 64 })
  tokenHash!: string;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;

  @Property({ type: 'Date', length: 3 })
  expiresAt!: Date;

  @Property({ type: 'Date', length: 3, nullable: true })
  revokedAt: Date | null = null;
}
