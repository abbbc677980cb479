import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { SeatingPreference } from './customer.rules.js';

/** What a brand keeps about one of its guests; one per person and brand. */
@Entity({ tableName: 'customer_profile' })
@Unique({ properties: ['userId', 'brandId'] })
@Index({ properties: ['brandId', 'id'] })
export class CustomerProfileEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  userId!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  /** Sealed; JSON of at most ten addresses within. */
  @Property({ type: 'text', nullable: true })
  deliveryAddresses: string | null = null;

  /** Sealed, for it may tell of health or faith; JSON of codes within. */
  @Property({ type: 'string', length: 500, nullable: true })
  diets: string | null = null;

  /** Sealed, for it tells of health; JSON of codes within. */
  @Property({ type: 'string', length: 700, nullable: true })
  allergens: string | null = null;

  /** Sealed; at most 500 characters within. */
  @Property({ type: 'string', length: 2100, nullable: true })
  dietaryNote: string | null = null;

  @Property({ type: 'string', length: 10, nullable: true })
  seatingPreference: SeatingPreference | null = null;

  @Property({ type: 'boolean' })
  isMarketingAllowed = false;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;

  @Property({ type: 'integer', version: true })
  version = 1;
}
