import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, parse, print, validate } from 'graphql';
import type { FetchNode } from '@apollo/query-planner';
import { ManualClock } from '../platform/process/clock.js';
import { continuedPrimary } from './continued-primary.js';
import { TestSubgraphs } from './gateway-subgraphs.fixture.js';
import { SubscriptionPlans } from './query-plans.js';

const { supergraphSdl } = new TestSubgraphs(new ManualClock('2026-11-21T10:00:00Z'));
const plans = new SubscriptionPlans(supergraphSdl);
const orders = Supergraph.build(supergraphSdl).subgraphs().get('orders')?.schema.toGraphQLJSSchema();

function continued(text: string) {
  const { continued: found } = plans.planOf(parse(text), undefined);
  if (!found || !orders) throw new Error('It cannot be continued.');
  // As the owner would have it, and as whoever is in one process with it gets it.
  expect(validate(orders, found.document)).toEqual([]);
  expect(print(parse(found.query))).toBe(print(found.document));
  return { variable: found.variable, text: found.query.replaceAll(/\s+/g, ' ') };
}

describe('a subscription that is continued', () => {
  it.each([
    ['without since', 'subscription { orderChanged(outletId: "o") { cursor } }', 'after'],
    ['with a written since', 'subscription { orderChanged(since: "c-1", outletId: "o") { cursor } }', 'after'],
    ['under another name', 'subscription Watch { mine: orderChanged(outletId: "o") { order { id } } }', 'after'],
    [
      'with a variable of that name',
      'subscription ($after: ID!) { orderChanged(outletId: $after) { cursor } }',
      'after_',
    ],
  ])('takes its cursor from a variable of its own: %s', (_what, text, variable) => {
    const found = continued(text);

    expect(found.variable).toBe(variable);
    expect(found.text).toContain(`$${variable}: String)`);
    expect(found.text).toContain(`since: $${variable})`);
    expect(found.text.match(/since/g)).toHaveLength(1);
  });

  it('asks for the same fields, of the same arguments', () => {
    const { text } = continued(
      'subscription ($o: ID!) { mine: orderChanged(outletId: $o) { order { id status table { label } } } }',
    );

    expect(text).toContain(
      'mine: orderChanged(outletId: $o, since: $after) { order { id status table { __typename id } } }',
    );
  });

  it('is one whose field takes a cursor', () => {
    const text = 'subscription { ticked }';
    const schema = buildSchema('type Query { x: Int } type Subscription { ticked(until: String): Int }');
    const fetch: FetchNode = {
      kind: 'Fetch',
      serviceName: 'orders',
      operation: text,
      operationName: undefined,
      operationKind: 'subscription' as FetchNode['operationKind'],
      operationDocumentNode: parse(text),
    };

    expect(continuedPrimary(fetch, schema)).toBeNull();
  });
});
