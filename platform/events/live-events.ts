import type { AnyEvent } from './catalogue.js';

/** An event and the cursor to continue after it. */
export interface LiveEvent {
  readonly cursor: string;
  readonly event: AnyEvent;
}

/** Events as one subscriber hears them. */
export interface FollowedEvents extends AsyncIterableIterator<LiveEvent> {
  /** Where they begin: the cursor of the last event that is not told. */
  readonly cursor: string;
}

/** This subgraph's events as subscriptions see them. */
export interface LiveEvents {
  /**
   * The matching events of one tenant from now on, or from just after the cursor `since`, without a gap between the stored and the live ones.
   * Throws ResyncRequired when the cursor belongs to another data set or is further back than is kept.
   */
  follow(brandId: string, since: string | null, matches: (event: AnyEvent) => boolean): Promise<FollowedEvents>;
}
