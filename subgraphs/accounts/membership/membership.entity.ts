import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** That a person holds a role at a place: the installation, a brand, or one outlet. */
@Entity({ tableName: 'membership' })
@Index({ properties: ['roleId', 'userId'] })
export class MembershipEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Index()
  @Property({ type: 'string', length: 32 })
  userId!: string;

  /** A template's code, or the id of a role of the brand's own. */
  @Property({ type: 'string', length: 32 })
  roleId!: string;

  /** null only for the installation scope. */
  @Index()
  @Property({ type: 'string', length: 32, nullable: true })
  brandId: string | null = null;

  /** null means every outlet of the brand. */
  @Property({ type: 'string', length: 32, nullable: true })
  outletId: string | null = null;

  /** Permissions this person has here besides the role's; null for none. */
  @Property({ type: 'json', nullable: true })
  slugsAdded: readonly string[] | null = null;

  /** Permissions of the role this person has not here; null for none. */
  @Property({ type: 'json', nullable: true })
  slugsRemoved: readonly string[] | null = null;
}
