import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Context } from '../context.js';
import { readableLog } from '../events/events.fixture.js';
import { askGraph, type AskedGraph } from '../graphql/asked-graph.fixture.js';
import { failures } from '../graphql/note-graph.fixture.js';
import { DateTime } from '../graphql/scalars.js';
import { Payload } from '../graphql/shared-types.js';
import { createHttpSubgraphClient, type HttpSubgraphClient } from './http-subgraph-client.js';
import { startListening, stopListening } from './listening.js';
import { createSubgraphServer, type SubgraphServer, type SubgraphServerOptions } from './subgraph-http-server.js';

/** The secret that the tests' subgraph shares with its gateway. */
export const viewerSecret = 'a secret of thirty-two characters';

/** What the tests' subgraph has done; mutations wait for the gate. */
export const seen = { executed: 0, left: [] as string[], gate: Promise.resolve() };

/** Sources of the tests' subscriptions by name: what is pushed into them is told to their subscribers. */
export const sources = new Map<string, PushedSource>();

/** A source in a test's hands. */
export class PushedSource implements AsyncIterableIterator<number> {
  #waiting: PromiseWithResolvers<IteratorResult<number>> = Promise.withResolvers();
  readonly #ready: Promise<IteratorResult<number>>[] = [];

  constructor(readonly name: string) {
    sources.set(name, this);
    this.#ready.push(this.#waiting.promise);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  push(value: number): void {
    this.#settle().resolve({ value, done: false });
  }

  end(): void {
    this.#settle().resolve({ value: undefined, done: true });
  }

  fail(error: Error): void {
    const { promise, reject } = this.#settle();
    promise.catch(() => undefined);
    reject(error);
  }

  next(): Promise<IteratorResult<number>> {
    return this.#ready.shift() ?? Promise.resolve({ value: undefined, done: true });
  }

  async return(): Promise<IteratorResult<number>> {
    seen.left.push(this.name);
    this.end();
    return { value: undefined, done: true };
  }

  #settle(): PromiseWithResolvers<IteratorResult<number>> {
    const settled = this.#waiting;
    this.#waiting = Promise.withResolvers();
    this.#ready.push(this.#waiting.promise);
    return settled;
  }
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A dish.' })
class Dish {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A name that cannot be told.' })
  name?: string;

  @Field(() => DateTime, { nullable: true, description: 'Since when it is cooked.' })
  since?: Date;
}

@ObjectType({ description: 'What was cooked.' })
class CookPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The name of the dish.' })
  name?: string;
}

function fail(how: string): never {
  throw failures[how]?.() ?? new Error(how);
}

@Resolver(() => Dish)
class DishResolver {
  @Query(() => String)
  facts(@Ctx() { viewer, requestId, idempotencyKey, remoteAddress, userAgent }: Context): string {
    seen.executed += 1;
    return JSON.stringify({
      id: viewer.id,
      grants: viewer.grants.length,
      requestId,
      idempotencyKey,
      remoteAddress,
      userAgent,
    });
  }

  @Query(() => [Dish], { nullable: true })
  dishes(): object[] {
    seen.executed += 1;
    const since = new Date(0);
    return [
      { id: 'dsh_1', name: 'Dal ₹', since },
      {
        id: 'dsh_2',
        since,
        get name() {
          return fail('FORBIDDEN');
        },
      },
    ];
  }

  @Query(() => String, { nullable: true })
  fail(@Arg('how', () => String) how: string): string {
    seen.executed += 1;
    return fail(how);
  }

  @Query(() => String)
  async slow(@Arg('ms', () => String) ms: string): Promise<string> {
    seen.executed += 1;
    await sleep(Number(ms));
    return 'done';
  }

  @Mutation(() => CookPayload)
  async cook(@Arg('name', () => String) name: string): Promise<object> {
    seen.executed += 1;
    await seen.gate;
    return failures[name] ? fail(name) : { name };
  }

  @Subscription(() => String, { nullable: true, subscribe: ({ args }) => opened(String(args?.['name'])) })
  cooked(@Root() number: number, @Arg('name', () => String) name: string, @Ctx() { viewer }: Context): string {
    return number < 0 ? fail('NOT_FOUND') : `${name} ${number} for ${viewer.id}`;
  }
}

