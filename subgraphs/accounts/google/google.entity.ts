import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

/** The account at Google somebody signs in with; one each. */
@Entity({ tableName: 'google_identity' })
export class GoogleIdentityEntity {
  /** Blind index of Google's own name for them, which stays when their address there changes. */
  @PrimaryKey({ type: 'string', length: 64 })
  subjectKey!: string;

  @Unique()
  @Property({ type: 'string', length: 32 })
  userId!: string;

  @Property({ type: 'Date', length: 3 })
  linkedAt!: Date;
}
