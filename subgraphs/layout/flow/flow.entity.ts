import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { ServiceFlowKind } from './flow.rules.js';

/** A directed edge between two places of one outlet: how guests, orders, food and dishes move. */
@Entity({ tableName: 'service_flow' })
@Unique({ properties: ['fromNodeId', 'toNodeId', 'kind'] })
@Index({ properties: ['outletId', 'id'] })
@Index({ properties: ['floorId'] })
@Index({ properties: ['toNodeId'] })
export class ServiceFlowEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32 })
  outletId!: string;

  /** The floor of the place it begins at; places never change floors. */
  @Property({ type: 'string', length: 32 })
  floorId!: string;

  @Property({ type: 'string', length: 32 })
  fromNodeId!: string;

  @Property({ type: 'string', length: 32 })
  toNodeId!: string;

  @Property({ type: 'string', length: 16 })
  kind!: ServiceFlowKind;

  @Property({ type: 'integer', version: true })
  version = 1;
}
