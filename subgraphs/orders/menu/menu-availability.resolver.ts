import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { followMenuAvailability } from './menu-availability.queries.js';
import { MenuAvailabilityEvent, MenuItem } from './menu.graphql.js';
import { menuItemLoader } from './menu.loaders.js';

/** The live channel of what an outlet can sell. */
@Resolver(() => MenuAvailabilityEvent)
export class MenuAvailabilityResolver {
  @Subscription(() => MenuAvailabilityEvent, {
    description:
      'Menu items of an outlet that run out, come back or get another number of portions. For those who take orders there.',
    subscribe: ({ context, args }) => followMenuAvailability(context, args),
  })
  menuAvailabilityChanged(
    @Root() live: LiveEvent,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) _outletId: string,
    @Arg('since', () => String, { nullable: true, description: 'Continue after the event with this cursor.' })
    _since?: string | null,
  ): LiveEvent {
    return live;
  }

  @FieldResolver(() => DateTime, { description: 'When it happened.' })
  at(@Root() { event }: LiveEvent): Date {
    return event.occurredAt;
  }

  @FieldResolver(() => MenuItem, { nullable: true, description: 'The item as it is now.' })
  menuItem(@Root() { event }: LiveEvent, @Ctx() context: Context) {
    return menuItemLoader(context).load(event.aggregateId);
  }
}
