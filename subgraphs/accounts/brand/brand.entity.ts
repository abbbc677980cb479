import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { IsTenant } from '../../../platform/data/tenant-guard.js';
import type { BrandSettings } from './brand.rules.js';

/** A tenant: one company and everything it owns. */
@IsTenant()
@Entity({ tableName: 'brand' })
export class BrandEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 120 })
  name!: string;

  /** As it stands on invoices; null until it is told. */
  @Property({ type: 'string', length: 160, nullable: true })
  legalName: string | null = null;

  @Property({ type: 'boolean' })
  isActive = true;

  /** null until one is told; read by settingsOf. */
  @Property({ type: 'json', nullable: true })
  settings: Partial<BrandSettings> | null = null;

  @Property({ type: 'integer', version: true })
  version = 1;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;
}
