import { z } from 'zod';
import { instant } from '../process/clock.js';
import type { PublishedEvent } from './stream.js';

const publishedEvent = z.object({
  id: z.string(),
  type: z.string(),
  seq: z.int().positive(),
  brandId: z.string(),
  outletId: z.string().nullable(),
  aggregateId: z.string(),
  aggregateVersion: z.int(),
  viewerKind: z.string(),
  viewerId: z.string(),
  channel: z.string().nullable(),
  reason: z.string().nullable(),
  requestId: z.string(),
  occurredAt: z.iso.datetime().transform(instant),
  payload: z.unknown(),
});

/** The event as text that another process can read; its time keeps its milliseconds. */
export function formatPublishedEvent(event: PublishedEvent): string {
  return JSON.stringify(event);
}

/** The event in such a text, or null when it is not one, as another version might have written it. */
export function parsePublishedEvent(text: string): PublishedEvent | null {
  const json = parseJson(text);
  const { success, data } = publishedEvent.safeParse(json);
  return success ? data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
