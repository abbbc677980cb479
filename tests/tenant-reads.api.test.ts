import {
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { synthesize, type IdFor } from './harness/synthesize.js';
import { entitiesOf, saidBy, startTwoTenants, type TwoTenants } from './harness/two-tenants.js';

/** Whatever a brand publishes, everybody may read. */
const publicFields = ['menu', 'menuItem', 'menuItems', 'menuCategories'];
/** They answer about no row. */
const rowless = ['health', 'verifyToken', 'permissions'];
const nouns: Readonly<Record<string, string>> = { itemId: 'InventoryItem', categoryId: 'MenuCategory' };

/** What an argument's id is of: named by it, or by what the field answers with. */
function nounOf(argument: string, field: GraphQLField<unknown, unknown>): string {
  const named = `${argument.charAt(0).toUpperCase()}${argument.slice(1)}`.replace(/Id$/, '');
  return argument === 'id' ? getNamedType(field.type).name : (nouns[argument] ?? named);
}

function fieldsOf(schema: GraphQLSchema, root: string): GraphQLField<unknown, unknown>[] {
  const type = schema.getType(root);
  return isObjectType(type) ? Object.values(type.getFields()) : [];
}

const idArguments = (field: GraphQLField<unknown, unknown>) =>
  field.args.filter(({ type }) => getNamedType(type).name === 'ID');
const isList = ({ type }: GraphQLField<unknown, unknown>) =>
  getNamedType(type).name.endsWith('Connection') || isListType(isNonNullType(type) ? type.ofType : type);

/** Every field of a type that takes nothing, with what lies under it. */
function wholeOf(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined)) return [];
    if (isLeafType(named)) return [field.name];
    return depth > 0 && isObjectType(named) ? [`${field.name} ${wholeOf(named, depth - 1)}`] : [];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

/** An id of the same form that nothing has. */
const missing = (id: string) => id.replace(/[0-9A-Z]{26}$/, '0'.repeat(26));

