import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer, TestClient } from './client.js';

const MENU = `query ($outletId: ID!) { menu(outletId: $outletId) { categories { items { id name } } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code message } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { status } }`;
const step = (field: string) =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { order { id } userErrors { code message } } }`;

/** The statuses of an order that is served, in order. */
export const servedStatuses = ['QUEUED', 'PREPARING', 'READY', 'COMPLETED'] as const;

const steps = [
  { field: 'startOrder', by: 'chef', status: 'PREPARING' },
  { field: 'markOrderReady', by: 'chef', status: 'READY' },
  { field: 'completeOrder', by: 'waiter', status: 'COMPLETED' },
] as const;

// Longer than any replica is away in these tests.
const ATTEMPTS = 100;

/** Staff who take and serve orders, and ask again where they cannot know what became of a request. */
export interface OrderFlow {
  /** An order as it is sent. */
  operation(key: string): { readonly query: string; readonly variables: Record<string, unknown> };
  /** Sends one order once; the answer as it came. */
  send(client: TestClient, key: string): Promise<HttpAnswer>;
  /** Places an order and returns its id, by as many requests with the one key as it takes. */
  place(key: string): Promise<string>;
  /** Brings an order from the kitchen to the guest. */
  serve(orderId: string): Promise<void>;
  /** How many requests ended without a known outcome. */
  unknown(): number;
}

/** Whether every request of an answer was done. */
export function isDone({ status, body }: HttpAnswer, field: string): boolean {
  return status === 200 && !body.errors && body.data?.[field]?.userErrors.length === 0;
}

/** Makes the flow of an outlet whose menu has this dish. */
export async function openOrderFlow(
  staff: { readonly waiter: TestClient; readonly chef: TestClient },
  outletId: string,
): Promise<OrderFlow> {
  const { body } = await staff.waiter.ask(MENU, { outletId });
  const menuItemId = body.data?.['menu'].categories[0].items[0].id;
  let unknown = 0;
  const operation = (key: string) => {
    const order = { outletId, fulfilmentType: 'PICKUP', channel: 'POS', lines: [{ menuItemId, quantity: 1 }] };
    return { query: PLACE, variables: { input: { ...order, idempotencyKey: key } } };
  };
  const send = (client: TestClient, key: string) => client.ask(PLACE, operation(key).variables);
  const settle = async (field: string, ask: () => Promise<HttpAnswer>, isDoneAlready: () => Promise<boolean>) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const answer = await ask();
      if (isDone(answer, field)) return answer.body.data?.[field].order.id;
      if (await isDoneAlready()) return;
      if (answer.body.data?.[field]) throw new Error(`${field} was refused: ${JSON.stringify(answer.body)}`);
      unknown += 1;
      await sleep(100);
    }
    throw new Error(`${field} was never done.`);
  };
  return {
    operation,
    send,
    unknown: () => unknown,
    place: (key) =>
      settle(
        'placeOrder',
        () => send(staff.waiter, key),
        async () => false,
      ),
    serve: async (orderId) => {
      for (const { field, by, status } of steps)
        await settle(
          field,
          () => staff[by].ask(step(field), { input: { orderId } }),
          async () => (await staff.waiter.ask(ORDER, { id: orderId })).body.data?.['order']?.status === status,
        );
    },
  };
}
