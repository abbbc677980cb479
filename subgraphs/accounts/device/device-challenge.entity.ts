import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { DeviceChallengePurpose } from './device-key.rules.js';

/** What a device is asked to sign, once and within minutes; made for unknown devices too. */
@Entity({ tableName: 'device_challenge' })
export class DeviceChallengeEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 10 })
  purpose!: DeviceChallengePurpose;

  @Property({ type: 'string', length: 128 })
  deviceId!: string;

  /** Who registers a key; null at a sign-in, when nobody is known yet. */
  @Property({ type: 'string', length: 32, nullable: true })
  userId: string | null = null;

  /** SHA-256 of the challenge in hex: whoever reads the table cannot answer it. */
  @Property({ type: 'string', length: 64 })
  challengeHash!: string;

  @Index()
  @Property({ type: 'Date', length: 3 })
  expiresAt!: Date;
}
