import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { makeTables } from '../../tests/harness/tables.js';
import { makeTestPlace, type TestPlace } from '../../tests/harness/target.js';
import { anonymous, type Viewer } from '../domain/viewer.js';
import { newId } from '../domain/id.js';
import { lockStreamHead } from '../events/outbox.queries.js';
import { ManualClock } from '../process/clock.js';
import { openDatabase, platformEntities, type Database, type EntityClass } from './database.js';
import type { DomainEvent, Origin } from './outbox.js';
import { OutboxEventEntity, StreamHeadEntity } from './outbox.entity.js';
import { createUnitOfWork, type UnitOfWork } from './unit-of-work.js';

/** The one table of the platform's tests. */
@Entity({ tableName: 'note' })
@Unique({ properties: ['brandId', 'title'] })
export class NoteEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32, nullable: true })
  outletId: string | null = null;

  @Property({ type: 'string', length: 120 })
  title!: string;

  @Property({ type: 'integer' })
  rank!: number;

  @Property({ type: 'Date', length: 3 })
  writtenAt!: Date;

  @Property({ type: 'integer', version: true })
  version = 1;
}

/** The clock of the platform's tests; it stands still. */
export const clock = new ManualClock('2026-03-14T12:00:00.123Z');

/** A note that is not stored yet. */
export function newNote(given: Partial<NoteEntity> = {}) {
  const id = newId('not');
  return { id, brandId: 'brd_1', outletId: null, title: id, rank: 0, writtenAt: clock.now(), version: 1, ...given };
}

/** What the tests tell of a note: an event of the catalogue with a number in it. */
export function noteEvent(note: Pick<NoteEntity, 'id' | 'brandId' | 'version' | 'rank'>): DomainEvent {
  const payload = { remaining: note.rank, isAvailable: true };
  return { type: 'menu-item.availability-changed', aggregate: note, payload };
}

/** A unit of work of nobody in particular, with what a test cares about. */
export function unitOfWorkOf(database: Database, given: Partial<Origin> = {}, onCommitted = () => {}): UnitOfWork {
  const viewer: Viewer = anonymous;
  return createUnitOfWork(database, { viewer, requestId: 'req_test', clock, ...given }, onCommitted);
}

/** The events stored so far, in the order their ids give. */
export function storedEvents(database: Database): Promise<OutboxEventEntity[]> {
  return database.em.fork().find(OutboxEventEntity, {}, { orderBy: { id: 'asc' } });
}

/** The notes stored so far, by title. */
export function storedNotes(database: Database): Promise<NoteEntity[]> {
  return database.em.fork().find(NoteEntity, {}, { orderBy: { title: 'asc' } });
}

/** Something several transactions wait for until all of them have come. */
export function meetingOf(count: number): () => Promise<void> {
  let open = () => {};
  let missing = count;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return async () => {
    missing -= 1;
    if (missing <= 0) open();
    await opened;
  };
}

/** A database with notes that every test of the file finds empty; more connections to it as other processes have them. */
export class NoteBook {
  #place: TestPlace | null = null;
  readonly #opened: Database[] = [];

  constructor(private readonly entities: readonly EntityClass[] = []) {
    beforeAll(async () => {
      this.#place = makeTestPlace();
      await makeTables(await this.open());
    });
    beforeEach(() => this.#empty());
    afterAll(async () => {
      await Promise.all(this.#opened.map((database) => database.close()));
      await this.#place?.remove();
    });
  }

  get database(): Database {
    const [first] = this.#opened;
    if (!first) throw new Error('The notes are open within a test only.');
    return first;
  }

  /** Another process's way to the same data. */
  async open(): Promise<Database> {
    if (!this.#place) throw new Error('The notes are open within a test only.');
    const database = await openDatabase('orders', this.#place.location, [NoteEntity, ...this.entities]);
    this.#opened.push(database);
    return database;
  }

  async #empty(): Promise<void> {
    await this.database.em.fork().transactional(async (em: SqlEntityManager) => {
      const kept: EntityClass[] = platformEntities.filter((entity) => /Stream(Head)|Fingerprint/.test(entity.name));
      const all: EntityClass[] = [...platformEntities, NoteEntity, ...this.entities];
      for (const entity of all.filter((each) => !kept.includes(each))) await em.nativeDelete(entity, {});
      const head: StreamHeadEntity = await lockStreamHead(em);
      head.lastSeq = 0;
    });
  }
}
