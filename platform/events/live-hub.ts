import type { Database } from '../data/database.js';
import { BadUserInput, ResyncRequired } from '../domain/errors.js';
import { tenantKey, type TenantKey } from '../domain/tenant-key.js';
import type { AnyEvent } from './catalogue.js';
import { toCatalogueEvent } from './catalogue-event.js';
import type { FollowedEvents, LiveEvent, LiveEvents } from './live-events.js';
import { listPublished, readStreamHead } from './outbox.queries.js';
import type { PublishedEvent } from './stream.js';

const REPLAY_BATCH = 500;
/** A subscriber further behind than this is told to read the lists again. */
const LONGEST_REPLAY = 10_000;
/** A subscriber that does not take what it is sent is cut off here, so that one slow reader cannot fill the memory. */
const LARGEST_BUFFER = 10_000;

type Matches = (event: AnyEvent) => boolean;
type Step = IteratorResult<LiveEvent>;

/** Hands one subgraph's published events to its subscribers. */
export class LiveHub implements LiveEvents {
  // By topic, one a tenant: an event is not even shown to the filters of another one's subscribers.
  readonly #followers = new Map<TenantKey, Set<Follower>>();

  /** `heard` resolves when it is certain from which event on the hub is told everything. */
  constructor(
    private readonly database: Database,
    private readonly heard: () => Promise<void> = async () => {},
  ) {}

  /** To be called with each published batch, in order. */
  announce(events: readonly PublishedEvent[]): void {
    if (this.#followers.size === 0) return;
    // What happens to people who belong to no tenant is nobody's to follow.
    const ofTenants = events.filter((event) => event.brandId !== '');
    for (const [brandId, told] of Map.groupBy(ofTenants, (event) => event.brandId)) {
      for (const follower of this.#followers.get(topicOf(brandId)) ?? []) follower.hear(told);
    }
  }

  async follow(brandId: string, since: string | null, matches: Matches): Promise<FollowedEvents> {
    const topic = topicOf(brandId);
    // Listen first, then read the past: an event published between the two is seen twice and kept once.
    const follower = new Follower(matches, () => this.#leave(topic, follower));
    this.#join(topic, follower);
    try {
      await this.heard();
      const em = this.database.em.fork();
      const head = await readStreamHead(em);
      const from = since === null ? Number(head.lastSeq) : positionOf(since, head);
      follower.begin(head.epoch, from);
      for (let seq = from; since !== null;) {
        const events = await listPublished(em, seq, REPLAY_BATCH);
        follower.replay(events.filter((event) => event.brandId === brandId));
        const last = events.at(-1);
        if (!last || events.length < REPLAY_BATCH) break;
        seq = last.seq;
      }
      follower.goLive();
      return follower;
    } catch (error) {
      await follower.return();
      throw error;
    }
  }

  /** Ends every subscription, as at shutdown. */
  close(): void {
    for (const follower of [...this.#followers.values()].flatMap((followers) => [...followers])) void follower.return();
  }

  #join(topic: TenantKey, follower: Follower): void {
    const followers = this.#followers.get(topic) ?? new Set();
    this.#followers.set(topic, followers.add(follower));
  }

  #leave(topic: TenantKey, follower: Follower): void {
    const followers = this.#followers.get(topic);
    if (followers?.delete(follower) && followers.size === 0) this.#followers.delete(topic);
  }
}

// A plain iterator, not an async generator: its return() must not wait for the next event.
class Follower implements FollowedEvents {
  readonly #ready: LiveEvent[] = [];
  readonly #waiting: ((result: Step | Promise<Step>) => void)[] = [];
  #early: PublishedEvent[] = [];
  #lastSeq = 0;
  #epoch = '';
  #cursor = '';
  #isLive = false;
  #ended: (() => Promise<Step>) | null = null;

  constructor(
    private readonly matches: Matches,
    private readonly onEnd: () => void,
  ) {}

  begin(epoch: string, seq: number): void {
    this.#epoch = epoch;
    this.#lastSeq = seq;
    this.#cursor = this.#cursorAt(seq);
  }

  get cursor(): string {
    return this.#cursor;
  }

  /** Takes a batch as it is published. A filter that fails ends its own subscription with its error, and no other one. */
  hear(events: readonly PublishedEvent[]): void {
    try {
      if (this.#isLive) this.replay(events);
      else this.#early.push(...events);
    } catch (error) {
      this.#end(() => Promise.reject(error));
    }
  }

  replay(events: readonly PublishedEvent[]): void {
    for (const published of events) {
      if (published.seq <= this.#lastSeq) continue;
      this.#lastSeq = published.seq;
      const event = toCatalogueEvent(published);
      if (event && this.matches(event)) this.#push({ cursor: this.#cursorAt(published.seq), event });
    }
  }

  goLive(): void {
    this.#isLive = true;
    this.replay(this.#early);
    this.#early = [];
  }

  async next(): Promise<Step> {
    const value = this.#ready.shift();
    if (value) return { value, done: false };
    if (this.#ended) return this.#ended();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async return(): Promise<Step> {
    this.#end(async () => ({ value: undefined, done: true }));
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #cursorAt(seq: number): string {
    return `${this.#epoch}.${seq}`;
  }

  #end(result: () => Promise<Step>): void {
    this.#ended ??= result;
    this.onEnd();
    for (const resolve of this.#waiting.splice(0)) resolve(this.#ended());
  }

  #push(value: LiveEvent): void {
    if (this.#ended) return;
    const resolve = this.#waiting.shift();
    if (resolve) resolve({ value, done: false });
    else if (this.#ready.push(value) > LARGEST_BUFFER) void this.return();
  }
}

function topicOf(brandId: string): TenantKey {
  return tenantKey(brandId, 'events');
}

function positionOf(cursor: string, head: { epoch: string; lastSeq: number }): number {
  const match = /^(ep_[0-9A-Z]{26})\.(\d{1,15})$/.exec(cursor);
  if (!match) throw new BadUserInput('"since" is not a cursor of this subscription.', ['since']);
  const seq = Number(match[2]);
  const isContinuable =
    match[1] === head.epoch && seq <= Number(head.lastSeq) && Number(head.lastSeq) - seq <= LONGEST_REPLAY;
  if (!isContinuable)
    throw new ResyncRequired(
      'This cursor can no longer be continued: read the list again and subscribe without "since".',
    );
  return seq;
}
