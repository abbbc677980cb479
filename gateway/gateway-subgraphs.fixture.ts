import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  GraphQLError,
  parse,
  printSchema,
  subscribe,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { SubgraphClient, SubgraphRequest } from '../platform/graphql/subgraph-client.js';
import { verifyViewer } from '../platform/domain/viewer-signature.js';
import type { Viewer } from '../platform/domain/viewer.js';
import type { Clock } from '../platform/process/clock.js';

/** Signs viewers in the tests of the gateway. */
export const testViewerSecret = 'a secret only the tests of the gateway know';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])';

/** What accounts answers about one session or key. */
export interface Account {
  status: 'ACTIVE' | 'REVOKED' | 'UNKNOWN';
  kind: 'USER' | 'CLIENT';
  id: string;
  sessionId: string | null;
  version: number;
  documentIds: readonly string[] | null;
}

/** A source of events that tells who listens. */
export class TestSource {
  opened = 0;
  closed = 0;
  readonly #listeners = new Set<(status: string | Error) => void>();

  emit(status: string | Error): void {
    for (const listener of this.#listeners) listener(status);
  }

  /** A stream as parked as a generator: its `return` alone ends a waiting `next`. */
  open(): AsyncIterableIterator<unknown> {
    this.opened += 1;
    const queue: (string | Error)[] = [];
    let wake = Promise.withResolvers<void>();
    let isClosed = false;
    const listener = (status: string | Error) => void (queue.push(status), wake.resolve());
    this.#listeners.add(listener);
    const close = () => {
      if (!isClosed) this.closed += 1;
      isClosed = true;
      this.#listeners.delete(listener);
      wake.resolve();
      return Promise.resolve({ value: undefined, done: true as const });
    };
    const next = async (): Promise<IteratorResult<unknown>> => {
      while (!isClosed && queue.length === 0) await wake.promise;
      if (isClosed) return { value: undefined, done: true };
      const status = queue.shift();
      if (queue.length === 0) wake = Promise.withResolvers<void>();
      if (status instanceof Error) throw status;
      return { value: { orderChanged: { cursor: `c-${status}`, order: order('ord_1', status) } }, done: false };
    };
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next,
      return: close,
    };
  }
}

function order(id: string, status: string | undefined) {
  return { __typename: 'Order', id, status, table: { id: 'tbl_1' } };
}

interface TestContext {
  readonly viewer: Viewer;
  readonly request: SubgraphRequest;
}

/** The three subgraphs of the tests: accounts, orders and layout, with what the tests turn and read. */
export class TestSubgraphs {
  readonly accounts = new Map<string, Account>();
  readonly source = new TestSource();
  readonly orders: TestClient;
  readonly layout: TestClient;
  readonly accountsClient: TestClient;
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  lookups = 0;
  /** Held lookups wait for it. */
  lookupGate: Promise<void> = Promise.resolve();
  /** Calls of the slow field wait for it. */
  slowGate: Promise<void> = Promise.resolve();

  constructor(clock: Clock) {
    const typeDefs = { accounts: accountsSdl, orders: ordersSdl, layout: layoutSdl };
    const composed = composeServices(
      Object.entries(typeDefs).map(([name, sdl]) => ({
        name,
        url: `http://${name}`,
        typeDefs: parse(`${link}\n${sdl}`),
      })),
    );
    if (composed.errors)
      throw new AggregateError(composed.errors, composed.errors.map((error) => error.message).join('\n'));
    this.supergraphSdl = composed.supergraphSdl;
    this.apiSdl = printSchema(Supergraph.build(composed.supergraphSdl).apiSchema().toGraphQLJSSchema());
    this.accountsClient = new TestClient('accounts', this.#accountsSchema(), clock);
    this.orders = new TestClient('orders', this.#ordersSchema(), clock);
    this.layout = new TestClient('layout', layoutSchema(), clock);
  }

  get clients() {
    return { accounts: this.accountsClient, orders: this.orders, layout: this.layout };
  }

  #accountsSchema(): GraphQLSchema {
    const authenticate = async (
      _: unknown,
      { sessionId, apiKey }: { sessionId?: string; apiKey?: string },
      { viewer }: TestContext,
    ) => {
      if (viewer.kind !== 'SYSTEM') throw new Error('authenticate is for the gateway');
      this.lookups += 1;
      // What is known when the question arrives is the answer, however long it takes.
      const account = { ...(this.accounts.get(sessionId ?? apiKey ?? '') ?? unknownAccount) };
      await this.lookupGate;
      return { ...account, grants: [{ role: 'WAITER', brandId: 'brd_1', outletId: null, slugs: ['orders.read'] }] };
    };
    const me = (_: unknown, __: unknown, { viewer }: TestContext) =>
      viewer.kind === 'ANONYMOUS' ? null : { id: viewer.id, name: 'Ann', kind: viewer.kind };
    return buildSubgraphSchema([
      { typeDefs: parse(`${link}\n${accountsSdl}`), resolvers: { Query: { authenticate, me, health: () => 'ok' } } },
    ]);
  }

  #ordersSchema(): GraphQLSchema {
    const placed: string[] = [];
    const resolvers = {
      Query: {
        orders: (_: unknown, { first }: { first: number }) =>
          Array.from({ length: first }, (_item, index) => order(`ord_${index + 1}`, 'NEW')),
        placed: () => placed,
        slow: async () => (await this.slowGate, 'done'),
        crash: () => {
          throw new Error('connect ECONNREFUSED 10.0.0.7:3306 SELECT * FROM users');
        },
        refused: (_: unknown, { code }: { code: string }) => {
          throw new GraphQLError('No.', {
            extensions: { code, details: { field: ['id'] }, retryAfter: 7, stacktrace: ['at secret.ts:1'] },
          });
        },
        told: (_: unknown, __: unknown, { request }: TestContext) => `${request.requestId} ${request.idempotencyKey}`,
      },
      Mutation: { placeOrder: (_: unknown, { note }: { note: string }) => (placed.push(note), order(note, 'NEW')) },
      Subscription: {
        orderChanged: {
          subscribe: (_: unknown, { outletId }: { outletId: string }) => {
            if (outletId === 'foreign') throw new GraphQLError('Not here.', { extensions: { code: 'FORBIDDEN' } });
            return this.source.open();
          },
        },
      },
    };
    return buildSubgraphSchema([{ typeDefs: parse(`${link}\n${ordersSdl}`), resolvers }]);
  }
}

