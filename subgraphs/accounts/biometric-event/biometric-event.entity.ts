import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { BiometricEventKind } from '../../../platform/ports/biometric-webhook.js';

/** What a provider of biometrics has told, once however often it tells it; nothing of a face or finger is in it. */
@Entity({ tableName: 'biometric_event' })
@Unique({ properties: ['provider', 'eventId'] })
export class BiometricEventEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 20 })
  provider!: string;

  /** The provider's own id of it. */
  @Property({ type: 'string', length: 128 })
  eventId!: string;

  @Property({ type: 'string', length: 20 })
  kind!: BiometricEventKind;

  /** Whom it is about, as the provider says: there may be nobody of that id. */
  @Property({ type: 'string', length: 32 })
  userId!: string;

  @Property({ type: 'string', length: 128, nullable: true })
  deviceId: string | null = null;

  @Property({ type: 'Date', length: 3 })
  occurredAt!: Date;

  @Index()
  @Property({ type: 'Date', length: 3 })
  receivedAt!: Date;

  /** When it was acted on; null until then. */
  @Property({ type: 'Date', length: 3, nullable: true })
  appliedAt: Date | null = null;
}
