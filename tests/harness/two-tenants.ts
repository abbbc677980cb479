import { isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { subgraphs } from '../../bin/subgraphs.js';
import { newId } from '../../platform/domain/id.js';
import { signViewer } from '../../platform/domain/viewer-signature.js';
import type { Viewer } from '../../platform/domain/viewer.js';
import { systemClock } from '../../platform/process/clock.js';
import { composeGraph, type ComposedGraph } from '../../schema/compose.js';
import { roleTemplates } from '../../subgraphs/accounts/role/role.templates.js';
import type { HttpAnswer, TestClient } from './client.js';
import { startTestProduct, type TestProduct } from './product.js';
import type { Answer } from './subgraph.js';
import { viewerWith } from './viewers.js';

/** Two brands of the same shape, seen by the owner of the first. */
export interface TwoTenants {
  readonly twin: TestProduct;
  readonly graph: ComposedGraph;
  /** Owners of the two brands. */
  readonly clients: readonly [TestClient, TestClient];
  /** Ids of a kind of row, such as "Floor", that the first or the second brand has; in the order they were made. */
  idsOf(noun: string, tenant: 0 | 1): readonly string[];
  /** Ids of the second brand's rows that an answer tells. */
  leaksIn(answer: unknown): string[];
  schemaOf(subgraph: string): GraphQLSchema;
  /** Asks a subgraph as the gateway would for the first brand's owner. */
  askSubgraph(subgraph: string, query: string, variables: Record<string, unknown>): Promise<Answer>;
}

/** Starts the product with a little history, and makes of every kind of row at least one for each brand. */
export async function startTwoTenants(): Promise<TwoTenants> {
  const twin = await startTestProduct({ days: 2 });
  const clients: [TestClient, TestClient] = [await twin.signIn('owner', 0), await twin.signIn('owner', 1)];
  for (const tenant of [0, 1] as const) await complete(twin, clients[tenant], tenant);
  await twin.settle();
  const { rows, hidden } = await readRows(twin);
  const viewer = ownerOf(twin);
  return {
    twin,
    graph: await composeGraph(subgraphs),
    clients,
    idsOf: (noun, tenant) => rows[tenant].get(noun) ?? [],
    leaksIn: (answer) =>
      [...new Set(JSON.stringify(answer).match(/\b[a-z]{2,4}_[0-9A-Z]{26}\b/g))].filter((id) => hidden.has(id)),
    schemaOf: (subgraph) => runningOf(twin, subgraph).schema,
    askSubgraph: (subgraph, query, variables) =>
      runningOf(twin, subgraph).client.execute({
        query,
        variables,
        signedViewer: signViewer(viewer, subgraph, twin.viewerSecret, systemClock.now()),
        requestId: newId('req'),
        idempotencyKey: null,
        remoteAddress: '127.0.0.1',
        userAgent: '',
      }),
  };
}

/** Entities that a subgraph finds by key, with the subgraph. */
export function entitiesOf({ graph, schemaOf }: TwoTenants): { subgraph: string; type: GraphQLObjectType }[] {
  return subgraphs.flatMap(({ name: subgraph }) => {
    const sdl = graph.files[`${subgraph}.graphql`] ?? '';
    return [...sdl.matchAll(/^type (\w+)[^{]*@key\(fields: "id"\)/gm)].flatMap(([, name = '']) => {
      const type = schemaOf(subgraph).getType(name);
      return isObjectType(type) ? [{ subgraph, type }] : [];
    });
  });
}

/** What an answer says besides which request it answers. */
export function saidBy({ status, body }: HttpAnswer): string {
  const errors = body.errors?.map(({ message, path, extensions: { requestId: _requestId, ...extensions } }) => ({
    message,
    path,
    extensions,
  }));
  return JSON.stringify({ status, data: body.data ?? null, errors });
}

function runningOf(twin: TestProduct, subgraph: string) {
  const running = twin.subgraphs.find(({ name }) => name === subgraph);
  if (!running) throw new Error(`No subgraph ${subgraph} runs.`);
  return running;
}

function ownerOf({ demo }: TestProduct): Viewer {
  return viewerWith({ role: 'OWNER', slugs: roleTemplates.OWNER, brandId: demo.brands[0]?.id ?? '' });
}

const made: readonly (readonly [string, (facts: Facts) => object])[] = [
  ['createApiClient', ({ brandId }) => ({ brandId, name: 'Till', documentIds: [] })],
  ['createRole', ({ brandId }) => ({ brandId, name: 'Host', permissions: ['orders.read'] })],
  [
    'requestReport',
    ({ outletId }) => ({ outletId, type: 'SALES', range: '7d', format: 'PDF', idempotencyKey: newId('key') }),
  ],
  ['seatParty', ({ tableId }) => ({ tableId, covers: 2 })],
  ['saveCustomerProfile', ({ brandId, customerId }) => ({ brandId, userId: customerId })],
  ['saveStaffProfile', ({ outletId, ownerId }) => ({ userId: ownerId, outletId })],
  ['updateMenuItem', ({ menuItemId }) => ({ id: menuItemId, isPublished: false })],
];
interface Facts {
  readonly brandId: string;
  readonly outletId: string;
  readonly tableId: string;
  readonly menuItemId: string;
  readonly customerId: string;
  readonly ownerId: string;
}
const FACTS = `query ($outletId: ID!, $brandId: ID!) {
  me { id } users(brandId: $brandId) { edges { node { id memberships { role } } } }
  serviceNodes(outletId: $outletId, kind: TABLE) { edges { node { id } } }
  menu(outletId: $outletId) { categories { items { id } } }
}`;

async function complete(twin: TestProduct, client: TestClient, tenant: 0 | 1): Promise<void> {
  const brand = twin.demo.brands[tenant];
  const [brandId, outletId] = [brand?.id ?? '', brand?.outlets[0]?.id ?? ''];
  const { data = {}, errors } = (await client.ask(FACTS, { brandId, outletId })).body;
  if (errors) throw new Error(JSON.stringify(errors));
  const people = data['users'].edges.map(({ node }: any) => node);
  const facts = {
    brandId,
    outletId,
    ownerId: data['me'].id,
    tableId: data['serviceNodes'].edges[0].node.id,
    menuItemId: data['menu'].categories[0].items[0].id,
    customerId: people.find(({ memberships }: any) => memberships.some(({ role }: any) => role === 'CUSTOMER')).id,
  };
  for (const [mutation, input] of made) {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message field } } }`;
    const { body } = await client.ask(document, { input: input(facts) });
    if (body.errors || body.data?.[mutation].userErrors.length > 0)
      throw new Error(`${mutation}: ${JSON.stringify(body)}`);
  }
}

type Rows = readonly [Map<string, string[]>, Map<string, string[]>];

/** The rows of both brands by noun, as the databases have them, and every id that only the second one's people may see. */
async function readRows({ subgraphs: running, demo }: TestProduct): Promise<{ rows: Rows; hidden: Set<string> }> {
  const rows: Rows = [new Map(), new Map()];
  const all = [new Set<string>(), new Set<string>()] as const;
  const note = (noun: string, brandId: unknown, id: unknown) => {
    const tenant = demo.brands.findIndex((brand) => brand.id === brandId);
    if ((tenant !== 0 && tenant !== 1) || typeof id !== 'string') return;
    all[tenant].add(id);
    const ids = rows[tenant].get(noun) ?? [];
    if (!ids.includes(id)) rows[tenant].set(noun, [...ids, id]);
  };
  for (const { name, database } of new Map(running.map((one) => [one.name, one])).values()) {
    const tables = subgraphs.find((subgraph) => subgraph.name === name)?.entities ?? [];
    for (const table of tables) {
      const noun = table.name.replace(/Entity$/, '');
      if (noun.endsWith('Replica')) continue;
      for (const row of await database.em.fork().find(table, {})) {
        const fields: Record<string, unknown> = { ...row };
        // What is published is everybody's.
        if (fields['isPublished'] === true) continue;
        note(noun, noun === 'Brand' ? fields['id'] : fields['brandId'], fields['id']);
        if (noun === 'Membership') note('User', fields['brandId'], fields['userId']);
      }
    }
  }
  for (const ids of [...rows[0].values(), ...rows[1].values()]) ids.sort();
  return { rows, hidden: new Set([...all[1]].filter((id) => !all[0].has(id))) };
}
