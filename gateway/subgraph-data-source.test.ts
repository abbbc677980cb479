import { parse } from 'graphql';
import { unavailableErrors } from './subgraph-data-source.js';

const table = (id: string) => ({ __typename: 'Table', id });
const entities =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Table { label seats: covers } ... on Order { note } } }';

describe('the errors of a subgraph that is away', () => {
  it.each([
    ['root fields', '{ __typename tables { id } here: health }', undefined, [['tables'], ['here']]],
    [
      'fields of entities',
      entities,
      [table('a'), { __typename: 'Order', id: 'b' }],
      [
        ['_entities', 0, 'label'],
        ['_entities', 0, 'seats'],
        ['_entities', 1, 'note'],
      ],
    ],
    ['entities of a type nobody asked about', entities, [{ __typename: 'User' }], [['_entities', 0]]],
    ['fields in named fragments', '{ ...F } fragment F on Query { tables { id } }', undefined, [['tables']]],
  ])('stand at %s', (_case, query, representations, paths) => {
    const errors = unavailableErrors({ query, document: parse(query), variables: { representations } });

    expect(errors.map(({ path }) => path)).toEqual(paths);
    expect(errors.every(({ extensions }) => extensions?.['code'] === 'SUBGRAPH_UNAVAILABLE')).toBe(true);
  });

  it('are a hundred at most', () => {
    const representations = Array.from({ length: 200 }, (_, index) => table(String(index)));

    expect(
      unavailableErrors({ query: entities, document: parse(entities), variables: { representations } }),
    ).toHaveLength(100);
  });

  it('are one without a place when the document is not known', () => {
    expect(unavailableErrors({ query: '{ tables }', variables: {} })).toEqual([
      { message: expect.any(String), extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
  });
});
