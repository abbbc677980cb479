import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import type { PermissionRule } from '../platform/graphql/permissions.js';
import { permissions } from '../schema/permissions.js';
import type { HttpAnswer, TestClient } from './harness/client.js';
import { addRows } from './harness/own-rows.js';
import { ManualTime, quietAfternoon } from './harness/manual-time.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { watchRowChanges, type RowChanges } from './harness/row-changes.js';
import { synthesize } from './harness/synthesize.js';
import { findTenantIds, tableOf, type TenantIds } from './harness/tenant-ids.js';
import { findTenantLinks } from './harness/tenant-links.js';

// Everybody may see any menu, become any brand's customer, and sign in wherever.
const fields = Object.values(permissions)
  .flatMap((table) => Object.entries<PermissionRule>(table))
  .filter(([, rule]) => rule !== 'PUBLIC' && rule !== 'INTERNAL')
  .map(([field]) => field);
const nobodys = 'xxx_00000000000000000000000000';

/** One argument or input field that names a row, by where it stands. */
interface Place {
  readonly field: string;
  readonly name: string;
  readonly within: string;
}

describe('two brands', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  let twin: TestProduct;
  let admin: TestClient;
  let own: TenantIds;
  let foreign: TenantIds;
  let changes: RowChanges;
  let cases = 0;

  beforeAll(async () => {
    twin = await startTestProduct({ days: 1, clock: new ManualTime(quietAfternoon) });
    const ours = await addRows(twin, 0);
    const theirs = await addRows(twin, 1);
    ({ admin } = ours);
    own = await findTenantIds(twin.subgraphs, ours.brandId);
    foreign = await findTenantIds(twin.subgraphs, theirs.brandId);
    changes = await watchRowChanges(twin.subgraphs);
  }, 180_000);
  afterAll(() => twin.stop());

  const rootOf = (field: string) => {
    const [root, name = ''] = field.split('.');
    if (root !== 'Query' && root !== 'Mutation' && root !== 'Subscription') throw new Error(`Not a root: ${field}`);
    return { root, name } as const;
  };

  const placesOf = (field: string): Place[] => {
    const { root, name: fieldName } = rootOf(field);
    const places = new Map<string, Place>();
    synthesize(schema, root, fieldName, (name, within) => {
      places.set(`${within}.${name}`, { field, name, within });
      return nobodys;
    });
    return [...places.values()];
  };

  // Every id is the brand's own, but for the one that is asked about.
  const requestWith = (place: Place, id: string | undefined) => {
    const { root, name: fieldName } = rootOf(place.field);
    return synthesize(schema, root, fieldName, (name, within) =>
      name === place.name && within === place.within ? id : own.get(tableOf(name, within)),
    );
  };

  const answerTo = async (place: Place, id: string | undefined): Promise<Pick<HttpAnswer, 'body'>> => {
    const { document, variables } = requestWith(place, id);
    cases += 1;
    if (!place.field.startsWith('Subscription.'))
      return admin.ask(document, variables, { 'idempotency-key': `tenants-${cases}` });
    const subscription = admin.subscribe(document, variables);
    for (let waited = 0; waited < 40 && subscription.errors.length === 0; waited += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await subscription.close();
    return { body: { errors: subscription.errors.flat() as NonNullable<HttpAnswer['body']['errors']> } };
  };

  // What a client can tell answers apart by.
  const tellTale = ({ body: { data, errors } }: Pick<HttpAnswer, 'body'>) =>
    JSON.stringify({
      data,
      errors: errors?.map(({ message, path, extensions: { code, details } }) => ({ message, path, code, details })),
    });

  // A list that is narrowed by a row that does not exist may have nothing in it.
  const isEmptyList = ({ body: { data } }: Pick<HttpAnswer, 'body'>) =>
    Object.values(data ?? {}).every((value) => Array.isArray(value?.edges) && value.edges.length === 0) &&
    Object.keys(data ?? {}).length === 1;

  const places = fields.flatMap(placesOf);

  it('S5 knows a row of either brand for every argument that takes an id', () => {
    const unknown = places.filter(
      ({ name, within }) => !own.get(tableOf(name, within)) || !foreign.get(tableOf(name, within)),
    );

    expect(unknown.map(({ name, within }) => `${within}.${name}: ${tableOf(name, within)}`)).toEqual([]);
    expect(places.length).toBeGreaterThan(100);
  });

  it("S3 S5 LES-07 answers another brand's id in any argument as if there were no such row, and changes nothing", async () => {
    const wrong: string[] = [];
    await twin.settle();
    await changes.take();

    for (const place of places) {
      const id = foreign.get(tableOf(place.name, place.within));
      const [answer, missing] = [await answerTo(place, id), await answerTo(place, nobodys)];
      const changed = await changes.take();
      const isHidden = answer.body.errors?.[0]?.extensions['code'] === 'NOT_FOUND' || isEmptyList(answer);
      const where = `${place.field} ${place.within}.${place.name}`;
      if (!isHidden) wrong.push(`${where}: ${tellTale(answer)}`);
      if (tellTale(answer) !== tellTale(missing)) wrong.push(`${where}: missing is ${tellTale(missing)}`);
      if (changed.length > 0) wrong.push(`${where} changed ${changed.join(', ')}`);
    }

    process.stderr.write(
      `tenants: ${cases} requests with another brand's id in one of ${places.length} arguments, or nobody's\n`,
    );
    expect(wrong).toEqual([]);
  }, 120_000);

  it('S5 I16 has no row that names rows of two brands', async () => {
    await twin.settle();
    const brandIds = twin.demo.brands.map(({ id }) => id);

    const { rows, references, crossing } = await findTenantLinks(twin.subgraphs, brandIds);

    process.stderr.write(`tenants: ${references} references between ${rows} rows of every table, none across brands\n`);
    expect(crossing).toEqual([]);
    expect(references).toBeGreaterThan(1_000);
  });

  it('S5 I16 would find one', async () => {
    const orders = twin.subgraphs.find(({ name }) => name === 'orders');
    const id = own.get('menu_item') ?? '';
    await orders?.database.em
      .fork()
      .execute('update menu_item set category_id = ? where id = ?', [foreign.get('menu_category') ?? '', id]);

    const { crossing } = await findTenantLinks(
      twin.subgraphs,
      twin.demo.brands.map((brand) => brand.id),
    );

    expect(crossing.some((row) => row.startsWith(`orders.menu_item ${id}`))).toBe(true);
  });
});
