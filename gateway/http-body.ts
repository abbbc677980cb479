import type { IncomingMessage } from 'node:http';
import { maxBodyBytes } from './limits.js';
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
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // The refusal still has to be written to this connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new Error('The body was decoded before it was read.');
    size += chunk.length;
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
