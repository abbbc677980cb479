import type { FormattedExecutionResult } from 'graphql';
import { useSyncExternalStore } from 'react';
import { errorCodes, post } from './api.js';

/** Who is signed in, and with what. */
export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly userName: string;
}

interface SessionState {
  readonly session: Session | null;
  /** What the user should know about a session that ended by itself. */
  readonly notice: string | null;
}

interface UserError {
  readonly message: string;
}

interface TokenPayload {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly userErrors: readonly UserError[];
}

interface LoginPayload extends TokenPayload {
  readonly user: { readonly profile: { readonly name: string } | null } | null;
}

// Session storage, so that closing the browser tab forgets the tokens and no other tab sees them.
const STORAGE_KEY = 'twinengine.session';
const SESSION_IS_OVER = ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'TOKEN_REVOKED'];

const SIGN_IN = `mutation SignIn($input: LoginInput!) {
  login(input: $input) { accessToken refreshToken user { id profile { name } } userErrors { code message field } }
}`;
const REFRESH = `mutation Refresh($input: RefreshTokenInput!) {
  refreshToken(input: $input) { accessToken refreshToken userErrors { code message } }
}`;
const SIGN_OUT = `mutation SignOut($input: LogoutInput!) {
  logout(input: $input) { userErrors { code message } }
}`;

let state: SessionState = { session: storedSession(), notice: null };
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

/** The session as React state. */
export function useSession(): SessionState {
  return useSyncExternalStore(listen, () => state);
}

/** The header that says who asks; empty when nobody is signed in. */
export function authorization(): Record<string, string> {
  return state.session ? { authorization: `Bearer ${state.session.accessToken}` } : {};
}

/** Opens a session; throws an Error whose message is meant for the user. */
export async function signIn(identifier: string, password: string): Promise<void> {
  const answer = await post<{ login: LoginPayload }>({
    query: SIGN_IN,
    variables: { input: { identifier, password } },
  });
  const payload = answer.data?.login;
  if (!payload?.accessToken || !payload.refreshToken) throw new Error(failureOf(answer, payload));
  const { accessToken, refreshToken, user } = payload;
  enter({ session: { accessToken, refreshToken, userName: user?.profile?.name ?? identifier }, notice: null });
}

/** Forgets the session here whatever the server says; the notice tells when the server could not end it. */
export async function signOut(): Promise<void> {
  try {
    // The refresh token is read when sending: a refresh in between replaces it.
    const answer = await withFreshToken(() =>
      post<{ logout: { userErrors: readonly UserError[] } }>(
        { query: SIGN_OUT, variables: { input: { refreshToken: state.session?.refreshToken } } },
        authorization(),
      ),
    );
    const failed = !answer.data?.logout || answer.data.logout.userErrors.length > 0;
    const message = failureOf(answer, answer.data?.logout);
    enter({ session: null, notice: failed ? `Signed out here only: ${message}` : null });
  } catch {
    enter({ session: null, notice: 'Signed out here only: the server could not be reached.' });
  }
}

/** Sends, and once more with a new access token when the answer says that the old one has expired. */
export async function withFreshToken<Data>(
  send: () => Promise<FormattedExecutionResult<Data>>,
): Promise<FormattedExecutionResult<Data>> {
  const answer = await send();
  const expired = errorCodes(answer.errors).includes('TOKEN_EXPIRED');
  return expired && (await refreshSession()) ? send() : answer;
}

/** Gets a new access token; false when there is none to be had. Callers at the same time share one request. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= exchangeTokens().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function exchangeTokens(): Promise<boolean> {
  const { session } = state;
  if (!session) return false;
  // Without the authorization header: the gateway would refuse it for the very token that has expired.
  const answer = await post<{ refreshToken: TokenPayload }>({
    query: REFRESH,
    variables: { input: { refreshToken: session.refreshToken } },
  }).catch(() => null);
  // Signed out, or in as somebody else, while the request was under way.
  if (!answer || state.session !== session) return false;
  const payload = answer.data?.refreshToken;
  if (payload?.accessToken && payload.refreshToken) {
    const { accessToken, refreshToken } = payload;
    enter({ session: { ...session, accessToken, refreshToken }, notice: null });
    return true;
  }
  const isOver = payload || errorCodes(answer.errors).some((code) => SESSION_IS_OVER.includes(String(code)));
  if (isOver) enter({ session: null, notice: 'Your session has ended. Please sign in again.' });
  return false;
}

function failureOf(
  answer: FormattedExecutionResult,
  payload?: { readonly userErrors: readonly UserError[] } | null,
): string {
  const messages = [...(payload?.userErrors ?? []), ...(answer.errors ?? [])].map((error) => error.message);
  return messages.join(' ') || 'The server answered without a session.';
}

function enter(next: SessionState): void {
  state = next;
  if (next.session) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(next.session));
  else sessionStorage.removeItem(STORAGE_KEY);
  for (const listener of listeners) listener();
}

function storedSession(): Session | null {
  return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null');
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
