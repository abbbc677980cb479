import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Which version of the tables this database was made with. */
@Entity({ tableName: 'schema_fingerprint' })
export class SchemaFingerprintEntity {
  @PrimaryKey({ type: 'integer', autoincrement: false })
  id!: number;

  /** SHA-256 of the statements that made the tables. */
  @Property({ type: 'string', length: 64 })
  fingerprint!: string;
}
