import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { SignInMethod } from './session.rules.js';

/** One sign-in: the family of refresh tokens that follow each other, of which only the last is good. No token is kept. */
@Entity({ tableName: 'session' })
@Index({ properties: ['userId', 'id'] })
export class SessionEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  userId!: string;

  @Property({ type: 'string', length: 20 })
  method!: SignInMethod;

  /** 256 random bits that this family's tokens are made of, together with a key that is not in the database. */
  @Property({ type: 'string', length: 43 })
  seed!: string;

  /** Which of the family's refresh tokens may be used now. */
  @Property({ type: 'integer' })
  generation = 1;

  /** The app's device this session is bound to: its tokens are good on no other. */
  @Property({ type: 'string', length: 128, nullable: true })
  deviceId: string | null = null;

  /** Blind index of the user agent that got the last tokens; the user agent itself is not kept. */
  @Property({ type: 'string', length: 64 })
  agentKey!: string;

  /** What a person recognises the device by, such as "Firefox on Linux". */
  @Property({ type: 'string', length: 60 })
  deviceLabel!: string;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;

  /** When the last tokens were made. */
  @Property({ type: 'Date', length: 3 })
  lastUsedAt!: Date;

  @Property({ type: 'Date', length: 3 })
  expiresAt!: Date;

  @Property({ type: 'Date', length: 3, nullable: true })
  revokedAt: Date | null = null;
}
