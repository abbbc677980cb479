import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { DeviceKeyAlgorithm, DeviceKeyKind } from './device-key.rules.js';

/** The public half of a key that a person's device holds; what opens it there, a finger or a face, never leaves the device. */
@Entity({ tableName: 'device_key' })
@Index({ properties: ['userId', 'id'] })
@Index({ properties: ['deviceId', 'id'] })
@Unique({ properties: ['userId', 'heldDeviceId'] })
export class DeviceKeyEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  userId!: string;

  /** What the app calls the device. */
  @Property({ type: 'string', length: 128 })
  deviceId!: string;

  /** The same while the key is good, null afterwards: one good key per person and device. */
  @Property({ type: 'string', length: 128, nullable: true })
  heldDeviceId: string | null = null;

  @Property({ type: 'string', length: 10 })
  kind!: DeviceKeyKind;

  /** What its signatures are checked with, whatever a request says. */
  @Property({ type: 'string', length: 10 })
  algorithm!: DeviceKeyAlgorithm;

  /** Base64: SubjectPublicKeyInfo in DER of a native key, COSE of a passkey. */
  @Property({ type: 'string', length: 1000 })
  publicKey!: string;

  /** Base64url: the thumbprint of a native key, the credential id of a passkey. */
  @Property({ type: 'string', length: 1400 })
  credentialId!: string;

  /** SHA-256 of `credentialId` in hex, since that one is too long for an index. */
  @Unique()
  @Property({ type: 'string', length: 64 })
  credentialKey!: string;

  /** The highest counter it has signed; a copy of the key gives itself away by falling behind. */
  @Property({ type: new BigIntType('number') })
  signCount!: number;

  @Property({ type: 'string', length: 60, nullable: true })
  label: string | null = null;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;

  @Property({ type: 'Date', length: 3, nullable: true })
  lastUsedAt: Date | null = null;

  /** When the password was last given on this device; null asks for it at the next sign-in. */
  @Property({ type: 'Date', length: 3, nullable: true })
  passwordProvenAt: Date | null = null;

  @Property({ type: 'Date', length: 3, nullable: true })
  revokedAt: Date | null = null;

  /** Raised when it is saved and when it is revoked, not by its use. */
  @Property({ type: 'integer' })
  version = 1;
}
