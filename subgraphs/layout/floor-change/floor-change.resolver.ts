import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { Floor } from '../floor/floor.graphql.js';
import { floorLoader } from '../floor/floor.queries.js';
import { ServiceNode } from '../node/node.graphql.js';
import { nodeLoader } from '../node/node.queries.js';
import { Seating } from '../seating/seating.graphql.js';
import { seatingLoader } from '../seating/seating.queries.js';
import { FloorChangedEvent } from './floor-change.graphql.js';
import { followFloors } from './floor-change.queries.js';
import { FloorChangeKind, toFloorChange } from './floor-change.rules.js';

/** The live channel of the floors of one outlet. */
@Resolver(() => FloorChangedEvent)
export class FloorChangeResolver {
  @Subscription(() => FloorChangedEvent, {
    description:
      'Changes of the floors of an outlet the viewer works in, each with the rows as they are when it is sent.',
    subscribe: ({ context, args }) => followFloors(context, args),
  })
  floorChanged(
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

  @FieldResolver(() => FloorChangeKind, { description: 'What kind of thing changed.' })
  kind(@Root() { event }: LiveEvent): FloorChangeKind | undefined {
    return toFloorChange(event)?.kind;
  }

  @FieldResolver(() => Floor, { nullable: true, description: 'The floor that changed; null for the other kinds.' })
  floor(@Root() { event }: LiveEvent, @Ctx() context: Context) {
    const id = toFloorChange(event)?.floorId;
    return id ? floorLoader(context).load(id) : null;
  }

  @FieldResolver(() => ServiceNode, {
    nullable: true,
    description: 'The place that changed, or where the party sits or sat.',
  })
  node(@Root() { event }: LiveEvent, @Ctx() context: Context) {
    const id = toFloorChange(event)?.nodeId;
    return id ? nodeLoader(context).load(id) : null;
  }

  @FieldResolver(() => Seating, { nullable: true, description: 'The party that was seated or has left.' })
  seating(@Root() { event }: LiveEvent, @Ctx() context: Context) {
    const id = toFloorChange(event)?.seatingId;
    return id ? seatingLoader(context).load(id) : null;
  }
}
