import { generateKeyPairSync } from 'node:crypto';
import { Readable } from 'node:stream';
import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { openSigningKey, openVerifyingKeys } from '../platform/crypto/token-keys.js';
import { LocalEventStream, type PublishedEvent } from '../platform/events/stream.js';
import { ManualClock } from '../platform/process/clock.js';
import { sha256 } from './document-store.js';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.js';
import { TestSubgraphs, testViewerSecret, type Account } from './gateway-subgraphs.fixture.js';

/** Documents registered in the tests, by name. */
export const registered = {
  orders: 'query Orders($first: Int! = 1) { orders(first: $first) { id table { label } } }',
  place: 'mutation Place($note: String!) { placeOrder(note: $note) { id } }',
  watch: 'subscription Watch { orderChanged(outletId: "out_1") { cursor order { id } } }',
  me: 'query Me { me { id kind } }',
};

/** The id of a registered document. */
export function documentId(name: keyof typeof registered): string {
  return `sha256:${sha256(registered[name])}`;
}

/** What the tests sign access tokens with. */
export const testTokenKeys = generateKeyPairSync('ed25519');
const tokenKey = String(testTokenKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
const { id: kid } = openSigningKey(tokenKey);

/** A gateway on a free port over the test subgraphs, with its clock, events and log in the tests' hands. */
export class TestGateway implements AsyncDisposable {
  readonly clock = new ManualClock('2026-11-21T10:00:00Z');
  readonly events = new LocalEventStream();
  readonly subgraphs = new TestSubgraphs(this.clock);
  readonly logLines: Record<string, unknown>[] = [];
  readonly clients: Client[] = [];
  gateway!: Gateway;
  url = '';
  findings: string[] = [];
  /** Whether it can work although something was found. */
  isReadyAnyway = false;

  /** Starts it, with other clients than the test subgraphs' where some are given. */
  static async start(
    changes: Partial<GatewayOptions> = {},
    clients: GatewayOptions['clients'] = {},
  ): Promise<TestGateway> {
    const test = new TestGateway();
    const options = { ...test.#options(), ...changes };
    test.gateway = await createGateway({ ...options, clients: { ...options.clients, ...clients } });
    test.url = (await test.gateway.listen(0, '127.0.0.1')).url;
    return test;
  }

  /** Posts a body as JSON; the answer's status, headers and JSON. */
  async post(body: unknown, headers: Record<string, string> = {}) {
    return this.fetch('/graphql', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  async fetch(path: string, init: RequestInit = {}) {
    const response = await fetch(`${this.url}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, text, body: isJson && text ? JSON.parse(text) : null };
  }

  /** Signs somebody in: an active account and an access token of one hour. */
  async signIn(name: string, changes: Partial<Account> = {}): Promise<string> {
    const sessionId = `ses_${name}`;
    this.subgraphs.accounts.set(sessionId, {
      status: 'ACTIVE',
      kind: 'USER',
      id: `usr_${name}`,
      sessionId,
      version: 1,
      documentIds: null,
      ...changes,
    });
    return this.token({ sub: `usr_${name}`, sid: sessionId });
  }

  /** Makes an integrator that may run the named documents; its API key. */
  integrator(...names: (keyof typeof registered)[]): string {
    this.subgraphs.accounts.set('key-1', {
      status: 'ACTIVE',
      kind: 'CLIENT',
      id: 'cli_1',
      sessionId: null,
      version: 1,
      documentIds: names.map(documentId),
    });
    return 'key-1';
  }

  async token(claims: Record<string, unknown>): Promise<string> {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ iss: 'twinengine', aud: 'twinengine-api', exp: issuedAt + 3_600, ...claims })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .sign(testTokenKeys.privateKey);
  }

  /** What accounts would publish. */
  announce(type: string, payload: unknown): void {
    const event: PublishedEvent = {
      id: 'evt_1',
      type,
      seq: 1,
      brandId: 'brd_1',
      outletId: null,
      aggregateId: 'x',
      aggregateVersion: 1,
      viewerKind: 'SYSTEM',
      viewerId: '',
      channel: null,
      reason: null,
      requestId: 'req',
      occurredAt: this.clock.now(),
      payload,
    };
    this.events.publish('accounts', [event]);
  }

  /** Waits until so many subscriptions were opened at their owner, ever. */
  sourceOpened(count: number): Promise<void> {
    return until(() => this.subgraphs.source.opened >= count);
  }

  /** Waits until so many were closed there, ever. */
  sourceClosed(count: number): Promise<void> {
    return until(() => this.subgraphs.source.closed >= count);
  }

  /** A graphql-ws client that connects at once and does not come back by itself. */
  socket(connectionParams: Record<string, unknown> = {}): TestSocket {
    const test = new TestSocket(`${this.url.replace('http', 'ws')}/graphql`, connectionParams);
    this.clients.push(test.client);
    return test;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.clients) await client.dispose();
    await this.gateway.close();
  }

  #options(): GatewayOptions {
    const { supergraphSdl, apiSdl, clients } = this.subgraphs;
    return {
      supergraphSdl,
      apiSdl,
      clients,
      viewerSecret: testViewerSecret,
      tokenKeys: openVerifyingKeys(tokenKey, []),
      clock: this.clock,
      log: pino(
        { level: 'info', base: undefined },
        { write: (line: string) => void this.logLines.push(JSON.parse(line)) },
      ),
      events: this.events,
      documents: Object.fromEntries(Object.values(registered).map((text) => [sha256(text), text])),
      openFile: async (path) => openTestFile(path),
      readiness: async () => ({
        isReady: this.isReadyAnyway || this.findings.length === 0,
        findings: this.findings,
      }),
      pages: {
        graphiql: (path) =>
          path === '/graphiql'
            ? { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<html>') }
            : null,
        examples: () => [{ name: 'orders' }],
      },
      allowedOrigins: ['https://pos.example'],
    };
  }
}

function openTestFile(path: string) {
  if (path === '/files/report.pdf?signature=good') {
    return {
      kind: 'FILE' as const,
      body: Readable.from(['%PDF']),
      sizeBytes: 4,
      contentType: 'application/pdf',
      fileName: 'Umsätze "Mai".pdf',
    };
  }
  return path.endsWith('old') ? { kind: 'EXPIRED' as const } : { kind: 'INVALID' as const };
}

/** One socket and what came out of it. */
export class TestSocket {
  readonly client: Client;
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(url: string, connectionParams: Record<string, unknown>, socketOptions: { origin?: string } = {}) {
    const closed = Promise.withResolvers<{ code: number; reason: string }>();
    this.closed = closed.promise;
    class ClientSocket extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, socketOptions);
      }
    }
    this.client = createClient({
      url,
      connectionParams,
      webSocketImpl: ClientSocket,
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
      on: { closed: (event) => closed.resolve(event as { code: number; reason: string }) },
    });
  }

  /** The only answer of a query or mutation; its errors if it was refused. */
  async ask(payload: {
    query: string;
    variables?: Record<string, unknown>;
    operationName?: string;
    extensions?: Record<string, unknown>;
  }) {
    const stream = this.subscribe(payload);
    await stream.ended;
    return stream.results[0] ?? { errors: stream.errors };
  }

  subscribe(payload: {
    query: string;
    variables?: Record<string, unknown>;
    extensions?: Record<string, unknown>;
  }): TestStream {
    return new TestStream(this.client, payload);
  }
}

/** A subscription's answers as they come. */
export class TestStream {
  readonly results: FormattedExecutionResult<Record<string, unknown>, unknown>[] = [];
  errors: unknown = null;
  readonly ended: Promise<void>;
  readonly unsubscribe: () => void;
  #arrived = Promise.withResolvers<void>();

  constructor(client: Client, payload: { query: string }) {
    const ended = Promise.withResolvers<void>();
    this.ended = ended.promise;
    const arrived = () => (this.#arrived.resolve(), (this.#arrived = Promise.withResolvers<void>()));
    this.unsubscribe = client.subscribe(payload, {
      next: (result) => void (this.results.push(result), arrived()),
      error: (errors) => void ((this.errors = errors), ended.resolve(), arrived()),
      complete: () => void (ended.resolve(), arrived()),
    });
  }

  /** Waits until so many results have come; fails by the test's own time limit. */
  async have(count: number): Promise<void> {
    while (this.results.length < count) await this.#arrived.promise;
  }
}

/** Waits for something that has no promise of its own. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2));
}
