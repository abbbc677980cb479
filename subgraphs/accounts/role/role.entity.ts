import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { RoleCode } from './role.templates.js';

/** A named bundle of permissions, seeded from the templates. */
@Entity({ tableName: 'role' })
export class RoleEntity {
  @PrimaryKey({ type: 'string', length: 20 })
  code!: RoleCode;

  @Property({ type: 'json' })
  slugs!: readonly string[];
}

/** That a person holds a role at a place: the installation, a brand, or one outlet. */
@Entity({ tableName: 'membership' })
export class MembershipEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Index()
  @Property({ type: 'string', length: 32 })
  userId!: string;

  @Property({ type: 'string', length: 20 })
  roleCode!: RoleCode;

  /** null only for the installation scope. */
  @Index()
  @Property({ type: 'string', length: 32, nullable: true })
  brandId: string | null = null;

  /** null means every outlet of the brand. */
  @Property({ type: 'string', length: 32, nullable: true })
  outletId: string | null = null;
}
