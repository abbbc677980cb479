import { startTestSubgraph, type TestSubgraph } from '../tests/harness/subgraph.js';
import { viewerWith } from '../tests/harness/viewers.js';
import { NoteEntity, storedEvents, storedNotes } from './data/note.fixture.js';
import { unscoped } from './data/tenant-scope.js';
import { rankOf, until } from './events/events.fixture.js';
import { notes } from './graphql/note-graph.fixture.js';

const place = { brandId: 'brd_1', outletId: 'out_1' };
const writer = viewerWith({ ...place, slugs: ['notes.read', 'notes.write'], id: 'usr_ann' });
const reader = viewerWith({ ...place, slugs: ['notes.read'] });
const stranger = viewerWith({ brandId: 'brd_2', slugs: ['notes.read', 'notes.write'] });
const outlet = {
  ...place,
  aggregateId: place.outletId,
  payload: { name: 'One', currency: 'INR', timeZone: 'Asia/Kolkata', cutOff: '04:00', isActive: true },
};
const write =
  'mutation ($title: String!) { writeNote(input: { outletId: "out_1", title: $title }) { note { id title } userErrors { code } } }';
let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await startTestSubgraph(notes);
  await subgraph.hear('outlet.saved', outlet);
});
beforeEach(async () => {
  await subgraph.running.relay.flush();
  await subgraph.running.database.em.fork().nativeDelete(NoteEntity, {});
});
afterAll(() => subgraph.stop());

async function writeNotes(titles: readonly string[]): Promise<void> {
  for (const title of titles) await subgraph.run(writer, write, { title });
}

