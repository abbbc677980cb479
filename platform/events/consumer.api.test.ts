import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import fc from 'fast-check';
import { isRealServers } from '../../tests/harness/target.js';
import type { Database } from '../data/database.js';
import { clock, NoteBook, unitOfWorkOf } from '../data/note.fixture.js';
import { OutboxEventEntity } from '../data/outbox.entity.js';
import { record } from '../data/outbox.js';
import { system } from '../domain/viewer.js';
import { createConsumer, type Consumer, type EventHandler, type EventHandlers } from './consumer.js';
import { rankOf, readableLog, ScriptedStream, until, upTo } from './events.fixture.js';

/** What the handlers of the tests did, in order. */
@Entity({ tableName: 'heard' })
class HeardEntity {
  @PrimaryKey({ type: 'integer' })
  id!: number;

  @Property({ type: 'string', length: 60 })
  what!: string;
}

const book = new NoteBook([HeardEntity]);
let stream: ScriptedStream;
let consumers: Consumer[];
let journal: ReturnType<typeof readableLog>;
let runs = 0;

beforeEach(() => {
  stream = new ScriptedStream();
  consumers = [];
  journal = readableLog();
});
afterEach(async () => void (await Promise.all(consumers.map((consumer) => consumer.stop()))));

const remember: EventHandler<'menu-item.availability-changed'> = async (em, event) =>
  void (await em.insert(HeardEntity, { what: `item ${rankOf(event)}` }));
const handlers: EventHandlers = { 'menu-item.availability-changed': remember };

function newConsumer(own: EventHandlers = handlers, database: Database = book.database): Consumer {
  const unitOfWorkFor = (requestId: string) => unitOfWorkOf(database, { viewer: system, requestId });
  const consumer = createConsumer({ handlers: own, stream, unitOfWorkFor, clock, log: journal.log });
  consumers.push(consumer);
  return consumer;
}

async function heard(): Promise<string[]> {
  const rows = await book.database.em.fork().find(HeardEntity, {}, { orderBy: { id: 'asc' } });
  return rows.map(({ what }) => what);
}

const items = (ranks: readonly number[]) => ranks.map((rank) => `item ${rank}`);

describe('a consumer', () => {
  it('applies every event once and in order, over more than one read', async () => {
    const consumer = newConsumer();
    for (const _rank of upTo(120)) stream.publish('orders', {});

    await consumer.settle();

    expect(await heard()).toEqual(items(upTo(120)));
    expect(stream.settled).toEqual(['orders']);
  });

  it('I15 applies an event once though it is delivered twice, under its own position or a new one', async () => {
    const consumer = newConsumer();
    const first = stream.publish('orders', {});
    await consumer.settle();
    stream.publish('orders', { id: first.id });
    stream.publish('orders', {});
    stream.events['orders']?.push(first);

    await consumer.settle();
    await consumer.settle();

    expect(await heard()).toEqual(items([1, 3]));
  });

  it('continues after a restart where it left off, past what it does not listen to', async () => {
    stream.publish('orders', {});
    stream.publish('orders', { type: 'order.placed' });
    stream.publish('orders', { type: 'of.another-version' });
    await newConsumer().settle();
    stream.reads.splice(0);
    stream.publish('orders', {});

    await newConsumer().settle();

    expect(stream.reads[0]).toBe('orders after 3');
    expect(await heard()).toEqual(items([1, 4]));
  });

  it('hears what is published while it runs, and nothing after it was stopped', async () => {
    const consumer = newConsumer();
    consumer.start();
    await consumer.settle();
    stream.publish('orders', {});
    await until(() => stream.reads.includes('orders after 1'));
    await consumer.stop();

    stream.publish('orders', {});

    expect(await heard()).toEqual(items([1]));
  });

  it('tells events of its own as the product, for the request that made the first one', async () => {
    const consumer = newConsumer({
      'menu-item.availability-changed': async (em, { aggregateId, brandId }) =>
        record(em, {
          type: 'brand.saved',
          aggregate: { id: aggregateId, brandId, version: 1 },
          payload: { name: 'x', isActive: true },
        }),
    });
    stream.publish('orders', { requestId: 'req_ann' });

    await consumer.settle();

    expect(await book.database.em.fork().find(OutboxEventEntity, {})).toMatchObject([
      { viewerKind: 'SYSTEM', requestId: 'req_ann' },
    ]);
  });

  it('takes part once when two processes consume for one subgraph', async () => {
    const other = isRealServers() ? await book.open() : book.database;
    const [one, two] = [newConsumer(), newConsumer(handlers, other)];
    for (const _rank of upTo(30)) stream.publish('orders', {});

    await Promise.all([one.settle(), two.settle()]);
    await Promise.all([one.settle(), two.settle()]);

    expect(await heard()).toEqual(items(upTo(30)));
  });

  it('F6 comes to the same end however events are repeated under new positions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(upTo(15, 0), { minLength: 15 }), async (order) => {
        stream = new ScriptedStream();
        await book.database.em.fork().nativeDelete(HeardEntity, {});
        const base = 1_000 * (runs += 1);
        for (const [position, place] of order.entries()) {
          const remaining = place % 5;
          stream.publish('orders', {
            seq: base + position,
            id: `evt_${runs}_${remaining}`,
            payload: { remaining, isAvailable: true },
          });
        }

        await newConsumer().settle();

        expect((await heard()).toSorted()).toEqual(items(upTo(4, 0)));
      }),
      { numRuns: 8 },
    );
  });
});

describe('a handler that fails', () => {
  it('leaves nothing behind, is tried again, and keeps the order of its source', async () => {
    let failures = 2;
    const consumer = newConsumer({
      'menu-item.availability-changed': async (em, event) => {
        await remember(em, event);
        if (rankOf(event) === 2 && (failures -= 1) >= 0) throw new Error('not yet');
      },
    });
    for (const _rank of upTo(3)) stream.publish('orders', {});

    await consumer.settle();
    const before = await heard();
    await consumer.settle();

    expect(before).toEqual(items([1]));
    expect(await heard()).toEqual(items([1, 2, 3]));
    expect(journal.lines).toMatchObject([
      { source: 'orders', failures: 1 },
      { source: 'orders', failures: 2 },
    ]);
  });

  it('is tried again by itself', async () => {
    let failures = 1;
    const consumer = newConsumer({
      'menu-item.availability-changed': async (em, event) => {
        if ((failures -= 1) >= 0) throw new Error('not yet');
        await remember(em, event);
      },
    });
    stream.publish('orders', {});

    consumer.start();
    await until(() => stream.reads.includes('orders after 1'));

    expect(await heard()).toEqual(items([1]));
    expect(journal.lines).toHaveLength(1);
  });

  it('holds up no other source', async () => {
    const consumer = newConsumer({
      'menu-item.availability-changed': async () => {
        throw new Error('never');
      },
      'floor.changed': async (em, { aggregateId }) =>
        void (await em.insert(HeardEntity, { what: `floor ${aggregateId}` })),
    });
    stream.publish('orders', {});
    for (const aggregateId of ['a', 'b']) stream.publish('layout', { type: 'floor.changed', aggregateId });

    await consumer.settle();

    expect(await heard()).toEqual(['floor a', 'floor b']);
    expect(stream.settled.toSorted()).toEqual(['layout', 'orders']);
  });
});
