import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { z } from 'zod';
import type { AccessTokenClaims } from '../platform/crypto/access-token.js';
import type { VerifyingKeys } from '../platform/crypto/token-keys.js';
import { newId } from '../platform/domain/id.js';
import { anonymous, system, type Viewer } from '../platform/domain/viewer.js';
import type { EventStream, PublishedEvent } from '../platform/events/stream.js';
import type { Clock } from '../platform/process/clock.js';
import { createTokenVerifier, tokenExpired, type TokenVerifier } from './access-token.js';
import { CallerCache, type Caller } from './caller-cache.js';
import type { ShownCredential } from './credential.js';
import { refuse } from './refusal.js';
import { SubgraphUnavailable, type SubgraphCaller } from './subgraph-call.js';

/** A credential whose form and signature are good; whether it still counts is asked at every use. */
export type Credential =
  | { readonly kind: 'NONE' }
  | ({ readonly kind: 'SESSION' } & AccessTokenClaims)
  | { readonly kind: 'API_KEY'; readonly apiKey: string; readonly digest: string };

/** What authentication stands on. */
export interface AuthenticationOptions {
  readonly callAccounts: SubgraphCaller;
  readonly tokenKeys: VerifyingKeys;
  readonly events: EventStream;
  readonly clock: Clock;
}

const text = `query Authenticate($sessionId: ID, $apiKey: String) {
  authenticate(sessionId: $sessionId, apiKey: $apiKey) {
    status kind id sessionId version documentIds grants { role brandId outletId slugs }
  }
}`;
const document = parse(text);

const grant = z.object({
  role: z.string(),
  brandId: z.string().nullable(),
  outletId: z.string().nullable(),
  slugs: z.array(z.string()),
});
const answerShape = z.object({
  authenticate: z.discriminatedUnion('status', [
    z.object({ status: z.enum(['REVOKED', 'UNKNOWN']) }),
    z.object({
      status: z.literal('ACTIVE'),
      kind: z.enum(['USER', 'CLIENT']),
      id: z.string().min(1),
      sessionId: z.string().nullable(),
      version: z.number(),
      documentIds: z.array(z.string()).nullable(),
      grants: z.array(grant),
    }),
  ]),
});

/** Whoever shows no credential. */
export const nobody: Caller = { viewer: anonymous, documentIds: null };

/** Says who is asking, by the accounts subgraph, and tells when what it said may have changed. */
export class Authentication {
  readonly #options: AuthenticationOptions;
  readonly #cache: CallerCache;
  readonly #verifyToken: TokenVerifier;
  readonly #listeners = new Set<(isAffected: (viewer: Viewer) => boolean) => void>();
  readonly #stopListening: () => void;

  constructor(options: AuthenticationOptions) {
    this.#options = options;
    this.#cache = new CallerCache(options.clock);
    this.#verifyToken = createTokenVerifier(options.tokenKeys, options.clock);
    this.#stopListening = options.events.listen('accounts', (events) => events.forEach((event) => this.#hear(event)));
  }

  /** Checks the form of a credential and the signature of a token; throws a Refusal. */
  async check(shown: ShownCredential): Promise<Credential> {
    if (shown.kind === 'NONE') return shown;
    if (shown.kind === 'API_KEY') return { ...shown, digest: createHash('sha256').update(shown.apiKey).digest('hex') };
    return { kind: 'SESSION', ...(await this.#verifyToken(shown.token)) };
  }

  /** Who holds the credential right now; throws TOKEN_EXPIRED, TOKEN_REVOKED, UNAUTHENTICATED or SUBGRAPH_UNAVAILABLE. */
  async callerOf(credential: Credential): Promise<Caller> {
    if (credential.kind === 'NONE') return nobody;
    if (credential.kind === 'API_KEY')
      return this.#cache.get(`key:${credential.digest}`, () => this.#ask({ apiKey: credential.apiKey }));
    if (credential.expiresAtMs <= this.#options.clock.now().getTime()) throw tokenExpired();
    const caller = await this.#cache.get(`session:${credential.sessionId}`, () =>
      this.#ask({ sessionId: credential.sessionId }),
    );
    if (caller.viewer.id !== credential.userId) throw unknown();
    return caller;
  }

  /** Calls the listener when the rights of the viewers its predicate holds for may have changed; returns how to stop. */
  onChange(listener: (isAffected: (viewer: Viewer) => boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  stop(): void {
    this.#stopListening();
  }

  async #ask(variables: { sessionId: string } | { apiKey: string }): Promise<Caller> {
    const { authenticate } = answerShape.parse(await this.#answer(variables));
    if (authenticate.status === 'REVOKED')
      throw refuse(401, 'TOKEN_REVOKED', 'The session or key was revoked: sign in again.');
    if (authenticate.status !== 'ACTIVE') throw unknown();
    const { kind, id, sessionId, version, grants, documentIds } = authenticate;
    // An integrator without a list may run nothing rather than everything.
    return {
      viewer: { kind, id, sessionId, version, grants },
      documentIds: kind === 'CLIENT' ? (documentIds ?? []) : null,
    };
  }

  async #answer(variables: Readonly<Record<string, string>>): Promise<unknown> {
    const context = { viewer: system, requestId: newId('req'), idempotencyKey: null, remoteAddress: '', userAgent: '' };
    try {
      const { data, errors } = await this.#options.callAccounts(
        { query: text, document, operationName: 'Authenticate', variables },
        context,
      );
      if (errors?.length)
        throw new Error(`accounts could not authenticate: ${errors.map((error) => error.message).join(' ')}`);
      return data;
    } catch (error) {
      if (error instanceof SubgraphUnavailable)
        throw refuse(503, 'SUBGRAPH_UNAVAILABLE', 'Sign-ins cannot be checked at the moment: try again.');
      throw error;
    }
  }

  #hear(event: PublishedEvent): void {
    const isAffected = affectedBy(event);
    if (!isAffected) return;
    this.#cache.drop(isAffected);
    for (const listener of this.#listeners) listener(isAffected);
  }
}

const revoked = z.object({ sessionIds: z.array(z.string()) });
const rightsChanged = z.object({ userId: z.string() });
const roleChanged = z.object({ roleId: z.string() });
const clientChanged = z.object({ apiClientId: z.string() });

/** Whose rights an event of accounts touches: everybody's if it cannot be read, null for an event that touches nobody's. */
function affectedBy(event: PublishedEvent): ((viewer: Viewer) => boolean) | null {
  switch (event.type) {
    case 'session.revoked': {
      const { success, data } = revoked.safeParse(event.payload);
      return (viewer) => !success || (viewer.sessionId !== null && data.sessionIds.includes(viewer.sessionId));
    }
    case 'rights.changed': {
      const { success, data } = rightsChanged.safeParse(event.payload);
      return (viewer) => !success || (viewer.kind === 'USER' && viewer.id === data.userId);
    }
    case 'role.changed': {
      const { success, data } = roleChanged.safeParse(event.payload);
      return (viewer) => !success || viewer.grants.some(({ role }) => role === data.roleId);
    }
    case 'api-client.changed': {
      const { success, data } = clientChanged.safeParse(event.payload);
      return (viewer) => !success || (viewer.kind === 'CLIENT' && viewer.id === data.apiClientId);
    }
    default:
      return null;
  }
}

function unknown() {
  return refuse(401, 'UNAUTHENTICATED', 'The credential is not known.');
}
