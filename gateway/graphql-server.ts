import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { executeSync, getOperationAST, Kind, type FormattedExecutionResult, type GraphQLSchema } from 'graphql';
import { disableVendorTelemetry } from '../platform/process/config.js';
import type { Log } from '../platform/process/log.js';
import type { DocumentStore } from './document-store.js';
import { limitRules, parseOptions } from './limits.js';
import type { Operation } from './operation.js';
import { plannerConfig } from './query-plans.js';
import type { RequestContext } from './request-context.js';
import type { PlanContext } from './subgraph-data-source.js';

/** What runs queries and mutations, for both transports. */
export interface GraphqlServer {
  /** The answer, not yet presented, and the HTTP status it asks for. */
  execute(
    operation: Operation,
    context: RequestContext,
  ): Promise<{ readonly status: number; readonly result: FormattedExecutionResult }>;
  stop(): Promise<void>;
}

/** What the server is made of. */
export interface GraphqlServerOptions {
  readonly supergraphSdl: string;
  readonly dataSourceOf: (subgraph: string) => GraphQLDataSource;
  readonly store: DocumentStore;
  readonly log: Log;
}

/** Apollo's gateway inside Apollo Server; plans are kept per document. */
export async function startGraphqlServer(options: GraphqlServerOptions): Promise<GraphqlServer> {
  const server = createServer(options);
  await server.start();
  return {
    execute: async (operation, context) => {
      if (asksSchemaOnly(operation)) return answerFromSchema(operation, options.store.schema);
      const { prepared, operationName, variables } = operation;
      const response = await server.executeOperation(
        { query: prepared.text, operationName, variables },
        { contextValue: { request: context } },
      );
      if (response.body.kind !== 'single') throw new Error('Incremental delivery is not served.');
      return { status: response.http.status ?? 200, result: response.body.singleResult };
    },
    stop: () => server.stop(),
  };
}

function createServer({ supergraphSdl, dataSourceOf, store, log }: GraphqlServerOptions): ApolloServer<PlanContext> {
  disableVendorTelemetry();
  return new ApolloServer<PlanContext>({
    gateway: new ApolloGateway({
      supergraphSdl,
      logger: log,
      validateSupergraph: false,
      queryPlannerConfig: plannerConfig,
      buildService: ({ name }) => dataSourceOf(name),
    }),
    logger: log,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    // Documents are already prepared when Apollo asks; these hold should one have been forgotten in between.
    documentStore: preparedDocuments(store),
    parseOptions,
    validationRules: [...limitRules],
    validationOptions: { hideSuggestions: true },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      {
        unexpectedErrorProcessingRequest: async ({ requestContext, error }) =>
          log.error({ err: error, requestId: requestContext.contextValue.request.requestId }, 'unexpected failure'),
      },
    ],
  });
}

function preparedDocuments(store: DocumentStore) {
  return {
    // Apollo's key is a hash of the schema, a colon, and the SHA-256 of the text.
    get: async (key: string) => store.find(key.slice(key.lastIndexOf(':') + 1)),
    set: async () => undefined,
    delete: async () => undefined,
  };
}

const schemaFields = ['__schema', '__type', '__typename'];

/** The planner does not know every field of introspection (such as `isOneOf`), and no subgraph is needed for it. */
function asksSchemaOnly({ prepared, operationName, kind }: Operation): boolean {
  const selections = getOperationAST(prepared.document, operationName)?.selectionSet.selections ?? [];
  return (
    kind === 'query' &&
    selections.every((selection) => selection.kind === Kind.FIELD && schemaFields.includes(selection.name.value))
  );
}

function answerFromSchema({ prepared, operationName, variables }: Operation, schema: GraphQLSchema) {
  const result = executeSync({ schema, document: prepared.document, operationName, variableValues: variables });
  const errors = result.errors?.map(({ message, locations, path }) => ({
    message,
    locations,
    path,
    extensions: { code: 'BAD_USER_INPUT' },
  }));
  return { status: result.data === undefined ? 400 : 200, result: { data: result.data, errors } };
}
