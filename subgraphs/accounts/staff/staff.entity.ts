import { BigIntType } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { EmploymentKind } from './staff.rules.js';

/** What a brand keeps about somebody who works for it; one per person. */
@Entity({ tableName: 'staff_profile' })
@Index({ properties: ['outletId', 'id'] })
@Index({ properties: ['brandId', 'id'] })
@Unique({ properties: ['brandId', 'employeeNumberKey'] })
export class StaffProfileEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Unique()
  @Property({ type: 'string', length: 32 })
  userId!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  /** The outlet they are assigned to. */
  @Property({ type: 'string', length: 32 })
  outletId!: string;

  @Property({ type: 'string', length: 40, nullable: true })
  employeeNumber: string | null = null;

  /** The number as it is compared: NFKC, lower case. */
  @Property({ type: 'string', length: 40, nullable: true })
  employeeNumberKey: string | null = null;

  @Property({ type: 'string', length: 80, nullable: true })
  position: string | null = null;

  @Property({ type: 'date', nullable: true })
  hiredOn: string | null = null;

  @Property({ type: 'string', length: 12, nullable: true })
  employmentKind: EmploymentKind | null = null;

  @Property({ type: new BigIntType('number'), nullable: true })
  hourlyRateMinor: number | null = null;

  /** Currency of the rate: that of the outlet. */
  @Property({ type: 'string', length: 3, nullable: true })
  currency: string | null = null;

  /** Sealed; at most 300 characters within. */
  @Property({ type: 'string', length: 1300, nullable: true })
  address: string | null = null;

  /** Sealed; at most 200 characters within. */
  @Property({ type: 'string', length: 900, nullable: true })
  emergencyContact: string | null = null;

  /** Sealed; a day such as 1990-02-28 within. */
  @Property({ type: 'string', length: 120, nullable: true })
  birthDate: string | null = null;

  @Property({ type: 'Date', length: 3 })
  createdAt!: Date;

  @Property({ type: 'integer', version: true })
  version = 1;
}
