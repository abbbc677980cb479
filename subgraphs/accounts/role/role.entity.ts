import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** A named bundle of permissions: a template of the product, or a role of a brand's own. */
@Entity({ tableName: 'role' })
@Unique({ properties: ['brandId', 'nameKey'] })
export class RoleEntity {
  /** A template's is its code, such as "WAITER"; that of a brand's own role begins with "rol_". */
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  /** null for the templates, which every brand has. */
  @Property({ type: 'string', length: 32, nullable: true })
  brandId: string | null = null;

  @Property({ type: 'string', length: 80 })
  name!: string;

  /** The name as it is compared: NFKC, lower case. */
  @Property({ type: 'string', length: 80 })
  nameKey!: string;

  @Property({ type: 'json' })
  slugs!: readonly string[];

  @Property({ type: 'integer', version: true })
  version = 1;
}
