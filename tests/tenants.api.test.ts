import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import type { PermissionRule } from '../platform/graphql/permissions.js';
import { permissions } from '../schema/permissions.js';
import type { TestClient } from './harness/client.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { synthesize } from './harness/synthesize.js';

const IDS = `query ($outletId: ID!) {
  me { id memberships { id } }
  floors(outletId: $outletId) { edges { node { id } } }
  serviceNodes(outletId: $outletId, kind: TABLE) { edges { node { id } } }
  serviceFlows(outletId: $outletId) { edges { node { id } } }
  menu(outletId: $outletId) { categories { id items { id } } }
  inventoryItems(outletId: $outletId) { edges { node { id } } }
  apiClients { edges { node { id } } }
}`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { message } } }`;
const REPORT = `mutation ($input: RequestReportInput!) { requestReport(input: $input) { reportJob { id } userErrors { message } } }`;
const CLIENT = `mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { apiClient { id } userErrors { message } } }`;
const publicMenus = ['Query.menu', 'Query.menuItem', 'Query.menuItems', 'Query.menuCategories'];
const tables = [
  'floor',
  'service_node',
  'seating',
  'order_ticket',
  'payment',
  'menu_item',
  'inventory_item',
  'stock_movement',
  'report_job',
  'membership',
  'outlet',
  'api_client',
];

describe('two brands', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  let twin: TestProduct;
  let admin: TestClient;
  let foreign: Record<string, string | undefined>;

  beforeAll(async () => {
    twin = await startTestProduct();
    admin = await twin.signIn('admin', 0);
    const [other, owner] = await Promise.all([twin.signIn('admin', 1), twin.signIn('owner', 1)]);
    const brand = twin.demo.brands[1];
    const outletId = brand?.outlets[0]?.id;
    await owner.ask(CLIENT, { input: { brandId: brand?.id, name: 'Theirs', documentIds: [] } });
    const { data: ids = {} } = (await other.ask(IDS, { outletId })).body;
    const menuItemId = ids['menu'].categories[0].items[0].id;
    const line = {
      outletId,
      fulfilmentType: 'PICKUP',
      channel: 'POS',
      lines: [{ menuItemId, quantity: 1 }],
      idempotencyKey: 'foreign',
    };
    const order = (await other.ask(PLACE, { input: line })).body.data?.['placeOrder'].order.id;
    const report = (await other.ask(REPORT, { input: { outletId, type: 'SALES', range: '7d', format: 'PDF' } })).body
      .data?.['requestReport'].reportJob.id;
    const first = (connection: string) => ids[connection].edges[0].node.id;
    foreign = {
      outletId,
      brandId: brand?.id,
      floorId: first('floors'),
      nodeId: first('serviceNodes'),
      tableId: first('serviceNodes'),
      fromNodeId: first('serviceNodes'),
      toNodeId: ids['serviceNodes'].edges[1].node.id,
      flowId: first('serviceFlows'),
      categoryId: ids['menu'].categories[0].id,
      menuItemId,
      itemId: first('inventoryItems'),
      userId: ids['me'].id,
      membershipId: ids['me'].memberships[0].id,
      orderId: order,
      reportJobId: report,
      apiClientId: first('apiClients'),
    };
    expect(Object.entries(foreign).filter(([, id]) => !id)).toEqual([]);
  }, 180_000);
  afterAll(() => twin.stop());

  // An argument that is only called "id" is of the noun its field or input is named after.
  const nouns: readonly (readonly [RegExp, string])[] = [
    [/brand/i, 'brandId'],
    [/apiClient/i, 'apiClientId'],
    [/outlet/i, 'outletId'],
    [/floor/i, 'floorId'],
    [/serviceFlow|disconnect/i, 'flowId'],
    [/serviceNode/i, 'nodeId'],
    [/category/i, 'categoryId'],
    [/menuItem/i, 'menuItemId'],
    [/inventoryItem|stock/i, 'itemId'],
    [/report/i, 'reportJobId'],
    [/order/i, 'orderId'],
  ];
  const idFor = (name: string, within: string) =>
    foreign[name === 'id' ? (nouns.find(([pattern]) => pattern.test(within))?.[1] ?? '') : name];

  const counts = async () => {
    const rows: Record<string, number> = {};
    for (const { database } of twin.subgraphs) {
      for (const meta of Object.values(database.orm.getMetadata().getAll())) {
        const { tableName } = meta as { tableName?: string };
        if (!tableName || !tables.includes(tableName)) continue;
        const [row] = await database.em.fork().execute(`select count(*) as n from ${tableName}`);
        rows[tableName] = Number(row?.n);
      }
    }
    return rows;
  };

  const fields = Object.values(permissions)
    .flatMap((table) => Object.entries<PermissionRule>(table))
    .filter(
      ([field, rule]) => typeof rule === 'object' && !field.startsWith('Subscription.') && !publicMenus.includes(field),
    )
    .map(([field]) => field);

  it("S3 S5 LES-07 answers another brand's ids as if they did not exist, and changes nothing", async () => {
    const before = await counts();
    const wrong: string[] = [];
    let cases = 0;
    for (const field of fields) {
      const [root, name = ''] = field.split('.');
      if (root !== 'Query' && root !== 'Mutation') continue;
      const { document, variables, hasIds } = synthesize(schema, root, name, idFor);
      if (!hasIds) continue;
      cases += 1;
      const { body } = await admin.ask(document, variables, { 'idempotency-key': `tenants-${cases}` });
      const code = body.errors?.[0]?.extensions['code'];
      if (code !== 'NOT_FOUND') wrong.push(`${field}: ${code ?? JSON.stringify(body)}`);
    }
    process.stderr.write(`tenants: ${cases} root fields called with another brand's ids\n`);
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(45);
    expect(await counts()).toEqual(before);
  });
});
