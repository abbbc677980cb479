import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import { getVariableValues, GraphQLError, type ExecutionResult } from 'graphql';
import type { SubgraphEvents } from '../platform/graphql/subgraph-client.js';
import type { Log } from '../platform/process/log.js';
import { ContinuedEvents, type Continuation } from './continued-events.js';
import type { Operation } from './operation.js';
import type { SubscriptionPlan, SubscriptionPlans } from './query-plans.js';
import { Refusal } from './refusal.js';
import type { RequestContext } from './request-context.js';
import { SubgraphUnavailable, type SubgraphQuestion, type SubgraphSubscriber } from './subgraph-call.js';
import { unavailableErrors } from './subgraph-data-source.js';
import { SubscriptionStream } from './subscription-stream.js';

/** What federated subscriptions stand on; sources and subscribers by subgraph name. */
export interface FederatedSubscribeOptions {
  readonly plans: SubscriptionPlans;
  readonly dataSources: ServiceMap;
  readonly subscribers: Readonly<Record<string, SubgraphSubscriber>>;
  readonly log: Log;
}

/** Who listens: as it was when the subscription opened, and as it is at each event (throws once the rights are gone). */
export interface Listener {
  readonly context: RequestContext;
  contextNow(): Promise<RequestContext>;
}

type ExecutorRequest = Parameters<typeof executeQueryPlan>[2];
type Answers = SubscriptionStream<ExecutionResult, ExecutionResult>;

/** Opens subscriptions whose events may carry fields of any subgraph; answers are the owner's errors if it refuses. */
export type FederatedSubscribe = (operation: Operation, listener: Listener) => Promise<Answers | ExecutionResult>;

/** Federated subscriptions over Apollo's plans: the primary fetch is opened at its owner and each event runs the rest of the plan. */
export function createFederatedSubscribe(options: FederatedSubscribeOptions): FederatedSubscribe {
  return async (operation, listener) => {
    const variables = checkedVariables(options.plans, operation);
    const plan = options.plans.planOf(operation.prepared.document, operation.operationName);
    const opening = openingQuestion(plan.primary, variables);
    const opened = await openPrimary(subscriberOf(options, plan), opening, listener.context);
    if (!(Symbol.asyncIterator in opened)) return ofSubgraph(opened, plan.primary);
    const runEvent = eventRunner(options, plan, operation);
    const events = new ContinuedEvents(opened, continuationOf(options, { plan, opening, listener }));
    return new SubscriptionStream(events, async (event) => runEvent(event, await listener.contextNow()));
  };
}

function checkedVariables(
  { schema }: SubscriptionPlans,
  { prepared, operationName, variables }: Operation,
): Readonly<Record<string, unknown>> {
  const { operation } = buildOperationContext({ schema, operationDocument: prepared.document, operationName });
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!errors) return variables;
  throw new Refusal(
    400,
    errors.map(({ message, nodes }) => new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } })),
  );
}

function openingQuestion(primary: FetchNode, variables: Readonly<Record<string, unknown>>): SubgraphQuestion {
  const used = (primary.variableUsages ?? []).filter((name) => Object.hasOwn(variables, name));
  return {
    query: primary.operation,
    document: primary.operationDocumentNode,
    operationName: primary.operationName,
    variables: Object.fromEntries(used.map((name) => [name, variables[name]])),
  };
}

function subscriberOf({ subscribers }: FederatedSubscribeOptions, { primary }: SubscriptionPlan): SubgraphSubscriber {
  const subscribe = subscribers[primary.serviceName];
  if (!subscribe) throw new Error(`No subgraph is called ${primary.serviceName}.`);
  return subscribe;
}

async function openPrimary(
  subscribe: SubgraphSubscriber,
  question: SubgraphQuestion,
  context: RequestContext,
): Promise<SubgraphEvents | ExecutionResult> {
  try {
    return await subscribe(question, context);
  } catch (error) {
    if (!(error instanceof SubgraphUnavailable)) throw error;
    return {
      errors: unavailableErrors(question).map(
        ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
      ),
    };
  }
}

interface Continuable {
  readonly plan: SubscriptionPlan;
  readonly opening: SubgraphQuestion;
  readonly listener: Listener;
}

/** How the primary fetch goes on at another replica, with the rights the listener has by then. */
function continuationOf(
  options: FederatedSubscribeOptions,
  { plan, opening, listener }: Continuable,
): Continuation | null {
  const { continued, primary } = plan;
  if (!continued) return null;
  const { query, document, variable } = continued;
  const subscribe = subscriberOf(options, plan);
  return {
    reopen: async (cursor) => {
      const question = { ...opening, query, document, variables: { ...opening.variables, [variable]: cursor } };
      try {
        const answer = await subscribe(question, await listener.contextNow());
        if (Symbol.asyncIterator in answer) return answer;
        throw ofSubgraph(answer, primary).errors?.[0] ?? new Error(`${primary.serviceName} opened no subscription.`);
      } catch (error) {
        if (error instanceof SubgraphUnavailable) return null;
        throw error;
      }
    },
  };
}

/** Errors of a subgraph carry its name while they are inside, as Apollo's own do, so that the formatter tells them apart. */
function ofSubgraph(result: ExecutionResult, { serviceName }: FetchNode): ExecutionResult {
  const errors = result.errors?.map(
    ({ message, path, extensions }) => new GraphQLError(message, { path, extensions: { ...extensions, serviceName } }),
  );
  return { data: result.data, errors };
}

function eventRunner(
  { plans, dataSources, log }: FederatedSubscribeOptions,
  { primary, rest }: SubscriptionPlan,
  operation: Operation,
) {
  const { prepared, operationName, variables } = operation;
  const operationContext = buildOperationContext({
    schema: plans.schema,
    operationDocument: prepared.document,
    operationName,
  });
  const queryPlan: QueryPlan = {
    kind: 'QueryPlan',
    node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary,
  };
  return (event: ExecutionResult, context: RequestContext): Promise<ExecutionResult> => {
    const used: Pick<ExecutorRequest, 'request' | 'context' | 'metrics' | 'logger'> = {
      request: { variables, operationName },
      context: { request: context },
      metrics: {},
      logger: log,
    };
    // The executor is typed to take all of Apollo's request, of which it reads these four.
    const requestContext = used as ExecutorRequest;
    const services = { ...dataSources, [primary.serviceName]: answeringPrimary(event, primary, dataSources) };
    return executeQueryPlan(
      queryPlan,
      services,
      requestContext,
      operationContext,
      plans.supergraphSchema,
      plans.apiSchema,
    );
  };
}

/** The owner's data source, except that the primary fetch is answered by the event. The executor writes into what it is given. */
function answeringPrimary(event: ExecutionResult, primary: FetchNode, dataSources: ServiceMap): ServiceMap[string] {
  return {
    process: async (options) => {
      if (options.request.query === primary.operation)
        return { data: structuredClone(event.data), errors: event.errors };
      const owner = dataSources[primary.serviceName];
      if (!owner) throw new Error(`No subgraph is called ${primary.serviceName}.`);
      return owner.process(options);
    },
  };
}
