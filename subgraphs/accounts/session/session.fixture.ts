import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import { startTestSubgraph, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { accounts } from '../subgraph.js';
import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { SessionEntity } from './session.entity.js';

/** A password that is good enough. */
export const password = 'correct horse battery';

const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code } } }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) {
  accessToken refreshToken user { id } userErrors { code field } } }`;
const REFRESH = `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) {
  accessToken refreshToken user { id } userErrors { code field } } }`;
const LOGOUT = 'mutation ($input: LogoutInput!) { logout(input: $input) { isSignedOut userErrors { code field } } }';
const REVOKE = `mutation ($input: RevokeSessionsInput!) { revokeSessions(input: $input) {
  revokedCount userErrors { code field } } }`;
const MINE = `query ($first: Int! = 25, $after: String) { mySessions(first: $first, after: $after) {
  edges { cursor node { id method deviceLabel createdAt lastUsedAt expiresAt isCurrent } }
  pageInfo { hasNextPage endCursor } } }`;
const VERIFY = 'query ($token: String!) { verifyToken(token: $token) { isActive reason } }';
const AUTHENTICATE = 'query ($sessionId: ID) { authenticate(sessionId: $sessionId) { status id } }';

/** A sign-in that succeeded. */
export interface TestSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly sessionId: string;
  readonly viewer: Viewer;
}

/** The accounts subgraph with people who sign in on devices. */
export class SignedInPeople {
  #people = 0;

  private constructor(readonly subgraph: TestSubgraph) {}

  static async open(): Promise<SignedInPeople> {
    return new SignedInPeople(await startTestSubgraph(accounts));
  }

  /** Makes somebody; their address. */
  async person(): Promise<string> {
    this.#people += 1;
    const email = `person${this.#people}@example.com`;
    const { data } = await this.subgraph.run(anonymous, REGISTER, { input: { email, name: 'A Person', password } });
    if (!data?.['register']?.user) throw new Error(`Nobody was made: ${JSON.stringify(data)}`);
    return email;
  }

  /** Signs somebody in; a new person unless one is given. */
  async signIn(input: { identifier?: string; deviceId?: string } = {}, userAgent = 'test'): Promise<TestSession> {
    const identifier = input.identifier ?? (await this.person());
    const answer = await this.subgraph
      .from(userAgent)
      .run(anonymous, LOGIN, { input: { ...input, identifier, password } });
    const { accessToken, refreshToken, user } = answer.data?.['login'] ?? {};
    if (!accessToken) throw new Error(`Nobody was signed in: ${JSON.stringify(answer)}`);
    const [sessionId] = refreshToken.split('.');
    return {
      accessToken,
      refreshToken,
      sessionId,
      viewer: { kind: 'USER', id: user.id, sessionId, grants: [], version: 1 },
    };
  }

  /** Exchanges a refresh token; the payload. */
  async refresh(
    refreshToken: string,
    { userAgent = 'test', deviceId }: { userAgent?: string; deviceId?: string } = {},
  ) {
    const input = { refreshToken, ...(deviceId ? { deviceId } : {}) };
    return (await this.subgraph.from(userAgent).run(anonymous, REFRESH, { input })).data?.['refreshToken'];
  }

  async logout(viewer: Viewer, refreshToken: string) {
    return (await this.subgraph.run(viewer, LOGOUT, { input: { refreshToken } })).data?.['logout'];
  }

  revoke(viewer: Viewer, input: object) {
    return this.subgraph.run(viewer, REVOKE, { input });
  }

  async mine(viewer: Viewer, page: { first?: number; after?: string } = {}) {
    return (await this.subgraph.run(viewer, MINE, { ...page })).data?.['mySessions'];
  }

  async verify(token: string) {
    return (await this.subgraph.run(anonymous, VERIFY, { token })).data?.['verifyToken'];
  }

  /** What the gateway is told of a session. */
  async statusOf({ sessionId }: TestSession): Promise<string> {
    return (await this.subgraph.run(system, AUTHENTICATE, { sessionId })).data?.['authenticate'].status;
  }

  /** The row of a session. */
  row({ sessionId }: TestSession): Promise<SessionEntity> {
    return this.subgraph.running.database.em.fork().findOneOrFail(SessionEntity, { id: sessionId });
  }

  /** Every ending that was told: its reason and the sessions. */
  async endings(): Promise<{ reason: string | null; sessionIds: string[] }[]> {
    const em = this.subgraph.running.database.em.fork();
    const events = await em.find(OutboxEventEntity, { type: 'session.revoked' }, { orderBy: { id: 'asc' } });
    return events.map(({ reason, payload }) => ({ reason, ...(payload as { sessionIds: string[] }) }));
  }

  async stop(): Promise<void> {
    await this.subgraph.stop();
  }
}
