import { parse, print } from 'graphql';
import { withNullableQueries } from './nullable-queries.js';

describe('query fields', () => {
  it('F5 may be null, and nothing else changes', () => {
    const given = parse(`
      type Query { menu(first: Int! = 25): Menu! dishes: [Dish!]! note: String }
      type Mutation { pay(input: PayInput!): Payload! }
      type Subscription { changed: Dish! }
      type Dish { name: String! }
      extend type Query { health: String! }
    `);

    expect(print(withNullableQueries(given))).toBe(
      print(
        parse(`
          type Query { menu(first: Int! = 25): Menu dishes: [Dish!] note: String }
          type Mutation { pay(input: PayInput!): Payload! }
          type Subscription { changed: Dish! }
          type Dish { name: String! }
          extend type Query { health: String }
        `),
      ),
    );
  });
});
