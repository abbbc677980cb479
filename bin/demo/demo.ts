import { createHash } from 'node:crypto';
import type { Product } from '../product.js';
import { registeredDocuments } from '../gateway-parts.js';
import { hasBrands } from '../../subgraphs/accounts/brand/brand.queries.js';
import { signInLines } from '../ready-lines.js';
import { demoBrands } from './brands.js';
import { makeBrand, makeIntegrator, type MadeBrand } from './demo-accounts.js';
import { beginDemo, readDemo, writeDemo, type Demo } from './demo-file.js';
import { makeFloor } from './demo-layout.js';
import { makeMenu, type MadeDish } from './demo-menu.js';
import { makeStock } from './demo-stock.js';
import { writeHistory } from './demo-history.js';

/** Where the demo is kept and how much past it has. */
export interface DemoOptions {
  readonly dataDir: string;
  readonly url: string;
  /** Days of history; 120 unless told. */
  readonly days?: number;
}

const SEED = 20_260;
const integratorDocuments = ['OpenOrders', 'SalesOfDay'] as const;

/** The demo of the data folder: made where there is no brand yet, found again later; null in an installation with brands of its own. */
export async function ensureDemo(product: Product, options: DemoOptions): Promise<Demo | null> {
  const known = readDemo(options.dataDir);
  if (known) return keepAddress(known, options);
  return (await hasBrands(product.subgraphs.accounts.systemContext().em)) ? null : makeDemo(product, options);
}

/** Tells the sign-ins on standard output. */
export function printDemo(demo: Demo, dataDir: string): void {
  process.stdout.write(signInLines(demo, dataDir));
}

async function makeDemo(product: Product, options: DemoOptions): Promise<Demo> {
  beginDemo(options.dataDir);
  const accounts = product.subgraphs.accounts.systemContext();
  const brands: MadeBrand[] = [];
  for (const plan of demoBrands) brands.push(await makeBrand(accounts, plan));
  await product.settle();
  for (const [index, brand] of brands.entries())
    await furnish(product, brand, { days: options.days ?? 120, seed: SEED + index });
  await product.settle();
  const [first] = brands;
  if (!first) throw new Error('The demo has no brand.');
  const demo = {
    graphql: `${options.url}/graphql`,
    brands: brands.map(tell),
    integrator: await tellIntegrator(product, first),
  };
  writeDemo(options.dataDir, demo);
  return demo;
}

async function furnish(
  product: Product,
  brand: MadeBrand,
  { days, seed }: { days: number; seed: number },
): Promise<void> {
  for (const outlet of brand.outlets) await makeFloor(product.subgraphs.layout.systemContext(), outlet.id);
  const dishes: MadeDish[] = await makeMenu(product.subgraphs.orders.systemContext(), brand);
  await product.settle();
  await makeStock(product.subgraphs.inventory.systemContext(), brand, dishes);
  await writeHistory(product, { brand, dishes, days, seed });
}

async function tellIntegrator(product: Product, brand: MadeBrand): Promise<Demo['integrator']> {
  const texts = Object.values(registeredDocuments());
  const documents = integratorDocuments.map((name) => {
    const text = texts.find((candidate) => candidate.startsWith(`query ${name}`));
    if (!text) throw new Error(`The document ${name} is not registered.`);
    const documentId = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    return { name, documentId, variables: { outletId: brand.outlets[0]?.id } };
  });
  const apiKey = await makeIntegrator(
    product.subgraphs.accounts.systemContext(),
    brand.id,
    documents.map(({ documentId }) => documentId),
  );
  return { apiKey, documents };
}

function tell({ id, plan, outlets, users }: MadeBrand): Demo['brands'][number] {
  const signIn = ({ identifier, password }: { identifier: string; password: string }) => ({ identifier, password });
  return {
    id,
    name: plan.name,
    outlets: outlets.map((outlet) => ({ id: outlet.id, name: outlet.plan.name })),
    users: {
      owner: signIn(users.owner),
      admin: signIn(users.admin),
      manager: signIn(users.manager),
      waiter: signIn(users.waiter),
      chef: signIn(users.chef),
      analyst: signIn(users.analyst),
      customer: signIn(users.customer),
    },
  };
}

// The port may be another one than last time.
function keepAddress(demo: Demo, { dataDir, url }: DemoOptions): Demo {
  const graphql = `${url}/graphql`;
  if (demo.graphql === graphql) return demo;
  const moved = { ...demo, graphql };
  writeDemo(dataDir, moved);
  return moved;
}
