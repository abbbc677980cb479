import { OutboxEventEntity } from '../../platform/data/outbox.entity.js';
import { anonymous, type Viewer } from '../../platform/domain/viewer.js';
import { startTestSubgraph, type Answer, type TestSubgraph } from '../../tests/harness/subgraph.js';
import { viewerWith } from '../../tests/harness/viewers.js';
import { orders } from './subgraph.js';

/** The brand most tests are about, and another one. */
export const brands = { ours: 'brd_ours', theirs: 'brd_theirs' } as const;

/** The outlet most tests are about, another of its brand, and one of another brand. */
export const outlets = { cafe: 'out_cafe', bistro: 'out_bistro', foreign: 'out_foreign' } as const;

const guest = ['orders.read-own', 'orders.place-own', 'orders.cancel-own'];
const staff = ['orders.read-own', 'orders.read', 'kitchen.read'];
const waiter = [
  ...staff,
  ...guest,
  'orders.place',
  'orders.complete',
  'orders.cancel',
  'payments.take',
  'payments.read',
];
const chef = [...staff, 'kitchen.work', 'menu.availability'];
const manager = [...waiter, ...chef, 'orders.override', 'menu.manage'];
const ours = { brandId: brands.ours };
const cafe = { ...ours, outletId: outlets.cafe };

/** Who asks: people of the brand and of the cafe, two guests, and the other brand's manager. */
export const viewers = {
  owner: viewerWith({ slugs: manager, ...ours }),
  manager: viewerWith({ slugs: manager, ...cafe }),
  waiter: viewerWith({ slugs: waiter, ...cafe }),
  chef: viewerWith({ slugs: chef, ...cafe }),
  overrider: viewerWith({ slugs: [...staff, ...guest, 'orders.override'], ...cafe }),
  reader: viewerWith({ slugs: staff, ...cafe }),
  eve: viewerWith({ slugs: guest, ...ours }),
  ann: viewerWith({ slugs: guest, ...ours }),
  stranger: viewerWith({ slugs: manager, brandId: brands.theirs }),
  nobody: anonymous,
} as const;

const Order = `order { id number status version businessDay covers fulfilmentType channel note cancelReason placedAt firedAt completedAt
  total { amount currency } paid { amount } due { amount } paymentState table { id } seating { id } customer { id } placedBy { id } outlet { id }
  lines { id name quantity note unitPrice { amount } total { amount } menuItem { id name } }
  workflowEvents { fromStatus toStatus channel reason takenBy { id } at } }`;
const Item = 'menuItem { id name description isPublished diets imageUrl version category { id } }';

const selections: Readonly<Record<string, string>> = {
  createMenuCategory: 'menuCategory { id name sortOrder version }',
  createMenuItem: Item,
  updateMenuItem: Item,
  setMenuItemPrice: Item,
  setMenuItemAvailability: Item,
  payOrder: `payment { id method status businessDay capturedAt amount { amount currency } takenBy { id } log { kind amount { amount } by { id } } } ${Order}`,
};

/** The orders subgraph with its outlets and a menu, and the shortest ways to use and look at it. */
export interface Kitchen {
  readonly subgraph: TestSubgraph;
  readonly categoryId: string;
  /** Sends a mutation and returns the whole answer. */
  send(viewer: Viewer, mutation: string, input: object): Promise<Answer>;
  /** Sends a mutation that must succeed and returns its payload. */
  make(viewer: Viewer, mutation: string, input: object): Promise<any>;
  /** Adds a dish sold at the cafe and returns its id; counted where `remaining` is given. */
  dish(name: string, amount: string, remaining?: number): Promise<string>;
  /** Places an order of one of each dish at the cafe, as the waiter unless told otherwise, and returns it. */
  order(menuItemIds: readonly string[], viewer?: Viewer): Promise<any>;
  /** Portions of a dish the cafe has left. */
  remaining(menuItemId: string): Promise<number | null>;
  /** Every row of the subgraph's own tables and events, to show that something changed nothing. */
  rows(): Promise<object>;
  /** How many statements on the subgraph's own tables some work takes. */
  statementsOf(work: () => Promise<unknown>): Promise<number>;
  /** Events of a type so far, oldest first. */
  events(type: string): Promise<OutboxEventEntity[]>;
}

