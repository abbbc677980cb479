import type { IncomingMessage } from 'node:http';
import { maxBodyBytes } from './limits.js';
import { readRawBody } from './raw-body.js';
import { refuse } from './refusal.js';

/** The JSON object in a request's body; throws 415, 413 or 400. */
export async function readJsonObject(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  requireJson(request);
  const value = parsed(await readText(request));
  if (Array.isArray(value)) throw refuse(400, 'BAD_REQUEST', 'Batches are not served: send one operation a request.');
  if (typeof value !== 'object' || value === null) throw refuse(400, 'BAD_REQUEST', 'The body must be a JSON object.');
  return { ...value };
}

function requireJson({ headers }: IncomingMessage): void {
  // Forms and plain text are what another site's page can send without asking first.
  const contentType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/json') throw refuse(415, 'BAD_REQUEST', 'The body must be application/json.');
  if (headers['content-encoding'] && headers['content-encoding'] !== 'identity')
    throw refuse(415, 'BAD_REQUEST', 'The body must not be compressed.');
}

async function readText(request: IncomingMessage): Promise<string> {
  const body = await readRawBody(request, maxBodyBytes);
  if (!body) throw tooLarge();
  return body.toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(400, 'BAD_REQUEST', 'The body is not JSON.');
    throw error;
  }
}

function tooLarge() {
  return refuse(413, 'BAD_REQUEST', `The body must not be larger than ${maxBodyBytes / 1024} KB.`);
}
