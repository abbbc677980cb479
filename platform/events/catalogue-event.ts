import { eventSources, type AnyEvent } from './catalogue.js';
import type { PublishedEvent } from './stream.js';

/** The event as the catalogue types it, or null for a type this version does not know. */
export function toCatalogueEvent(event: PublishedEvent): AnyEvent | null {
  // The payload was typed when it was recorded, by this same catalogue; the type name is what connects the two.
  return Object.hasOwn(eventSources, event.type) ? (event as AnyEvent) : null;
}
