import { BigIntType, PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What one dish sold on one business day of an outlet. */
@Entity({ tableName: 'item_sales' })
export class ItemSalesEntity {
  [PrimaryKeyProp]?: ['outletId', 'businessDay', 'menuItemId'];

  @PrimaryKey({ type: 'string', length: 32 })
  outletId!: string;

  @PrimaryKey({ type: 'string', length: 10 })
  businessDay!: string;

  @PrimaryKey({ type: 'string', length: 32 })
  menuItemId!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 200 })
  name = '';

  /** When it was last sold under its name, as ISO 8601 text in UTC, whose order is that of time. */
  @Property({ type: 'string', length: 24 })
  namedAt = '';

  /** Portions sold. */
  @Property({ type: 'integer' })
  quantity = 0;

  @Property({ type: new BigIntType('number') })
  salesMinor = 0;

  /** Counts a sold line; the name of the latest sale stays, in whatever order sales are heard. */
  add(line: { readonly name: string; readonly quantity: number; readonly totalMinor: number }, soldAt: string): void {
    this.quantity += line.quantity;
    this.salesMinor += line.totalMinor;
    if (soldAt + line.name <= this.namedAt + this.name) return;
    this.name = line.name;
    this.namedAt = soldAt;
  }
}
