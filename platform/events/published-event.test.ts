import { published } from './events.fixture.js';
import { formatPublishedEvent, parsePublishedEvent } from './published-event.js';
import { instant } from '../process/clock.js';

describe('an event as text', () => {
  it('comes back as it was, its time to the millisecond', () => {
    const event = published({
      seq: 7,
      occurredAt: instant('2026-03-14T12:00:00.123Z'),
      reason: '“late” ☂',
      channel: 'POS',
    });

    expect(parsePublishedEvent(formatPublishedEvent(event))).toEqual(event);
  });

  it('loses what is no part of an event, such as a column of the outbox', () => {
    const event = published({ seq: 7 });

    expect(parsePublishedEvent(formatPublishedEvent({ ...event, publishedSeq: 7 } as typeof event))).toEqual(event);
  });

  it.each([
    ['no JSON', '{"id":'],
    ['no object', '[]'],
    ['no position', JSON.stringify({ ...published({ seq: 1 }), seq: undefined })],
    ['position 0', JSON.stringify({ ...published({ seq: 1 }), seq: 0 })],
    ['a position beyond what a number holds', JSON.stringify({ ...published({ seq: 1 }), seq: 2 ** 53 })],
    ['a time that is none', JSON.stringify({ ...published({ seq: 1 }), occurredAt: 'yesterday' })],
    ['another version, where the outlet is an object', JSON.stringify({ ...published({ seq: 1 }), outletId: {} })],
  ])('is null for %s', (_, text) => {
    expect(parsePublishedEvent(text)).toBeNull();
  });
});
