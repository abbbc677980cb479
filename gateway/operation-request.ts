import { z } from 'zod';
import type { OperationRequest } from './persisted-documents.js';
import { refuse } from './refusal.js';

// Checked, not copied: a key such as `__proto__` stays the plain value that it is in JSON.
const jsonObject = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be a JSON object',
);
const text = z.string({ error: 'must be a string' });

const shape = z.object({
  query: text.nullish(),
  documentId: text.nullish(),
  operationName: text.nullish(),
  variables: jsonObject.nullish(),
  extensions: jsonObject.nullish(),
});

/** An operation out of a JSON body or a socket's message; throws a Refusal naming what is malformed. */
export function operationRequest(value: unknown): OperationRequest {
  const { success, data, error } = shape.safeParse(value);
  if (!success)
    throw refuse(
      400,
      'BAD_REQUEST',
      error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join(' '),
    );
  return data;
}

/** An operation out of `/graphql?documentId=…&variables=…` or `/graphql/sha256:…`; throws a Refusal. */
export function operationRequestOfUrl(url: URL): OperationRequest {
  const path = /^\/graphql\/([^/]+)$/.exec(url.pathname)?.[1];
  const parameters = Object.fromEntries(
    ['query', 'documentId', 'operationName'].map((name) => [name, parameter(url, name)]),
  );
  const objects = Object.fromEntries(
    ['variables', 'extensions'].map((name) => [name, json(name, parameter(url, name))]),
  );
  return operationRequest({ ...parameters, ...(path ? { documentId: decodeURIComponent(path) } : {}), ...objects });
}

function parameter({ searchParams }: URL, name: string): string | null {
  const values = searchParams.getAll(name);
  if (values.length > 1) throw refuse(400, 'BAD_REQUEST', `${name} may be given once.`);
  return values[0] ?? null;
}

function json(name: string, given: string | null): unknown {
  if (given === null) return null;
  try {
    return JSON.parse(given);
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(400, 'BAD_REQUEST', `${name} must be a JSON object.`);
    throw error;
  }
}
