import fc from 'fast-check';
import { viewerWith } from '../../tests/harness/viewers.js';
import { NoteBook, unitOfWorkOf } from '../data/note.fixture.js';
import { anonymous, system } from '../domain/viewer.js';
import type { EventOf } from '../events/catalogue.js';
import { instant } from '../process/clock.js';
import { defaultSettings, detailsOf } from './outlet-details.js';
import { OutletReplicaEntity } from './outlet-replica.entity.js';
import { applyOutletSaved, getAnyOutlet, getOutlet } from './outlet-replica.queries.js';

const book = new NoteBook([OutletReplicaEntity]);

/** The news of an outlet at one of its versions. */
function saved(version: number, aggregateId = 'out_1'): EventOf<'outlet.saved'> {
  return {
    id: `evt_${version}`,
    type: 'outlet.saved',
    seq: version,
    brandId: 'brd_1',
    outletId: aggregateId,
    aggregateId,
    aggregateVersion: version,
    viewerKind: 'SYSTEM',
    viewerId: '',
    channel: null,
    reason: null,
    occurredAt: instant('2026-03-14T12:00:00Z'),
    payload: {
      name: `Version ${version}`,
      currency: 'INR',
      timeZone: 'Asia/Kolkata',
      cutOff: '04:00',
      isActive: version % 2 === 0,
    },
  };
}

const apply = (event: EventOf<'outlet.saved'>) => unitOfWorkOf(book.database)((em) => applyOutletSaved(em, event));
const stored = () => book.database.em.fork().find(OutletReplicaEntity, {}, { orderBy: { id: 'asc' } });

describe('the replica of an outlet', () => {
  it('is what the outlet was saved as', async () => {
    await apply(saved(1));
    await apply(saved(2, 'out_2'));

    expect(await stored()).toEqual([
      {
        id: 'out_1',
        brandId: 'brd_1',
        name: 'Version 1',
        currency: 'INR',
        timeZone: 'Asia/Kolkata',
        cutOff: '04:00',
        isActive: false,
        details: null,
        sourceVersion: 1,
      },
      {
        id: 'out_2',
        brandId: 'brd_1',
        name: 'Version 2',
        currency: 'INR',
        timeZone: 'Asia/Kolkata',
        cutOff: '04:00',
        isActive: true,
        details: null,
        sourceVersion: 2,
      },
    ]);
  });

  it('TS-08 TS-19 keeps its hours, taxes and settings, and what it is told later', async () => {
    const details = {
      openingHours: [{ weekday: 'MONDAY' as const, intervals: [{ opensAt: '18:00', closesAt: '01:00' }] }],
      settings: { ...defaultSettings, isAutoAccepting: true },
    };
    const news = saved(2);

    await apply(saved(1));
    await apply({ ...news, payload: { ...news.payload, details } });
    const [full] = await stored();
    await apply(saved(3));
    const [older] = await stored();

    expect(full).toMatchObject({ details, sourceVersion: 2 });
    expect(full && detailsOf(full)).toEqual({ ...detailsOf({ details: null }), ...details });
    expect(older && detailsOf(older)).toEqual(detailsOf({ details: null }));
  });

  it('passes over what only newer versions of the product tell', async () => {
    const news = saved(1);

    await apply({ ...news, payload: Object.assign({ mascot: 'a crab' }, news.payload) });

    expect(await stored()).toMatchObject([{ name: 'Version 1' }]);
  });

  it('ignores news that is older than what it knows, or the same', async () => {
    await apply(saved(3));
    await apply(saved(2));
    await apply({ ...saved(3), payload: { ...saved(3).payload, name: 'Forged' } });

    expect(await stored()).toMatchObject([{ name: 'Version 3', sourceVersion: 3 }]);
  });

  it('F6 comes to the same end however its news is repeated and reordered', async () => {
    const threeTimes = [1, 2, 3, 4].flatMap((version) => [version, version, version]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(threeTimes, { minLength: threeTimes.length }), async (versions) => {
        await book.database.em.fork().nativeDelete(OutletReplicaEntity, {});

        for (const version of versions) await apply(saved(version));

        expect(await stored()).toMatchObject([{ name: 'Version 4', isActive: true, sourceVersion: 4 }]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('an outlet', () => {
  const rights = { slugs: ['notes.read'], brandId: 'brd_1' };

  it.each([
    ['nobody', false, anonymous],
    ['one of another brand', false, viewerWith({ ...rights, brandId: 'brd_2' })],
    ['one of another outlet', false, viewerWith({ ...rights, outletId: 'out_2' })],
    ['one with another permission', false, viewerWith({ ...rights, slugs: ['notes.write'] })],
    ['one of the outlet', true, viewerWith({ ...rights, outletId: 'out_1' })],
    ['one of the brand', true, viewerWith(rights)],
    ['the product', true, system],
  ])('is there for %s: %s', async (_who, isThere, viewer) => {
    await apply(saved(1));
    const em = book.database.em.fork();

    const found = getOutlet(em, { viewer, slug: 'notes.read', outletId: 'out_1' });

    if (isThere) expect(await found).toMatchObject({ id: 'out_1' });
    else await expect(found).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'The outlet was not found.' });
  });

  it('that nobody has heard of is missing in the same words', async () => {
    const em = book.database.em.fork();
    const missing = { code: 'NOT_FOUND', message: 'The outlet was not found.' };

    await expect(getOutlet(em, { viewer: system, slug: 'notes.read', outletId: 'out_9' })).rejects.toMatchObject(
      missing,
    );
    await expect(getAnyOutlet(em, 'out_9')).rejects.toMatchObject(missing);
  });

  it('may be read for what everybody may see', async () => {
    await apply(saved(1));

    expect(await getAnyOutlet(book.database.em.fork(), 'out_1')).toMatchObject({ currency: 'INR' });
  });
});
