import { Supergraph, operationFromDocument, type Schema } from '@apollo/federation-internals';
import { QueryPlanner, type FetchNode, type PlanNode } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { continuedPrimary, type ContinuedPrimary } from './continued-primary.js';

/** How a subscription is served: `primary` opens it at its owner, `rest` fetches other subgraphs' fields for each event. */
export interface SubscriptionPlan {
  readonly primary: FetchNode;
  /** Opens it again after an event; null where its field cannot be continued. */
  readonly continued: ContinuedPrimary | null;
  readonly rest: PlanNode | null;
}

/** Subgraphs in process get the planner's parsed document instead of parsing its text. */
export const plannerConfig = { exposeDocumentNodeInFetchNode: true } as const;

/** The supergraph as the planner and the executor need it. */
export class SubscriptionPlans {
  /** The public schema for validation and variables. */
  readonly schema: GraphQLSchema;
  readonly supergraphSchema: GraphQLSchema;
  readonly apiSchema: Schema;
  readonly #planner: QueryPlanner;
  // Documents come from a bounded store, so plans die with them.
  readonly #plans = new WeakMap<DocumentNode, Map<string | undefined, SubscriptionPlan>>();

  constructor(supergraphSdl: string) {
    const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
    this.apiSchema = supergraph.apiSchema();
    this.schema = this.apiSchema.toGraphQLJSSchema();
    this.supergraphSchema = supergraph.schema.toGraphQLJSSchema();
    this.#planner = new QueryPlanner(supergraph, plannerConfig);
  }

  /** The plan of a subscription, made once per document. */
  planOf(document: DocumentNode, operationName: string | undefined): SubscriptionPlan {
    const ofDocument = this.#plans.get(document) ?? new Map<string | undefined, SubscriptionPlan>();
    const known = ofDocument.get(operationName);
    if (known) return known;
    const { node } = this.#planner.buildQueryPlan(
      operationFromDocument(this.apiSchema, document, { operationName, validate: false }),
    );
    if (node?.kind !== 'Subscription') throw new Error(`A subscription was planned as ${node?.kind ?? 'nothing'}.`);
    const { primary, rest = null } = node;
    const plan = { primary, rest, continued: continuedPrimary(primary, this.schema) };
    this.#plans.set(document, ofDocument.set(operationName, plan));
    return plan;
  }
}
