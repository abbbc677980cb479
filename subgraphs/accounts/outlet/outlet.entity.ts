import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { OutletDetails } from '../../../platform/replicas/outlet-details.js';

/** One place of a brand that serves guests. */
@Entity({ tableName: 'outlet' })
export class OutletEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Index()
  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  /** The same as in its address, where that is told. */
  @Property({ type: 'string', length: 120, nullable: true })
  city: string | null = null;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  @Property({ type: 'string', length: 64 })
  timeZone!: string;

  @Property({ type: 'string', length: 5 })
  cutOff!: string;

  /** Its own switch; see isTrading. */
  @Property({ type: 'boolean' })
  isActive = true;

  /** Its brand's switch, kept in step under the brand's lock. */
  @Property({ type: 'boolean', default: true })
  isBrandActive = true;

  /** Address, hours, taxes, charges and settings; null until one is told. Read by detailsOf. */
  @Property({ type: 'json', nullable: true })
  details: Partial<OutletDetails> | null = null;

  @Property({ type: 'integer', version: true })
  version = 1;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;
}

/** Whether an outlet takes orders at all. */
export function isTrading({ isActive, isBrandActive }: Pick<OutletEntity, 'isActive' | 'isBrandActive'>): boolean {
  return isActive && isBrandActive;
}