describe("S3 another brand's rows, asked for by an owner", () => {
  let tenants: TwoTenants;
  const cases: Record<string, number> = {};
  const count = (kind: string) => (cases[kind] = (cases[kind] ?? 0) + 1);

  beforeAll(async () => (tenants = await startTwoTenants()), 120_000);
  afterAll(async () => {
    process.stderr.write(
      `tenant reads: ${JSON.stringify(cases)} = ${Object.values(cases).reduce((a, b) => a + b, 0)} cases\n`,
    );
    await tenants.twin.stop();
  });

  const first = (noun: string, tenant: 0 | 1) => {
    const [id] = tenants.idsOf(noun, tenant);
    if (!id) throw new Error(`Brand ${tenant} has no ${noun}.`);
    return id;
  };
  // The second brand's id, or one of the same form that nothing has, for one argument; the first brand's for all others.
  const idsFor =
    (field: GraphQLField<unknown, unknown>, target: string, id: string): IdFor =>
    (argument) =>
      argument === target
        ? id
        : idArguments(field).some(({ name }) => name === argument)
          ? first(nounOf(argument, field), 0)
          : undefined;
  const asked = (schema: GraphQLSchema, root: 'Query' | 'Subscription') =>
    fieldsOf(schema, root)
      .filter(({ name }) => !name.startsWith('_') && ![...publicFields, ...rowless, 'authenticate'].includes(name))
      .flatMap((field) => idArguments(field).map(({ name }) => ({ field, target: name })));

  it('S3 LES-07 are answered as if they did not exist: by id, by filter and in sums', async () => {
    const schema = tenants.graph.apiSchema;
    const told: string[] = [];
    for (const { field, target } of asked(schema, 'Query')) {
      const foreign = first(nounOf(target, field), 1);
      const [theirs, nobodys] = await Promise.all(
        [foreign, missing(foreign)].map(async (id) => {
          const { document, variables } = synthesize(schema, 'Query', field.name, idsFor(field, target, id));
          return tenants.clients[0].ask(document, variables);
        }),
      );
      count(target === 'id' ? 'by id' : isList(field) ? 'list and filter' : 'aggregate');
      if (!theirs || !nobodys || saidBy(theirs) !== saidBy(nobodys))
        told.push(`${field.name}(${target}): ${JSON.stringify(theirs?.body)}`);
    }
    expect(told).toEqual([]);
    expect(cases['list and filter']).toBeGreaterThan(20);
  });

  it('S3 are in no list, whatever may be left out of it', async () => {
    const told: string[] = [];
    let rows = 0;
    for (const field of fieldsOf(tenants.graph.apiSchema, 'Query').filter(isList)) {
      if ([...publicFields, ...rowless].includes(field.name)) continue;
      const type = getNamedType(field.type);
      const isNeeded = (name: string) =>
        field.args.some((argument) => argument.name === name && isNonNullType(argument.type));
      const ids: IdFor = (argument) => (isNeeded(argument) ? first(nounOf(argument, field), 0) : undefined);
      const { document, variables } = synthesize(tenants.graph.apiSchema, 'Query', field.name, ids);
      const whole = isObjectType(type) ? wholeOf(type, 3) : '';
      const { body } = await tenants.clients[0].ask(
        document.replace(/\{ (edges \{ __typename \}|__typename) \}/, whole),
        {
          ...variables,
          first: 5,
        },
      );
      count('list');
      rows += JSON.stringify(body.data ?? null).match(/"id":/g)?.length ?? 0;
      if (body.errors || tenants.leaksIn(body).length > 0)
        told.push(`${field.name}: ${JSON.stringify(body.errors ?? tenants.leaksIn(body))}`);
    }
    expect(told).toEqual([]);
    expect(rows).toBeGreaterThan(50);
  });

  it('S3 are reached by no field of one that the owner may see', async () => {
    const told: string[] = [];
    for (const { subgraph, type } of entitiesOf(tenants)) {
      const own = [{ __typename: type.name, id: first(type.name, 0) }];
      const ask = async (selection: string) =>
        tenants.askSubgraph(
          subgraph,
          `query ($own: [_Any!]!) { _entities(representations: $own) { ... on ${type.name} ${selection} } }`,
          { own },
        );
      const whole = await ask(wholeOf(type, 3));
      count('nested');
      if (whole.errors || tenants.leaksIn(whole).length > 0)
        told.push(`${type.name} in ${subgraph}: ${JSON.stringify(whole.errors ?? tenants.leaksIn(whole))}`);
      for (const field of Object.values(type.getFields())) {
        for (const { name } of idArguments(field)) {
          const foreign = first(nounOf(name, field), 1);
          const named = getNamedType(field.type);
          const under = isObjectType(named) ? wholeOf(named, 1) : '';
          const [theirs, nobodys] = await Promise.all(
            [foreign, missing(foreign)].map((id) => ask(`{ ${field.name}(${name}: "${id}") ${under} }`)),
          );
          count('nested by id');
          if (JSON.stringify(theirs) !== JSON.stringify(nobodys))
            told.push(`${type.name}.${field.name}(${name}) in ${subgraph}: ${JSON.stringify(theirs)}`);
        }
      }
    }
    expect(told).toEqual([]);
  });

  it('S3 S15 are followed by no subscription, and nothing that happens to them is told', async () => {
    const schema = tenants.graph.apiSchema;
    const [ours, theirs] = tenants.clients;
    const told: string[] = [];
    for (const { field, target } of asked(schema, 'Subscription')) {
      const foreign = first(nounOf(target, field), 1);
      const refusals = await Promise.all(
        [foreign, missing(foreign)].map(async (id) => {
          const { document, variables } = synthesize(schema, 'Subscription', field.name, idsFor(field, target, id));
          const subscription = ours.subscribe(document, variables);
          for (let waited = 0; waited < 200 && subscription.errors.length === 0; waited += 1) await sleep(10);
          await subscription.close();
          return JSON.stringify(subscription.errors).replaceAll(/"requestId":"[^"]*"/g, '');
        }),
      );
      count('subscription');
      if (refusals[0] !== refusals[1] || !refusals[0]?.includes('NOT_FOUND'))
        told.push(`${field.name}: ${refusals.join(' / ')}`);
    }
    const open = asked(schema, 'Subscription').map(({ field, target }) => {
      const { document, variables } = synthesize(
        schema,
        'Subscription',
        field.name,
        idsFor(field, target, first(nounOf(target, field), 0)),
      );
      return { name: field.name, target, subscription: ours.subscribe(document, variables) };
    });
    await sleep(500);
    await act(theirs, 1);
    await tenants.twin.settle();
    await sleep(500);
    const heard = open.filter(({ subscription }) => subscription.events.length > 0).map(({ name }) => name);
    await act(ours, 0);
    const [orders] = await open.find(({ name }) => name === 'orderStatusChanged')!.subscription.take(1);
    await Promise.all(open.map(({ subscription }) => subscription.close()));

    expect(told).toEqual([]);
    expect(heard).toEqual([]);
    expect(orders).toBeDefined();
  });

  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const act = async (client: (typeof tenants.clients)[0], tenant: 0 | 1) => {
    const outletId = first('Outlet', tenant);
    const MENU =
      'query ($outletId: ID!) { menu(outletId: $outletId) { categories { items { id } } } serviceNodes(outletId: $outletId, first: 50, kind: TABLE) { edges { node { id } } } }';
    const { data } = (await client.ask(MENU, { outletId })).body;
    const menuItemId = data?.['menu'].categories.flatMap(({ items }: any) => items)[0].id;
    const tableId = data?.['serviceNodes'].edges.at(-1).node.id;
    const place =
      'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { message } } }';
    const seat = 'mutation ($input: SeatPartyInput!) { seatParty(input: $input) { userErrors { message } } }';
    const menu =
      'mutation ($input: SetMenuItemAvailabilityInput!) { setMenuItemAvailability(input: $input) { userErrors { message } } }';
    const answers = [
      await client.ask(place, {
        input: {
          outletId,
          fulfilmentType: 'PICKUP',
          channel: 'POS',
          lines: [{ menuItemId, quantity: 1 }],
          idempotencyKey: `act-${tenant}`,
        },
      }),
      await client.ask(seat, { input: { tableId, covers: 2 } }),
      await client.ask(menu, { input: { menuItemId, outletId, remaining: 9 } }),
    ];
    expect(
      answers.flatMap(
        ({ body }) => body.errors ?? Object.values(body.data ?? {}).flatMap(({ userErrors }) => userErrors),
      ),
    ).toEqual([]);
  };
});
