import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import type { ServiceNodeEntity } from '../node/node.entity.js';
import { ServiceNode } from '../node/node.graphql.js';
import { nodeLoader } from '../node/node.queries.js';
import type { SeatingEntity } from './seating.entity.js';
import {
  ReleaseTableInput,
  ReleaseTablePayload,
  Seating,
  SeatPartyInput,
  SeatPartyPayload,
} from './seating.graphql.js';
import { releaseTable, seatParty } from './seating.operations.js';
import { currentSeatingLoader } from './seating.queries.js';
import { seatingState, SeatingState } from './seating.state.js';

/** Mutations of seatings, and a seating's table and state. */
@Resolver(() => Seating)
export class SeatingResolver {
  @FieldResolver(() => SeatingState, { description: 'Whether the party is still there.' })
  state(@Root() seating: SeatingEntity): SeatingState {
    return seatingState(seating);
  }

  @FieldResolver(() => ServiceNode, { nullable: true, description: 'The table the party sits or sat at.' })
  table(@Root() seating: SeatingEntity, @Ctx() context: Context) {
    return nodeLoader(context).load(seating.serviceNodeId);
  }

  @Mutation(() => SeatPartyPayload, { description: 'Seats a party at a free table.' })
  async seatParty(
    @Ctx() context: Context,
    @Arg('input', () => SeatPartyInput, { description: 'The party.' }) input: SeatPartyInput,
  ): Promise<object> {
    return { seating: await seatParty(context, input) };
  }

  @Mutation(() => ReleaseTablePayload, { description: 'Frees a table whose party has left.' })
  async releaseTable(
    @Ctx() context: Context,
    @Arg('input', () => ReleaseTableInput, { description: 'The table.' }) input: ReleaseTableInput,
  ): Promise<object> {
    return { seating: await releaseTable(context, input) };
  }
}

/** Who sits at a place. */
@Resolver(() => ServiceNode)
export class CurrentSeatingResolver {
  @FieldResolver(() => Seating, { nullable: true, description: 'The party at this table; null while it is free.' })
  currentSeating(@Root() node: ServiceNodeEntity, @Ctx() context: Context) {
    return currentSeatingLoader(context).load(node.id);
  }
}
