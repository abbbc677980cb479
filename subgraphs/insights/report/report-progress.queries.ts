import type { Context } from '../../../platform/context.js';
import type { AnyEvent } from '../../../platform/events/catalogue.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { getReport } from './report.queries.js';

/** The steps of one report, from now on or from just after the cursor `since`; NOT_FOUND where the viewer may not ask for reports. */
export async function followReport(
  { em, viewer, events }: Context,
  { reportJobId, since }: { reportJobId: string; since?: string | null },
): Promise<AsyncIterableIterator<LiveEvent>> {
  const { id, brandId } = await getReport(em, viewer, reportJobId);
  return events.follow(
    brandId,
    since ?? null,
    ({ type, aggregateId }) => type === 'report.progressed' && aggregateId === id,
  );
}

/** Where a report was when the event happened. */
export function stepOf(event: AnyEvent): { state: string; progressPercent: number } {
  if (event.type !== 'report.progressed') throw new Error(`${event.type} is not a step of a report.`);
  return event.payload;
}
