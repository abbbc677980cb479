import type { RunningSubgraph } from '../../platform/subgraph-server.js';

/** The ids of one brand's rows, one of each table that has any, by table name. */
export type TenantIds = ReadonlyMap<string, string>;

type Row = Readonly<Record<string, unknown>>;

/** Finds a row of the brand in every table that has ids: by its brand, or by a person who works for it. */
export async function findTenantIds(subgraphs: readonly RunningSubgraph[], brandId: string): Promise<TenantIds> {
  const ids = new Map([['brand', brandId]]);
  const people = await idsOf(
    subgraphs,
    "select user_id as id from membership where brand_id = ? and role_id = 'WAITER'",
    [brandId],
  );
  if (people[0]) ids.set('user_account', people[0]);
  for (const { database } of subgraphs) {
    for (const { tableName, primaryKeys, properties } of database.orm.getMetadata().getAll().values()) {
      const [key] = primaryKeys;
      if (ids.has(tableName) || primaryKeys.length !== 1 || !key) continue;
      const column = properties[key]?.fieldNames[0];
      const owner = ['brandId', 'userId'].find((name) => name in properties);
      const values = owner === 'brandId' ? [brandId] : people.slice(0, 1);
      if (!owner || !column || values.length === 0) continue;
      const where = `${properties[owner]?.fieldNames[0]} = ?${kindOf(tableName)}`;
      const rows: Row[] = await database.em
        .fork()
        .execute(`select ${column} as id from \`${tableName}\` where ${where} order by ${column} limit 1`, values);
      if (rows[0]) ids.set(tableName, String(rows[0]['id']));
    }
  }
  return ids;
}

/** The table whose rows an argument or input field names, by its name and the input or root field it stands in. A noun that is not listed is taken for the name of its table. */
export function tableOf(name: string, within: string): string {
  const noun = snake(name === 'id' || name === 'ids' ? nounOf(within) : name.replace(/Ids?$/, ''));
  return tablesByNoun[noun] ?? noun;
}

// Nouns of arguments that are not called as their table is.
const tablesByNoun: Readonly<Record<string, string>> = {
  user: 'user_account',
  node: 'service_node',
  nodes: 'service_flow',
  table: 'service_node',
  from_node: 'service_node',
  to_node: 'service_node',
  flow: 'service_flow',
  category: 'menu_category',
  item: 'inventory_item',
  stock: 'inventory_item',
  order: 'order_ticket',
  report: 'report_job',
  staff_member: 'user_account',
  customer: 'user_account',
  staff_profile: 'user_account',
  customer_profile: 'user_account',
};

// What a root field or an input is about: `UpdateOutletInput`, `Query.outlet`, `disconnectNodes`.
function nounOf(within: string): string {
  const name = within.replace(/^.*\./, '').replace(/Input$/, '');
  return name.replace(/^[A-Za-z]?[a-z]+(?=[A-Z])/, (verb) =>
    /^(menu|service|inventory|report|api|staff|customer)$/.test(verb) ? verb : '',
  );
}

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

// Most arguments that name a node want a table.
function kindOf(tableName: string): string {
  return tableName === 'service_node' ? " and kind = 'TABLE'" : tableName === 'role' ? " and id like 'rol%'" : '';
}

async function idsOf(subgraphs: readonly RunningSubgraph[], sql: string, values: string[]): Promise<string[]> {
  const accounts = subgraphs.find(({ name }) => name === 'accounts');
  const rows: Row[] = accounts ? await accounts.database.em.fork().execute(`${sql} order by user_id`, values) : [];
  return rows.map(({ id }) => String(id));
}
