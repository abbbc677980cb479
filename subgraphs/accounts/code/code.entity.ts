import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { CodePurpose } from './code.rules.js';

/** A one-time code that can still be used: it is deleted with its use, and a person has one of each purpose. No secret is kept. */
@Entity({ tableName: 'one_time_code' })
@Unique({ properties: ['userId', 'purpose'] })
export class OneTimeCodeEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  userId!: string;

  @Property({ type: 'string', length: 20 })
  purpose!: CodePurpose;

  /** Blind index of the token's secret half. */
  @Property({ type: 'string', length: 64 })
  secretHash!: string;

  /** Blind index of the six digits that do the same for the person when signed in; null where there are none, or too many were guessed. */
  @Property({ type: 'string', length: 64, nullable: true })
  digitsHash: string | null = null;

  /** Wrong answers that this code has been met with. */
  @Property({ type: 'integer' })
  attempts = 0;

  /** Blind index of what the person was when it was made; when that changes, the code is dead. */
  @Property({ type: 'string', length: 64 })
  holderKey!: string;

  /** What its purpose wants back at its use, such as the first step of a sign-in; nothing secret. */
  @Property({ type: 'string', length: 255, nullable: true })
  detail: string | null = null;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;

  @Property({ type: 'Date', length: 3 })
  expiresAt!: Date;
}
