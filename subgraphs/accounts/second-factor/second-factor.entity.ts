import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A person's authenticator app, and the codes that stand in for it; gone when they do without. */
@Entity({ tableName: 'second_factor' })
export class SecondFactorEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  userId!: string;

  /** Sealed; base32 within. */
  @Property({ type: 'string', length: 200 })
  secret!: string;

  /** The time step of the last code that was taken: no code of it or before it is taken again. */
  @Property({ type: 'integer' })
  lastStep = 0;

  /** Blind indexes of the recovery codes nobody has used. */
  @Property({ type: 'json' })
  recoveryKeys: string[] = [];

  /** When the secret was shown. */
  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;

  /** When its holder has shown that their app knows the secret; until then nothing is asked of them. */
  @Property({ type: 'Date', length: 3, nullable: true })
  confirmedAt: Date | null = null;
}
