import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** The first answer to a keyed write, so that the same request again finds its result instead of a second effect. */
@Entity({ tableName: 'idempotency_key' })
export class IdempotencyKeyEntity {
  /** SHA-256 of who asked for which operation under which key. */
  @PrimaryKey({ type: 'string', length: 64 })
  id!: string;

  /** SHA-256 of the request's input; another input under the same key is refused. */
  @Property({ type: 'string', length: 64 })
  requestHash!: string;

  /** The id of what the first request made or changed. */
  @Property({ type: 'string', length: 32 })
  resultId!: string;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;
}
