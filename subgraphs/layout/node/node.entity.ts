import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { ServiceNodeKind, ServiceNodeShape } from './node.rules.js';

/** A place on a floor: a table, a station, the pass. Kept when removed, because history refers to it. */
@Entity({ tableName: 'service_node' })
@Unique({ properties: ['outletId', 'labelKey'] })
@Index({ properties: ['floorId'] })
export class ServiceNodeEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  /** Never changes, so that it may be read without a lock. */
  @Property({ type: 'string', length: 32 })
  floorId!: string;

  @Property({ type: 'string', length: 16 })
  kind!: ServiceNodeKind;

  @Property({ type: 'string', length: 40 })
  label!: string;

  /** Null once removed, so that the label is free again. */
  @Property({ type: 'string', length: 160, nullable: true })
  labelKey: string | null = null;

  @Property({ type: 'integer' })
  seats!: number;

  /** Centimetres from the floor's left side. */
  @Property({ type: 'integer' })
  x!: number;

  /** Centimetres from the floor's upper side. */
  @Property({ type: 'integer' })
  y!: number;

  /** Centimetres. */
  @Property({ type: 'integer' })
  width!: number;

  /** Centimetres. */
  @Property({ type: 'integer' })
  height!: number;

  @Property({ type: 'string', length: 16 })
  shape!: ServiceNodeShape;

  @Property({ type: 'boolean' })
  isRemoved = false;

  @Property({ type: 'integer', version: true })
  version = 1;

  /** Takes it off the floor. */
  remove(): void {
    this.isRemoved = true;
    this.labelKey = null;
  }
}
