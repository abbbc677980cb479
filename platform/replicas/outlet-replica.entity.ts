import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { OutletDetails } from './outlet-details.js';

/** What a subgraph must know of an outlet to decide on its own: whose it is, its currency, when its day begins and how it works. */
@Entity({ tableName: 'outlet_replica' })
export class OutletReplicaEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  @Property({ type: 'string', length: 3 })
  currency!: string;

  @Property({ type: 'string', length: 64 })
  timeZone!: string;

  /** Local time at which one business day ends, such as "04:00". */
  @Property({ type: 'string', length: 5 })
  cutOff!: string;

  /** Whether it trades: its own switch and its brand's. */
  @Property({ type: 'boolean' })
  isActive!: boolean;

  /** Address, hours, taxes, charges and settings as they were told; null for news that is older than they are. Read by detailsOf. */
  @Property({ type: 'json', nullable: true })
  details: Partial<OutletDetails> | null = null;

  /** The outlet's version this row was made from; older news is ignored. */
  @Property({ type: 'integer' })
  sourceVersion!: number;
}
