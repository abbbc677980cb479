import type { IncomingMessage } from 'node:http';
import { formatPublishedEvent } from '../events/published-event.js';
import type { EventSource } from '../events/stream.js';
import { jsonAnswer, UnservedRequest, type SubgraphAnswer } from './subgraph-answer.js';
import { eventsPath, flushPath, mostEventsAtOnce } from './subgraph-wire.js';

/** Whether a path is one of the outbox's, which answers the product itself only. */
export function isEventPath(path: string | undefined): boolean {
  return path === eventsPath || path === flushPath;
}

/** The events after a position, or the last position after publishing; throws 400 or 405. */
export async function eventsAnswer(
  source: EventSource,
  { method, url = '' }: IncomingMessage,
): Promise<SubgraphAnswer> {
  const [path, search] = url.split('?');
  if (method !== (path === flushPath ? 'POST' : 'GET'))
    throw new UnservedRequest(405, 'METHOD_NOT_ALLOWED', 'Read events by GET, publish them by POST.');
  if (path === flushPath) return jsonAnswer(200, { lastSeq: await source.flush() });
  const params = new URLSearchParams(search);
  const after = wholeNumber(params, 'after', { least: 0, most: Number.MAX_SAFE_INTEGER });
  const limit = wholeNumber(params, 'limit', { least: 1, most: mostEventsAtOnce });
  const events = await source.read(after, limit);
  return jsonAnswer(200, { events: events.map(formatPublishedEvent) });
}

function wholeNumber(
  params: URLSearchParams,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const text = params.get(name) ?? '';
  const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new UnservedRequest(400, 'BAD_REQUEST', `${name} must be a whole number from ${least} to ${most}.`);
}
