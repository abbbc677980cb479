import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { IsTenant } from '../../../platform/data/tenant-guard.js';

/** A brand that exists; what stock is kept for nobody else is refused. */
@IsTenant()
@Entity({ tableName: 'brand_replica' })
export class BrandReplicaEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  /** The brand's version this row was made from; older news is ignored. */
  @Property({ type: 'integer' })
  sourceVersion!: number;
}
