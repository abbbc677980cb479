import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { followReport, stepOf } from './report-progress.queries.js';
import { ReportJob, ReportProgressEvent, ReportStates } from './report.graphql.js';
import { findReport } from './report.queries.js';

/** The progress of one report as it happens. */
@Resolver(() => ReportProgressEvent)
export class ReportProgressResolver {
  @Subscription(() => ReportProgressEvent, {
    description: 'The steps of one report, from now on or from just after `since`.',
    subscribe: ({ context, args }) => followReport(context, args),
  })
  reportProgress(
    @Root() live: LiveEvent,
    @Arg('reportJobId', () => ID, { description: 'Which report.' }) _reportJobId: string,
    @Arg('since', () => String, { nullable: true, description: 'Continue after the event with this cursor.' })
    _since?: string | null,
  ): object {
    return live;
  }

  @FieldResolver(() => Date, { description: 'When it happened.' })
  at(@Root() { event }: LiveEvent) {
    return event.occurredAt;
  }

  @FieldResolver(() => ReportStates, { description: 'Where the report was then.' })
  state(@Root() { event }: LiveEvent) {
    return stepOf(event).state;
  }

  @FieldResolver(() => Int, { description: 'How far the work was then, 0 to 100.' })
  progressPercent(@Root() { event }: LiveEvent) {
    return stepOf(event).progressPercent;
  }

  @FieldResolver(() => ReportJob, {
    nullable: true,
    description: 'The report as it is when the event is sent; null once the viewer may not see it.',
  })
  reportJob(@Root() { event }: LiveEvent, @Ctx() { em, viewer }: Context) {
    return findReport(em, viewer, event.aggregateId);
  }
}
