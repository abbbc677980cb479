import { buildSchema } from 'graphql';
import { DocumentStore, sha256 } from './document-store.js';

describe('the document store', () => {
  const schema = buildSchema('type Query { orders: [Order] } type Order { id: ID }');

  it('parses and validates a text once', () => {
    const store = new DocumentStore(schema);
    const first = store.prepare('{ orders { id } }');

    expect(store.prepare('{ orders { id } }')).toBe(first);
    expect(store.find(sha256('{ orders { id } }'))).toBe(first.document);
    expect(store.find(sha256('{ orders }'))).toBeUndefined();
  });

  it.each([
    ['{ orders { idd } }', ['Cannot query field "idd" on type "Order".']],
    ['{ order { id } }', ['Cannot query field "order" on type "Query".']],
    ['{ a b }', ['Cannot query field "a" on type "Query".', 'Cannot query field "b" on type "Query".']],
  ])('names every mistake of %s and suggests nothing', (text, messages) => {
    const store = new DocumentStore(schema);

    expect(() => store.prepare(text)).toThrow(expect.objectContaining({ status: 400, message: messages.join(' ') }));
    expect(store.find(sha256(text))).toBeUndefined();
  });
});
