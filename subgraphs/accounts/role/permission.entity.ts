import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A permission there is, as the code lists it. */
@Entity({ tableName: 'permission' })
export class PermissionEntity {
  @PrimaryKey({ type: 'string', length: 60 })
  slug!: string;

  @Property({ type: 'string', length: 200 })
  description!: string;
}
