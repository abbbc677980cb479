import { SubscriptionStream } from './subscription-stream.js';

/** A source like a generator parked in `await`: neither `next` nor `return` ever answers. */
function parkedSource() {
  const source = {
    returns: 0,
    next: () => new Promise<IteratorResult<string>>(() => {}),
    return: () => {
      source.returns += 1;
      return new Promise<IteratorResult<string>>(() => {});
    },
  };
  return source;
}

function sourceOf(...events: (string | Error)[]): AsyncIterator<string> {
  return {
    next: async () => {
      const event = events.shift();
      if (event instanceof Error) throw event;
      return event === undefined ? { value: undefined, done: true } : { value: event, done: false };
    },
  };
}

const upper = async (event: string) => event.toUpperCase();
const ended = { value: undefined, done: true };

describe('a subscription stream', () => {
  it('answers each event and ends with its source', async () => {
    const stream = new SubscriptionStream(sourceOf('a', 'b'), upper);
    const answers: string[] = [];
    for await (const answer of stream) answers.push(answer);

    expect(answers).toEqual(['A', 'B']);
  });

  it('ends at once though its source is parked', async () => {
    const source = parkedSource();
    const stream = new SubscriptionStream(source, upper);
    const waiting = stream.next();

    expect(await stream.return()).toEqual(ended);
    expect(await waiting).toEqual(ended);
    expect(await stream.next()).toEqual(ended);
    expect(source.returns).toBe(1);
  });

  it('fails at once though its source is parked, and only once', async () => {
    const source = parkedSource();
    const stream = new SubscriptionStream(source, upper);
    const waiting = stream.next();
    stream.fail(new Error('revoked'));
    stream.fail(new Error('revoked again'));

    await expect(waiting).rejects.toThrow(/^revoked$/);
    expect(await stream.next()).toEqual(ended);
    expect(source.returns).toBe(1);
  });

  it('fails at the next read when nobody was waiting', async () => {
    const stream = new SubscriptionStream(parkedSource(), upper);
    stream.fail(new Error('revoked'));

    await expect(stream.next()).rejects.toThrow('revoked');
    expect(await stream.next()).toEqual(ended);
  });

  it('does not deliver an answer that was being made when it ended', async () => {
    const answer = Promise.withResolvers<string>();
    const stream = new SubscriptionStream(sourceOf('a'), () => answer.promise);
    const waiting = stream.next();
    stream.fail(new Error('revoked'));
    answer.resolve('A');

    await expect(waiting).rejects.toThrow('revoked');
  });

  it.each([
    ['its source breaks off', sourceOf(new Error('lost')), upper],
    ['an answer cannot be made', sourceOf('a'), async () => Promise.reject(new Error('lost'))],
  ])('ends with an error when %s', async (_case, source, answer) => {
    const stream = new SubscriptionStream(source, answer);

    await expect(stream.next()).rejects.toThrow('lost');
    expect(await stream.next()).toEqual(ended);
  });
});