/** What `placeOrder` takes, with a fresh key unless one is given. */
export function wanted(
  menuItemIds: readonly string[],
  more: object = {},
): { idempotencyKey: string; lines: { menuItemId: string; quantity: number }[] } {
  keys += 1;
  const lines = menuItemIds.map((menuItemId) => ({ menuItemId, quantity: 1 }));
  return {
    outletId: outlets.cafe,
    fulfilmentType: 'DINE_IN',
    channel: 'POS',
    lines,
    idempotencyKey: `key-${keys}`,
    ...more,
  } as ReturnType<typeof wanted>;
}
let keys = 0;

/** Starts the subgraph and tells it of the outlets. */
export async function openKitchen(): Promise<Kitchen> {
  const subgraph = await startTestSubgraph(orders);
  for (const outletId of Object.values(outlets)) await tellOutlet(subgraph, outletId);
  const send = (viewer: Viewer, mutation: string, input: object) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const selection = `${selections[mutation] ?? Order} userErrors { code message field }`;
    return subgraph.run(viewer, `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`, {
      input,
    });
  };
  const make = async (viewer: Viewer, mutation: string, input: object) => {
    const answer = await send(viewer, mutation, input);
    const payload = answer.data?.[mutation];
    if (!payload || payload.userErrors.length > 0) throw new Error(`${mutation} failed: ${JSON.stringify(answer)}`);
    return payload;
  };
  const { menuCategory } = await make(viewers.owner, 'createMenuCategory', { brandId: brands.ours, name: 'Mains' });
  const categoryId: string = menuCategory.id;
  const dish = async (name: string, amount: string, remaining?: number) => {
    const prices = [{ outletId: outlets.cafe, price: { amount, currency: 'INR' } }];
    const { menuItem } = await make(viewers.owner, 'createMenuItem', { categoryId, name, prices });
    if (remaining !== undefined)
      await make(viewers.chef, 'setMenuItemAvailability', {
        menuItemId: menuItem.id,
        outletId: outlets.cafe,
        remaining,
      });
    return menuItem.id;
  };
  const order = async (ids: readonly string[], viewer: Viewer = viewers.waiter) =>
    (await make(viewer, 'placeOrder', wanted(ids))).order;
  const remaining = async (id: string) => {
    const answer = await subgraph.run(
      anonymous,
      'query ($id: ID!, $o: ID!) { menuItem(id: $id) { remaining(outletId: $o) } }',
      { id, o: outlets.cafe },
    );
    return answer.data?.['menuItem'].remaining;
  };
  return { subgraph, categoryId, send, make, dish, order, remaining, ...looks(subgraph) };
}

function looks({ running }: TestSubgraph): Pick<Kitchen, 'rows' | 'statementsOf' | 'events'> {
  const { database } = running;
  return {
    rows: async () => {
      const em = database.em.fork();
      const tables = await Promise.all(
        [...orders.entities, OutboxEventEntity].map(
          async (entity) => [entity.name, await em.find(entity, {})] as const,
        ),
      );
      return Object.fromEntries(
        tables.map(([name, rows]) => [name, name === 'OutboxEventEntity' ? rows.length : rows]),
      );
    },
    statementsOf: async (work) => {
      database.statements.record();
      await work();
      return database.statements.recorded.filter((sql) => ownTables.test(sql)).length;
    },
    events: (type) => database.em.fork().find(OutboxEventEntity, { type }, { orderBy: { id: 'asc' } }),
  };
}

// The relay and the sweeps send statements of their own at their own times, so only those on this subgraph's tables count.
const ownTables =
  /[`"](outlet_replica|table_replica|seating_replica|menu_\w+|order_\w+|payment\w*|idempotency_key)[`"]/;

/** Tells the subgraph of an outlet: in INR and Kolkata, but the bistro in AED and Dubai. */
export async function tellOutlet(subgraph: TestSubgraph, outletId: string, facts: object = {}): Promise<void> {
  const place =
    outletId === outlets.bistro
      ? { currency: 'AED', timeZone: 'Asia/Dubai' }
      : { currency: 'INR', timeZone: 'Asia/Kolkata' };
  await subgraph.hear('outlet.saved', {
    brandId: outletId === outlets.foreign ? brands.theirs : brands.ours,
    outletId,
    aggregateId: outletId,
    payload: { name: outletId, cutOff: '04:00', isActive: true, ...place, ...facts },
  });
}

/** The userErrors of an answer's mutation, or its errors' codes. */
export function failures(answer: Answer): unknown[] {
  const payload = Object.values(answer.data ?? {})[0];
  if (payload?.userErrors) return payload.userErrors;
  return (answer.errors ?? []).map((error) => error.extensions['code']);
}
