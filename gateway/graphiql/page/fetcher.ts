import type { Fetcher, FetcherReturnType } from '@graphiql/toolkit';
import { getOperationAST, parse } from 'graphql';
import { post } from './api.js';
import type { GraphqlRequest } from './api.js';
import { authorization, withFreshToken } from './session.js';
import { subscribe } from './subscription.js';

/** How GraphiQL reaches the API: subscriptions by WebSocket, everything else by HTTP, both as who is signed in. */
export const fetcher: Fetcher = (request, options) => {
  const headers = () => withOwnHeaders(options?.headers ?? {});
  const answer = isSubscription(request) ? subscribe(request, headers) : withFreshToken(() => post(request, headers()));
  // The type asks for errors that are GraphQLError objects; GraphiQL only prints them, so those of the answer do.
  return answer as FetcherReturnType;
};

/** What is typed into the headers editor wins over the session, in whatever case it is written. */
function withOwnHeaders(own: Readonly<Record<string, unknown>>): Record<string, string> {
  const lowerCased = Object.entries(own).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { ...authorization(), ...Object.fromEntries(lowerCased) };
}

function isSubscription({ query, operationName }: GraphqlRequest): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    return false; // A syntax error: the server's answer names the place.
  }
}
