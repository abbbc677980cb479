import { isLeafType, getNamedType, type GraphQLObjectType } from 'graphql';
import { entitiesOf, startTwoTenants, type TwoTenants } from './harness/two-tenants.js';
import type { Answer } from './harness/subgraph.js';

/** Everybody may read the headings of a menu. */
const publicEntities = ['MenuCategory'];
const nobodys = '0'.repeat(26);

/** What a type tells of itself, with its key: what another subgraph would ask for. */
function leavesOf(type: GraphQLObjectType): string {
  const leaves = Object.values(type.getFields()).filter(
    (field) => isLeafType(getNamedType(field.type)) && field.args.length === 0 && field.name !== '__typename',
  );
  return leaves.map(({ name }) => name).join(' ');
}

describe('S4 references that the gateway asks a subgraph for', () => {
  let tenants: TwoTenants;
  let cases = 0;

  beforeAll(async () => (tenants = await startTwoTenants()), 120_000);
  afterAll(async () => {
    process.stderr.write(`tenant references: ${cases} cases\n`);
    await tenants.twin.stop();
  });

  const ask = (subgraph: string, type: GraphQLObjectType, representations: readonly object[]): Promise<Answer> => {
    cases += 1;
    const selection = `... on ${type.name} { ${leavesOf(type)} }`;
    const query = `query ($references: [_Any!]!) { _entities(representations: $references) { __typename ${selection} } }`;
    return tenants.askSubgraph(subgraph, query, { references: representations });
  };
  const foundBy = ({ data }: Answer): (object | null)[] => data?.['_entities'] ?? [];

  /** Every entity whose rows are found in the subgraph itself, not only added to; with an own and a foreign id. */
  const owned = () =>
    entitiesOf(tenants)
      .filter(
        ({ subgraph, type }) =>
          !(subgraph === 'inventory' && type.name === 'MenuItem') && !publicEntities.includes(type.name),
      )
      .map((entity) => ({
        ...entity,
        own: tenants.idsOf(entity.type.name, 0),
        foreign: tenants.idsOf(entity.type.name, 1),
      }));

  it('S4 are found for the own brand and null for the other and for nobody, each at its place', async () => {
    const wrong: string[] = [];
    const all = owned();
    for (const { subgraph, type, own, foreign } of all) {
      const reference = (id: string | undefined) => ({ __typename: type.name, id: id ?? '' });
      const alone = await Promise.all(
        [own[0], foreign[0], foreign[0]?.replace(/[0-9A-Z]{26}$/, nobodys)].map((id) =>
          ask(subgraph, type, [reference(id)]),
        ),
      );
      const [mine, theirs, missing] = alone.map((answer) => foundBy(answer)[0]);
      // Every other one is foreign, and every tenth has no key at all.
      const mixed: { __typename: string; id?: string }[] = Array.from({ length: 50 }, (_, index) => {
        const ids = index % 2 === 0 ? own : foreign;
        return index % 10 === 4 ? { __typename: type.name } : reference(ids[Math.floor(index / 2) % ids.length]);
      });
      const batch = await ask(subgraph, type, mixed);
      const places = foundBy(batch).map((found) => found !== null);
      const isRight =
        Object(mine).id === own[0] &&
        theirs === null &&
        missing === null &&
        JSON.stringify(alone[1]) === JSON.stringify(alone[2]) &&
        places.length === 50 &&
        places.every((isFound, index) => isFound === (index % 2 === 0 && index % 10 !== 4)) &&
        foundBy(batch).every((found, index) => found === null || Object(found).id === mixed[index]?.id) &&
        tenants.leaksIn([alone, batch]).length === 0;
      if (!isRight)
        wrong.push(
          `${type.name} in ${subgraph}: ${JSON.stringify([mine, theirs, missing, places])} ${JSON.stringify(batch.errors)}`,
        );
    }
    expect(wrong).toEqual([]);
    expect(all.length).toBeGreaterThan(12);
  });

  it('S4 tell nothing for a forged type, other key fields, or no key', async () => {
    const wrong: string[] = [];
    for (const { subgraph, type, foreign } of owned()) {
      const [id] = foreign;
      const place = {
        brandId: tenants.idsOf('Brand', 0)[0],
        outletId: tenants.idsOf('Outlet', 0)[0],
        viewer: { kind: 'SYSTEM' },
      };
      const others = entitiesOf(tenants).filter(
        (other) => other.subgraph === subgraph && other.type.name !== type.name,
      );
      const forged = [
        ...others.map((other) => ({ __typename: other.type.name, id })),
        { __typename: 'Query', id },
        { __typename: 'NoSuchThing', id },
        { __typename: type.name, id, ...place },
        { __typename: type.name, id: { $ne: '' } },
        { __typename: type.name, id: { $in: [id] } },
        { __typename: type.name, id: [id] },
        { __typename: type.name, id: null },
        { __typename: type.name },
        { __typename: type.name, ID: id, Id: id },
        { __typename: type.name, id: `${id}' or '1'='1` },
        { __typename: type.name, id: ` ${id}` },
      ];
      for (const representation of forged) {
        const answer = await ask(subgraph, type, [representation]);
        const told = foundBy(answer).filter(
          (found) => found !== null && Object.keys(found).some((key) => key !== '__typename' && key !== 'id'),
        );
        const isOther = !('id' in representation) || representation.__typename === type.name;
        const failed = isOther && (answer.errors !== undefined || foundBy(answer).length !== 1);
        if (tenants.leaksIn(answer.data).length > 0 || told.length > 0 || failed)
          wrong.push(`${JSON.stringify(representation)} in ${subgraph}: ${JSON.stringify(answer)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('S4 add nothing to a menu item of the other brand that is not published', async () => {
    const [own = '', foreign = ''] = [tenants.idsOf('MenuItem', 0).at(-1), tenants.idsOf('MenuItem', 1).at(-1)];
    const query = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on MenuItem { recipe { id yieldPortions } } } }`;
    const references = [own, foreign].map((id) => ({ __typename: 'MenuItem', id }));

    const answer = await tenants.askSubgraph('inventory', query, { references });
    cases += 1;

    expect(foundBy(answer)).toEqual([
      { recipe: { id: expect.any(String), yieldPortions: expect.any(Number) } },
      { recipe: null },
    ]);
  });
});
