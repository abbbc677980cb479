import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { loadConfig } from '../platform/process/config.js';
import { exitOnFailure } from '../platform/process/startup.js';
import {
  LiveOrdersDocument,
  MenuDocument,
  TablesDocument,
  type LiveOrdersSubscription,
} from '../schema/client/graphql.js';
import { readDemo, type Demo } from './demo/demo-file.js';
import { createRandom, type Random } from './demo/random.js';
import { signIn, type ApiClient } from './evening/api-client.js';
import { pausesOf, playVisit, type Staff, type Visit } from './evening/visit.js';

interface Evening {
  readonly parties: number;
  readonly atOnce: number;
  readonly paceMs: number;
}

/** Plays a believable evening at the first demo outlet through the public API of the running server. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      parties: { type: 'string', default: '12' },
      pace: { type: 'string', default: '900' },
      tables: { type: 'string', default: '4' },
    },
  });
  const evening = {
    parties: whole('parties', values.parties),
    paceMs: whole('pace', values.pace),
    atOnce: whole('tables', values.tables),
  };
  const demo = readDemo(loadConfig().dataDir);
  const brand = demo?.brands[0];
  const outlet = brand?.outlets[0];
  if (!demo || !brand || !outlet)
    throw new Error('There is no demo data here: start the server with "npm start" first, in the same data folder.');
  const staff = await openStaff(demo, brand);
  const stopWatching = staff.waiter.follow(LiveOrdersDocument, { outletId: outlet.id }, tell);
  process.stdout.write(`An evening at ${outlet.name}: ${evening.parties} parties, up to ${evening.atOnce} at once.\n`);
  await play(staff, outlet.id, evening);
  stopWatching();
  await Promise.all([staff.waiter.close(), staff.chef.close()]);
}

async function openStaff({ graphql }: Demo, { users }: Demo['brands'][number]): Promise<Staff> {
  const [waiter, chef] = await Promise.all([signIn(graphql, users.waiter), signIn(graphql, users.chef)]);
  return { waiter, chef };
}

async function play(staff: Staff, outletId: string, { parties, atOnce, paceMs }: Evening): Promise<void> {
  const random = createRandom(Math.floor(Math.random() * 2 ** 31));
  const free = await freeTables(staff.waiter, outletId);
  const dishes = await dishIds(staff.waiter, outletId);
  if (free.length === 0) throw new Error('Every table is taken: release one, or wait until the guests have gone.');
  let left = parties;
  // Each lane serves one party after the other at a table of its own.
  const lanes = free.slice(0, atOnce).map(async (table) => {
    while (left > 0) {
      left -= 1;
      const covers = Math.min(table.seats, random.between(1, 6));
      const visit: Visit = { outletId, table, covers, lines: chooseLines(dishes, covers, random), key: randomUUID() };
      process.stdout.write(`  ${await playVisit(staff, visit, pausesOf(paceMs, random))}: served and paid\n`);
    }
  });
  await Promise.all(lanes);
}

async function freeTables(client: ApiClient, outletId: string) {
  const { serviceNodes } = await client.run(TablesDocument, { outletId, first: 100 });
  return serviceNodes?.edges.flatMap(({ node }) => (node.currentSeating ? [] : [node])) ?? [];
}

async function dishIds(client: ApiClient, outletId: string): Promise<string[]> {
  const { menu } = await client.run(MenuDocument, { outletId });
  return menu?.categories.flatMap(({ items }) => items.flatMap((item) => (item.isAvailable ? [item.id] : []))) ?? [];
}

function chooseLines(dishes: readonly string[], covers: number, random: Random): Visit['lines'] {
  const chosen = new Map<string, number>();
  for (let line = 0; line < covers + 1; line += 1) {
    const dish = random.pick(dishes);
    chosen.set(dish, (chosen.get(dish) ?? 0) + 1);
  }
  return [...chosen].map(([menuItemId, quantity]) => ({ menuItemId, quantity }));
}

function tell({ orderStatusChanged: { at, status, order } }: LiveOrdersSubscription): void {
  const dishes = order?.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ') ?? '';
  process.stdout.write(
    `${at.slice(11, 19)}  #${order?.number}  ${status.padEnd(9)}  ${order?.table?.label ?? '–'}  ${dishes}\n`,
  );
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number of at least 1.`);
  return value;
}

await exitOnFailure(main);