function opened(name: string): PushedSource {
  return failures[name] ? fail(name) : new PushedSource(name);
}

/** A graph on a port of its own. */
export interface ServedGraph {
  readonly graph: AskedGraph;
  readonly server: SubgraphServer;
  readonly url: string;
  readonly port: number;
  readonly logged: Record<string, unknown>[];
}

/** Ends what a test has opened, in the opposite order. */
export class Opened {
  readonly #closers: (() => Promise<unknown>)[] = [];

  /** Remembers how something is closed. */
  add(close: () => Promise<unknown>): void {
    this.#closers.unshift(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0)) await close();
  }

  /** Serves the tests' subgraph on a free port. */
  async graph(changes: Partial<SubgraphServerOptions> = {}): Promise<ServedGraph> {
    const permissions = {
      'Query.facts': 'PUBLIC',
      'Query.dishes': 'PUBLIC',
      'Query.fail': 'PUBLIC',
      'Query.slow': 'PUBLIC',
      'Mutation.cook': 'PUBLIC',
      'Subscription.cooked': 'PUBLIC',
    } as const;
    const references = { Dish: ({ id }: { id: string }) => Promise.resolve({ id, name: `Dish ${id}` }) };
    const graph = await askGraph({ resolvers: [DishResolver], references, permissions });
    const { log, lines: logged } = readableLog();
    const readiness = async () => ({ isReady: false, findings: ['the database is away'] });
    const server = createSubgraphServer({
      name: 'orders',
      client: graph.client,
      viewerSecret,
      clock: graph.clock,
      log,
      readiness,
      leaveMs: 0,
      ...changes,
    });
    this.add(() => server.close());
    const { url, port } = await server.listen(0, '127.0.0.1');
    return { graph, server, url, port, logged };
  }

  /** A client of these replicas. */
  client(urls: readonly string[], times: { deadlineMs?: number; pingMs?: number } = {}): HttpSubgraphClient {
    const client = createHttpSubgraphClient({ name: 'orders', urls, log: readableLog().log, ...times });
    this.add(() => client.close());
    return client;
  }

  /** A replica that answers as the test says; the bodies and headers it was sent. */
  async replica(answer: (response: ServerResponse, message: IncomingMessage) => void, port = 0) {
    const asked: IncomingMessage[] = [];
    const server: Server = createServer((message, response) => {
      asked.push(message);
      message.resume().on('end', () => answer(response, message));
    });
    this.add(async () => (server.closeAllConnections(), stopListening(server, 0)));
    return { asked, server, ...(await startListening(server, port, '127.0.0.1')) };
  }

  /** A wire to a port that counts its connections, and can be frozen or cut. */
  async wire(targetPort: number): Promise<Wire> {
    const wire = new Wire(targetPort);
    this.add(() => wire.close());
    await wire.listen();
    return wire;
  }
}

/** A TCP proxy. */
export class Wire {
  readonly #sockets = new Set<Socket>();
  readonly #server = createTcpServer((near) => this.#join(near));
  #isFrozen = false;
  connections = 0;
  url = '';
  port = 0;

  constructor(private readonly targetPort: number) {}

  async listen(port = 0): Promise<void> {
    const listening = Promise.withResolvers<void>();
    this.#server.listen(port, '127.0.0.1', listening.resolve);
    await listening.promise;
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('It does not listen.');
    this.port = address.port;
    this.url = `http://127.0.0.1:${address.port}`;
  }

  /** From now on the connections carry nothing, new ones neither, and nobody is told. */
  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** New connections work again; what was frozen stays so. */
  thaw(): void {
    this.#isFrozen = false;
  }

  /** Breaks the connections that are open. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = Promise.withResolvers<unknown>();
    this.#server.close(closed.resolve);
    this.cut();
    await closed.promise;
  }

  #join(near: Socket): void {
    this.connections += 1;
    const far = connect(this.targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => (other.destroy(), this.#sockets.delete(socket)));
      if (!this.#isFrozen) socket.pipe(other);
    }
  }
}
