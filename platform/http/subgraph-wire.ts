import { GraphQLError, type ExecutionResult } from 'graphql';
import { z } from 'zod';

/** Where a subgraph answers operations, by POST and by WebSocket upgrade. */
export const graphqlPath = '/graphql';

/** Where a subgraph tells its published events, by GET, to the product itself only. */
export const eventsPath = '/events';

/** Where a subgraph is told by POST to publish what it has committed, by the product itself only. */
export const flushPath = '/events/flush';

/** How many events are told at once. */
export const mostEventsAtOnce = 1_000;

/** The headers of an operation; Node gives and takes them in lower case. */
export const wireHeaders = {
  viewer: 'x-viewer',
  requestId: 'x-request-id',
  idempotencyKey: 'idempotency-key',
  remoteAddress: 'x-remote-address',
  userAgent: 'x-client-user-agent',
  deadlineMs: 'x-deadline-ms',
} as const;

/** How long a caller waits for an answer unless it says otherwise, in milliseconds. */
export const usualDeadlineMs = 3_000;

/** The largest operation, in bytes: a gateway asks for many entities at once, and no client of its can send as much. */
export const maxOperationBytes = 1024 * 1024;

// By reference, not copied: a record's copy would lose a key such as `__proto__`, which an alias may be.
const jsonObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** An operation as it is sent, in a body or in a socket's message. */
export const operationShape = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: jsonObject.nullish(),
});

/** What a subscription says in its `extensions`; on one socket every subscription has a viewer of its own. */
export const subscriptionCallShape = z.object({
  viewer: z.string(),
  requestId: z.string(),
  remoteAddress: z.string(),
  userAgent: z.string().default(''),
});

/** The first message of a subscription: it is open, and whatever happens after the cursor, if it has one, will be told. */
export function openedMessage(cursor: string | undefined): ExecutionResult {
  return { extensions: { opened: true, cursor } };
}

/** The answer to an event with the cursor to continue after it. */
export function toldMessage(result: ExecutionResult, cursor: string | undefined): ExecutionResult {
  return cursor === undefined ? result : { ...result, extensions: { ...result.extensions, cursor } };
}

const resultShape = z.object({
  data: jsonObject.nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: jsonObject.optional(),
      }),
    )
    .optional(),
  extensions: jsonObject.optional(),
});

/** The result in a message, its errors being GraphQL errors again; throws what is not a result. */
export function resultOf(message: unknown): ExecutionResult {
  const { errors, ...rest } = resultShape.parse(message);
  return errors
    ? { ...rest, errors: errors.map(({ message: text, ...place }) => new GraphQLError(text, place)) }
    : rest;
}

/** The cursor in a subscription's message, and the answer without it. */
export function readTold(message: unknown): { readonly result: ExecutionResult; readonly cursor: string | undefined } {
  const { extensions: { cursor, ...extensions } = {}, ...rest } = resultOf(message);
  const result = Object.keys(extensions).length > 0 ? { ...rest, extensions } : rest;
  return { result, cursor: typeof cursor === 'string' ? cursor : undefined };
}

/** Whether a message is a subscription's `openedMessage`. */
export function isOpened(message: { readonly extensions?: unknown }): boolean {
  const { extensions } = message;
  return typeof extensions === 'object' && extensions !== null && 'opened' in extensions;
}
