import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ConsumedEventEntity, StreamCursorEntity } from '../data/outbox.entity.js';
import type { UnitOfWork } from '../data/unit-of-work.js';
import type { Clock } from '../process/clock.js';
import type { Log } from '../process/log.js';
import { eventSources, subgraphNames, type EventOf, type EventType, type SubgraphName } from './catalogue.js';
import type { EventStream, PublishedEvent } from './stream.js';
import { toCatalogueEvent } from './catalogue-event.js';

const BATCH = 100;
const POLL_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** What a subgraph does on another's event, in the transaction that also remembers the event. */
export type EventHandler<Type extends EventType> = (em: SqlEntityManager, event: EventOf<Type>) => Promise<void>;

/** Handlers by event type; a type that is absent is not listened to. */
export type EventHandlers = { readonly [Type in EventType]?: EventHandler<Type> };

/** Applies other subgraphs' events to this one's rows: each once, in order, from where it left off. */
export interface Consumer {
  start(): void;
  stop(): Promise<void>;
  /** Applies everything the other subgraphs have committed by now. */
  settle(): Promise<void>;
}

/** What a consumer works with. */
export interface ConsumerOptions {
  readonly handlers: EventHandlers;
  readonly stream: EventStream;
  /** The system's, for the request that made the event. */
  readonly unitOfWorkFor: (requestId: string) => UnitOfWork;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the consumer of one subgraph. */
export function createConsumer(options: ConsumerOptions): Consumer {
  const sources = subgraphNames.filter((source) => wanted(options.handlers, source));
  const followers = sources.map((source) => createFollower(source, options));
  return {
    start: () => followers.forEach((follower) => follower.start()),
    stop: async () => void (await Promise.all(followers.map((follower) => follower.stop()))),
    settle: async () => void (await Promise.all(followers.map((follower) => follower.settle()))),
  };
}

function wanted(handlers: EventHandlers, source: SubgraphName): boolean {
  return Object.keys(handlers).some((type) =>
    Object.entries(eventSources).some(([known, from]) => known === type && from === source),
  );
}

function createFollower(source: SubgraphName, options: ConsumerOptions) {
  let running: Promise<void> = Promise.resolve();
  let isQueued = false;
  let isStopped = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let unlisten = () => {};

  const attempt = async () => {
    isQueued = false;
    try {
      while (!isStopped && (await applyBatch(source, options)) > 0);
      failures = 0;
    } catch (error) {
      failures += 1;
      options.log.error({ err: error, source, failures }, 'an event could not be applied; it is tried again');
    }
  };
  const run = (): Promise<void> => {
    if (isQueued) return running;
    isQueued = true;
    return (running = running.then(attempt));
  };
  const poll = () => {
    timer = setTimeout(
      () => void run().then(() => isStopped || poll()),
      Math.min(LONGEST_WAIT_MS, POLL_MS * 2 ** failures),
    );
    timer.unref();
  };
  const settle = async () => {
    await options.stream.settle(source);
    // The run under way may have read before the last event; the next one has not.
    await run();
    await run();
  };
  return {
    settle,
    start: () => {
      unlisten = options.stream.listen(source, () => void run());
      void run();
      poll();
    },
    stop: async () => {
      isStopped = true;
      unlisten();
      clearTimeout(timer);
      await running;
    },
  };
}

async function applyBatch(
  source: SubgraphName,
  { stream, handlers, unitOfWorkFor, clock }: ConsumerOptions,
): Promise<number> {
  const unitOfWork = unitOfWorkFor(`reading ${source}`);
  const position = await unitOfWork((em) => readPosition(em, source));
  // An event behind the position counts as applied: one that came before its predecessor would cost us that one.
  const events = (await stream.read(source, position, BATCH)).toSorted((one, other) => one.seq - other.seq);
  const last = events.at(-1);
  if (!last) return 0;
  for (const event of events.filter(({ type }) => Object.hasOwn(handlers, type))) {
    const delivery = { source, event, handlers, now: clock.now() };
    const isNew = await unitOfWorkFor(event.requestId)((em) => applyOnce(em, delivery));
    // Another replica is ahead: where it stands now is read rather than found out event by event.
    if (!isNew) return events.length;
  }
  await unitOfWork((em) => advancePosition(em, source, last.seq));
  return events.length;
}

async function readPosition(em: SqlEntityManager, source: SubgraphName): Promise<number> {
  const cursor = await em.findOne(StreamCursorEntity, { source });
  if (cursor) return Number(cursor.seq);
  await em.insert(StreamCursorEntity, { source, seq: 0 });
  return 0;
}

interface Delivery {
  readonly source: SubgraphName;
  readonly event: PublishedEvent;
  readonly handlers: EventHandlers;
  readonly now: Date;
}

/** Applies the event unless it was applied before; tells whether its position was still to be reached. */
async function applyOnce(em: SqlEntityManager, { source, event, handlers, now }: Delivery): Promise<boolean> {
  const isNew = await advancePosition(em, source, event.seq);
  if (isNew && (await isFirstDelivery(em, event.id, now))) await handle(em, handlers, event);
  return isNew;
}

async function advancePosition(em: SqlEntityManager, source: SubgraphName, seq: number): Promise<boolean> {
  const cursor = await em.findOneOrFail(StreamCursorEntity, { source }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (seq <= Number(cursor.seq)) return false;
  cursor.seq = seq;
  return true;
}

// Another data set's stream numbers from 1 again, so the position alone does not prove that an event is new; its id does.
async function isFirstDelivery(em: SqlEntityManager, eventId: string, now: Date): Promise<boolean> {
  if ((await em.count(ConsumedEventEntity, { eventId })) > 0) return false;
  try {
    await em.insert(ConsumedEventEntity, { eventId, consumedAt: now });
    return true;
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return false;
    throw error;
  }
}

async function handle(em: SqlEntityManager, handlers: EventHandlers, published: PublishedEvent): Promise<void> {
  const event = toCatalogueEvent(published);
  // The handler table pairs each type with a handler of that very type; the compiler cannot follow the pairing through a lookup.
  const handler = event ? (handlers[event.type] as EventHandler<EventType> | undefined) : undefined;
  if (event && handler) await handler(em, event);
}