describe('a running subgraph', () => {
  it('I20 I15 answers a write with what it wrote, and has stored its event', async () => {
    const before = (await storedEvents(subgraph.running.database)).length;

    const { data, errors } = await subgraph.run(writer, write, { title: 'soup' });

    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ writeNote: { note: { title: 'soup' }, userErrors: [] } });
    const events = await storedEvents(subgraph.running.database);
    expect(events).toHaveLength(before + 1);
    expect(events.at(-1)).toMatchObject({
      aggregateId: data?.['writeNote'].note.id,
      viewerKind: 'USER',
      viewerId: 'usr_ann',
    });
    expect(await subgraph.run(reader, '{ notes { edges { node { title } } } }')).toEqual({
      data: { notes: { edges: [{ node: { title: 'soup' } }] } },
    });
  });

  it.each([
    ['a reader', reader, 'FORBIDDEN'],
    ['somebody of another brand', stranger, 'NOT_FOUND'],
  ])('refuses a write of %s and changes nothing', async (_who, viewer, code) => {
    const before = (await storedEvents(subgraph.running.database)).length;

    const { errors } = await subgraph.run(viewer, write, { title: 'soup' });

    expect(errors).toMatchObject([{ extensions: { code } }]);
    expect(await storedNotes(subgraph.running.database)).toEqual([]);
    expect(await storedEvents(subgraph.running.database)).toHaveLength(before);
  });

  it('shows another brand nothing, by id and by reference', async () => {
    await writeNotes(['soup']);
    const [note] = await storedNotes(subgraph.running.database);
    const representations = [
      { __typename: 'Note', id: note?.id },
      { __typename: 'Note', id: 'not_missing' },
    ];
    const entities =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Note { title } } }';

    expect(await subgraph.run(reader, entities, { representations })).toEqual({
      data: { _entities: [{ title: 'soup' }, null] },
    });
    expect(await subgraph.run(stranger, entities, { representations })).toEqual({ data: { _entities: [null, null] } });
    const byId = await subgraph.run(stranger, 'query ($id: ID!) { note(id: $id) { title } }', { id: note?.id });
    expect(byId.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it('tells subscribers of commits, and continues from a cursor, with the rights of each', async () => {
    const subscription = 'subscription ($since: String) { noteChanged(since: $since) { cursor note { title } } }';
    const live = await subgraph.subscribe(reader, subscription);
    if (!(Symbol.asyncIterator in live)) throw new Error('It was refused.');
    await writeNotes(['soup', 'salad']);

    const first = await live.next();
    expect(first.value.data.noteChanged.note).toEqual({ title: 'soup' });
    const again = await subgraph.subscribe(stranger, subscription, { since: first.value.data.noteChanged.cursor });
    if (!(Symbol.asyncIterator in again)) throw new Error('It was refused.');
    const continued = await again.next();

    expect((await live.next()).value.data.noteChanged.note).toEqual({ title: 'salad' });
    expect(continued.value.data.noteChanged.note).toBeNull();
    expect(continued.value.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    await Promise.all([live.return?.(), again.return?.()]);
  });

  it('tells where a subscription begins and where it goes on, whatever was asked for', async () => {
    const subscription = 'subscription ($since: String) { noteChanged(since: $since) { note { title } } }';
    const live = await subgraph.subscribe(reader, subscription);
    if (!(Symbol.asyncIterator in live)) throw new Error('It was refused.');
    const beginning = live.cursor;
    await writeNotes(['soup', 'salad']);
    const first = await live.next();
    const afterFirst = live.cursor;

    const titlesSince = async (since: string | undefined) => {
      const again = await subgraph.subscribe(reader, subscription, { since });
      if (!(Symbol.asyncIterator in again)) throw new Error('It was refused.');
      expect(again.cursor).toBe(since);
      const titles = [(await again.next()).value.data.noteChanged.note.title];
      expect(again.cursor).not.toBe(since);
      await again.return?.();
      return titles;
    };

    expect(first.value).toEqual({ data: { noteChanged: { note: { title: 'soup' } } } });
    expect(await titlesSince(beginning)).toEqual(['soup']);
    expect(await titlesSince(afterFirst)).toEqual(['salad']);
    await live.return?.();
  });

  it('answers a cursor it did not hand out with a code', async () => {
    const refused = await subgraph.subscribe(reader, 'subscription { noteChanged(since: "x") { cursor } }');
    const gone = await subgraph.subscribe(
      reader,
      'subscription { noteChanged(since: "ep_01ARZ3NDEKTSV4RRFFQ69G5FAV.1") { cursor } }',
    );

    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(gone).toMatchObject({ errors: [{ extensions: { code: 'RESYNC_REQUIRED' } }] });
  });

  it('takes the same number of statements for 1, 20 and 100 rows', async () => {
    const { statements } = subgraph.running.database;
    await writeNotes(Array.from({ length: 100 }, (_, n) => `note ${n}`));
    const costs: number[] = [];

    for (const first of [1, 20, 100]) {
      statements.record();
      await subgraph.run(reader, 'query ($first: Int!) { notes(first: $first) { edges { node { title } } } }', {
        first,
      });
      // The relay and the consumer look after their own tables meanwhile.
      costs.push(statements.recorded.filter((sql) => sql.includes('from `note`')).length);
    }

    expect(costs).toEqual([1, 1, 1]);
  });

  it('works for the product itself', async () => {
    const { viewer, requestId, em } = subgraph.running.systemContext();

    expect(viewer.kind).toBe('SYSTEM');
    expect(requestId).toMatch(/^req_/);
    expect(await em.count(NoteEntity, unscoped('a look from outside'))).toBe(0);
    expect(await subgraph.running.findings()).toEqual([]);
  });

  it('does a job once its transaction has committed, and tells events of it under its id', async () => {
    const { unitOfWork, jobs } = subgraph.running.systemContext();
    const sung = async () => (await storedEvents(subgraph.running.database)).filter((event) => rankOf(event) === 99);

    const jobId = await unitOfWork((em) => jobs.enqueue(em, { kind: 'sing', payload: null }));
    await until(async () => (await sung()).length > 0);

    expect(await sung()).toMatchObject([{ requestId: jobId, viewerKind: 'SYSTEM' }]);
  });
});
