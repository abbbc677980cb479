import { deepStrictEqual } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import fc from 'fast-check';
import type { Database } from '../data/database.js';
import { clock, unitOfWorkOf } from '../data/note.fixture.js';
import { ConsumedEventEntity, StreamCursorEntity } from '../data/outbox.entity.js';
import { system } from '../domain/viewer.js';
import { createConsumer, type EventHandlers } from './consumer.js';
import { published, rankOf, readableLog, upTo } from './events.fixture.js';
import type { EventStream, PublishedEvent } from './stream.js';

/** How many streams are tried with every run of the tests, and in the long set. */
export const disorderRuns = { quick: 30, long: 500 } as const;

/** What was applied, in the order in which it was. */
@Entity({ tableName: 'applied' })
export class AppliedEntity {
  @PrimaryKey({ type: 'integer' })
  id!: number;

  @Property({ type: 'integer' })
  rank!: number;
}

const source = 'orders';
const COPIES = 3;
const LONGEST_DELAY_MS = 4;
const MOST_MISHAPS = 12;
const PATIENCE = 200;

/** Choices that fast-check made, over and over: a failure is replayed with its seed. */
class Choices {
  #next = 0;
  #mishaps = 0;

  constructor(private readonly made: readonly number[]) {}

  /** A whole number from 0 and below the bound. */
  below(bound: number): number {
    return (this.made[this.#next++ % this.made.length] ?? 0) % bound;
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, place: this.below(1_000) }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ item }) => item);
  }

  /** Whether something goes wrong: now and then, and not for ever. */
  isMishap(): boolean {
    return this.#mishaps < MOST_MISHAPS && this.below(6) === 0 && (this.#mishaps += 1) > 0;
  }

  async delay(): Promise<void> {
    await sleep(this.below(LONGEST_DELAY_MS));
  }
}

/** A stream that keeps its promise barely: everything comes, but late, three times, in pieces and in any order. */
class DisorderedStream implements EventStream {
  readonly #listeners = new Set<(events: readonly PublishedEvent[]) => void>();

  constructor(
    private readonly events: readonly PublishedEvent[],
    private readonly choices: Choices,
  ) {}

  async read(_source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]> {
    await this.choices.delay();
    if (this.choices.isMishap()) return [];
    // A piece without a hole, as positions have none, and some of what was there before.
    const from = Math.max(0, afterSeq - this.choices.below(COPIES));
    const until = afterSeq + 1 + this.choices.below(Math.min(limit, this.events.length));
    const piece = this.events.filter(({ seq }) => seq > from && seq <= until);
    return this.choices.shuffled(piece.flatMap((event) => Array.from({ length: COPIES }, () => event)));
  }

  listen(_source: string, listener: (events: readonly PublishedEvent[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async listening(): Promise<void> {}

  settle(): Promise<void> {
    return this.choices.delay();
  }

  /** Announces each event three times, in any order. */
  async announceAll(): Promise<void> {
    const announcements = this.events.flatMap((event) => Array.from({ length: COPIES }, () => event));
    for (const event of this.choices.shuffled(announcements)) {
      await this.choices.delay();
      for (const listener of this.#listeners) listener([event]);
    }
  }
}

/**
 * Property: however disordered a stream is, the replicas that consume it together apply each event once and in order.
 * The databases are connections of several processes to the same data; rejects with the smallest stream that breaks it.
 */
export async function proveOrder(databases: readonly Database[], numRuns: number): Promise<void> {
  const choices = fc.array(fc.nat(1_000_000), { minLength: 64, maxLength: 64 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), choices, async (count, made) => {
      await empty(databases);
      deepStrictEqual(await consume(databases, count, new Choices(made)), upTo(count));
    }),
    { numRuns },
  );
}

async function consume(databases: readonly Database[], count: number, choices: Choices): Promise<readonly number[]> {
  const stream = new DisorderedStream(
    upTo(count).map((seq) => published({ seq })),
    choices,
  );
  const { log } = readableLog();
  const replicas = databases.map((database) => {
    const unitOfWorkFor = (requestId: string) => unitOfWorkOf(database, { viewer: system, requestId });
    return createConsumer({ handlers: faltering(choices), stream, unitOfWorkFor, clock, log });
  });
  for (const replica of replicas) replica.start();
  const announcing = stream.announceAll();
  for (let round = 0; round < PATIENCE && (await positionIn(databases)) < count; round += 1)
    await Promise.all(replicas.map((replica) => replica.settle()));
  await announcing;
  await Promise.all(replicas.map((replica) => replica.stop()));
  const applied = await databases[0]?.em.fork().find(AppliedEntity, {}, { orderBy: { id: 'asc' } });
  return applied?.map(({ rank }) => rank) ?? [];
}

/** Applies an event and then fails now and then, so that it is delivered again. */
function faltering(choices: Choices): EventHandlers {
  return {
    'menu-item.availability-changed': async (em, event) => {
      await em.insert(AppliedEntity, { rank: rankOf(event) });
      if (choices.isMishap()) throw new Error('This once it could not be applied.');
    },
  };
}

async function positionIn([database]: readonly Database[]): Promise<number> {
  return Number((await database?.em.fork().findOne(StreamCursorEntity, { source }))?.seq ?? 0);
}

async function empty([database]: readonly Database[]): Promise<void> {
  const em = database?.em.fork();
  await em?.nativeDelete(AppliedEntity, {});
  await em?.nativeDelete(ConsumedEventEntity, {});
  await em?.nativeDelete(StreamCursorEntity, {});
}