const unknownAccount: Account = {
  status: 'UNKNOWN',
  kind: 'USER',
  id: '',
  sessionId: null,
  version: 0,
  documentIds: null,
};

const accountsSdl = `
  type Query { me: Me health: String! authenticate(sessionId: ID, apiKey: String): Authenticated! @inaccessible }
  type Me @key(fields: "id") { id: ID! name: String! kind: String! friend: Me }
  type Authenticated @inaccessible {
    status: String! kind: String id: ID sessionId: ID version: Int documentIds: [String!] grants: [Grant!]
  }
  type Grant @inaccessible { role: String! brandId: ID outletId: ID slugs: [String!]! }
`;

const ordersSdl = `
  type Query {
    orders(first: Int! = 2): [Order!]! placed: [String!]! slow: String crash: String refused(code: String!): String told: String
  }
  type Mutation { placeOrder(note: String!): Order! }
  type Subscription { orderChanged(outletId: ID!, since: String): OrderEvent! }
  type OrderEvent { cursor: String! order: Order! }
  type Order @key(fields: "id") { id: ID! status: String! table: Table }
  type Table @key(fields: "id", resolvable: false) { id: ID! }
`;

const layoutSdl = `
  type Query { tables: [Table!] }
  type Table @key(fields: "id") { id: ID! label: String! seenBy: String! covers: Int }
`;

function layoutSchema(): GraphQLSchema {
  const table = (id: string, viewer: Viewer) => ({
    id,
    label: `Table ${id}`,
    seenBy: `${viewer.kind}:${viewer.version}`,
    covers: 4,
  });
  const resolvers = {
    Query: { tables: (_: unknown, __: unknown, { viewer }: TestContext) => [table('tbl_1', viewer)] },
    Table: { __resolveReference: ({ id }: { id: string }, { viewer }: TestContext) => table(id, viewer) },
  };
  return buildSubgraphSchema([{ typeDefs: parse(`${link}\n${layoutSdl}`), resolvers }]);
}

/** A subgraph in process that counts what it had to parse and can be unplugged. */
export class TestClient implements SubgraphClient {
  readonly requests: SubgraphRequest[] = [];
  parses = 0;
  isUnplugged = false;
  isSilent = false;

  constructor(
    readonly name: string,
    readonly schema: GraphQLSchema,
    readonly clock: Clock,
  ) {}

  async execute(request: SubgraphRequest): Promise<ExecutionResult> {
    await this.#reach(request);
    return execute(this.#argumentsOf(request));
  }

  async subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    await this.#reach(request);
    return subscribe(this.#argumentsOf(request));
  }

  async #reach(request: SubgraphRequest): Promise<void> {
    this.requests.push(request);
    if (this.isUnplugged) throw new Error(`connect ECONNREFUSED ${this.name}.internal:4001`);
    if (this.isSilent) await new Promise<never>(() => {});
  }

  #argumentsOf(request: SubgraphRequest) {
    const viewer = verifyViewer(request.signedViewer, this.name, testViewerSecret, this.clock.now());
    if (!viewer) throw new Error('the viewer is not signed for this subgraph');
    return {
      schema: this.schema,
      document: request.document ?? this.#parse(request.query),
      operationName: request.operationName,
      variableValues: request.variables,
      contextValue: { viewer, request },
    };
  }

  #parse(text: string): DocumentNode {
    this.parses += 1;
    return parse(text);
  }
}
