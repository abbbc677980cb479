import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A data folder with a demo in it, and somebody who may read its orders. */
export interface Scene {
  readonly dataDir: string;
  readonly outletId: string;
  /** Of a manager; good for an hour. */
  readonly accessToken: string;
}

const orders = 24;
const linesPerOrder = 3;
const startMs = 60_000;
const product = fileURLToPath(new URL('../../bin/all.js', import.meta.url));

const brand = z.object({
  outlets: z.tuple([z.object({ id: z.string() })], z.unknown()),
  users: z.object({ manager: z.object({ identifier: z.string(), password: z.string() }) }),
});
const demoShape = z.object({ brands: z.tuple([brand], z.unknown()) });
const offer = `query ($outletId: ID!) {
  menu(outletId: $outletId) { categories { items { id } } }
  serviceNodes(outletId: $outletId, kind: TABLE, first: 100) { edges { node { id } } }
}`;
const offerShape = z.object({
  menu: z.object({ categories: z.array(z.object({ items: z.array(z.object({ id: z.string() })) })) }),
  serviceNodes: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }),
});
const login = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
const loginShape = z.object({ login: z.object({ accessToken: z.string() }) });
const place = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id } userErrors { message } }
}`;
const placeShape = z.object({ placeOrder: z.object({ order: z.object({ id: z.string() }) }) });

/** Lets the product itself make its demo and take the orders, as clients would have it. */
export async function makeScene(dataDir: string): Promise<Scene> {
  // Nothing of the caller's environment may change what is measured.
  const child = spawn(process.execPath, [product], {
    env: { DATA_DIR: dataDir, PORT: '0', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await readyUrl(child);
    const [{ outlets, users }] = demoShape.parse(readJson(join(dataDir, 'demo.json'))).brands;
    const outletId = outlets[0].id;
    const { accessToken } = loginShape.parse(
      await ask(url, { query: login, variables: { input: users.manager } }),
    ).login;
    await placeOrders(url, { outletId, accessToken });
    return { dataDir, outletId, accessToken };
  } finally {
    await stop(child);
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function readyUrl(child: ChildProcess): Promise<string> {
  const ready = Promise.withResolvers<string>();
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const url = /^TwinEngine is ready at (\S+)$/m.exec(said)?.[1];
    if (url) ready.resolve(url);
  });
  child.on('exit', () => ready.reject(new Error(`The product ended before it was ready: ${said}`)));
  setTimeout(() => ready.reject(new Error(`The product was not ready in time: ${said}`)), startMs).unref();
  return ready.promise;
}

async function placeOrders(url: string, { outletId, accessToken }: Omit<Scene, 'dataDir'>): Promise<void> {
  const offered = offerShape.parse(await ask(url, { query: offer, variables: { outletId } }, accessToken));
  const dishes = offered.menu.categories.flatMap(({ items }) => items);
  const tables = offered.serviceNodes.edges.map(({ node }) => node);
  for (let order = 0; order < orders; order += 1) {
    const lines = Array.from({ length: linesPerOrder }, (_, line) => ({
      menuItemId: dishes[(order * linesPerOrder + line) % dishes.length]?.id,
      quantity: 1 + (line % 2),
    }));
    const tableId = tables[order % tables.length]?.id;
    const how = { fulfilmentType: 'DINE_IN', channel: 'POS', idempotencyKey: `bench-${order}` };
    const variables = { input: { outletId, tableId, lines, ...how } };
    placeShape.parse(await ask(url, { query: place, variables }, accessToken));
  }
}

async function ask(url: string, operation: object, accessToken?: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(operation),
  });
  const text = await response.text();
  const answer = z.object({ data: z.unknown(), errors: z.unknown().optional() }).parse(JSON.parse(text));
  if (answer.errors !== undefined) throw new Error(`The product answered ${text}`);
  return answer.data;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
