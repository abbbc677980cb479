import type { IncomingHttpHeaders } from 'node:http';
import { refuse } from './refusal.js';

/** What a caller shows to say who it is, still unchecked. */
export type ShownCredential =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'TOKEN'; readonly token: string }
  | { readonly kind: 'API_KEY'; readonly apiKey: string };

/** The credential in a request's headers. No other header says who is asking. */
export function credentialOfHeaders(headers: IncomingHttpHeaders): ShownCredential {
  return shownCredential(headers.authorization, headers['x-api-key']);
}

/** The credential in a socket's first message: `{ authorization: 'Bearer …' }`, in any letter case as over HTTP, or `{ apiKey }`. */
export function credentialOfSocket(params: Readonly<Record<string, unknown>> | undefined): ShownCredential {
  const given = Object.entries(params ?? {})
    .filter(([name, value]) => name.toLowerCase() === 'authorization' && value !== null && value !== undefined)
    .map(([, value]) => value);
  // Two of them are no token, even where they are alike.
  return shownCredential(given.length > 1 ? given : given[0], params?.['apiKey'] ?? undefined);
}

function shownCredential(authorization: unknown, apiKey: unknown): ShownCredential {
  if (authorization === undefined && apiKey === undefined) return { kind: 'NONE' };
  if (authorization !== undefined && apiKey !== undefined)
    throw refuse(401, 'UNAUTHENTICATED', 'Show an access token or an API key, not both.');
  if (typeof apiKey === 'string' && apiKey !== '') return { kind: 'API_KEY', apiKey };
  const token = typeof authorization === 'string' ? /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1] : undefined;
  if (token === undefined)
    throw refuse(401, 'UNAUTHENTICATED', 'The credential is not "Bearer" and an access token, nor an API key.');
  return { kind: 'TOKEN', token };
}
