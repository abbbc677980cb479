import { published, upTo } from './events.fixture.js';
import { entryFields, entryId, readStretch, type StreamEntry } from './redis-entry.js';

const entry = (seq: number): StreamEntry => [entryId(seq), entryFields(published({ seq }))];

describe('a stretch of a Redis stream', () => {
  it.each<[string, number, StreamEntry[], number[], Partial<ReturnType<typeof readStretch>>]>([
    ['nothing', 3, [], [], { isBroken: false }],
    ['what follows', 3, [4, 5, 6].map(entry), [4, 5, 6], { isBroken: false }],
    ['what follows, after what is known', 3, upTo(5).map(entry), [4, 5], { isBroken: false }],
    ['only what is known', 3, upTo(3).map(entry), [], { isBroken: false }],
    ['a gap at once', 3, [5, 6].map(entry), [], { isBroken: true, unreadableId: null }],
    ['a gap later', 3, [4, 6].map(entry), [4], { isBroken: true, unreadableId: null }],
    [
      'an unreadable entry',
      3,
      [entry(4), ['5-0', ['event', '{}']], entry(6)],
      [4],
      { isBroken: true, unreadableId: '5-0' },
    ],
    ['another field', 3, [['4-0', ['job', '{}']]], [], { isBroken: true, unreadableId: '4-0' }],
    ['no field', 3, [['4-0', []]], [], { isBroken: true, unreadableId: '4-0' }],
    ['an event at a foreign place', 3, [['4-0', entryFields(published({ seq: 5 }))]], [], { unreadableId: '4-0' }],
    ['an id of another form', 3, [['4-1', entryFields(published({ seq: 4 }))]], [], { isBroken: true }],
  ])('with %s', (_, afterSeq, entries, seqs, rest) => {
    const stretch = readStretch(entries, afterSeq);

    expect(stretch.events.map(({ seq }) => seq)).toEqual(seqs);
    expect(stretch).toMatchObject(rest);
  });
});
