import { parseMoney } from '../../platform/domain/money.js';
import type { StockUnit } from '../../platform/domain/quantity.js';
import type { DemoPerson } from '../../bin/demo/brands.js';
import type { Demo } from '../../bin/demo/demo-file.js';
import type { Random } from '../../bin/demo/random.js';
import { createCaller, type Caller } from './caller.js';
import { HOUSE } from './documents.js';
import type { Journal } from './journal.js';

/** A dish that can be ordered, at its price in minor units. */
export interface Dish {
  readonly menuItemId: string;
  readonly priceMinor: number;
}

/** An outlet as its people know it, and these people. */
export interface House {
  readonly outletId: string;
  readonly currency: string;
  readonly dishes: readonly Dish[];
  /** Free tables; whoever works at one takes it from the list. */
  readonly tables: string[];
  readonly items: readonly { readonly id: string; readonly unit: StockUnit }[];
  readonly people: Readonly<Record<DemoPerson, Caller>>;
}

/** Where the demo is, and how its people ask. */
export interface HouseOptions {
  readonly demo: Demo;
  readonly doors: readonly string[];
  readonly random: Random;
  readonly journal: Journal;
}

/** Opens the first outlet of every demo brand. */
export async function openHouses({ demo, ...asking }: HouseOptions): Promise<House[]> {
  const houses: House[] = [];
  for (const { outlets, users } of demo.brands) {
    const people = peopleOf(users, asking);
    houses.push(await readHouse(outlets[0]?.id ?? '', people));
  }
  return houses;
}

function peopleOf(
  users: Demo['brands'][number]['users'],
  asking: Omit<HouseOptions, 'demo'>,
): Readonly<Record<DemoPerson, Caller>> {
  const { owner, admin, manager, waiter, chef, analyst, customer } = users;
  const callerOf = (user: typeof owner) => createCaller({ ...asking, user });
  return {
    owner: callerOf(owner),
    admin: callerOf(admin),
    manager: callerOf(manager),
    waiter: callerOf(waiter),
    chef: callerOf(chef),
    analyst: callerOf(analyst),
    customer: callerOf(customer),
  };
}

async function readHouse(outletId: string, people: House['people']): Promise<House> {
  const data = await people.manager.read(HOUSE, { outletId });
  if (!data) throw new Error(`The outlet ${outletId} cannot be read.`);
  const items = data['menu'].categories.flatMap((category: any) => category.items);
  const sold = items.filter(({ price, isAvailable }: any) => price && isAvailable);
  return {
    outletId,
    people,
    currency: sold[0].price.currency,
    dishes: sold.map(({ id, price }: any) => ({
      menuItemId: id,
      priceMinor: parseMoney(price.amount, price.currency).amountMinor,
    })),
    tables: data['serviceNodes'].edges
      .filter(({ node }: any) => node.currentSeating === null)
      .map(({ node }: any) => node.id),
    items: data['inventoryItems'].edges.map(({ node }: any) => node),
  };
}
