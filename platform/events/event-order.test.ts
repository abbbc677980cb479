import { inOrderOfVersions } from './event-order.js';

const events = (text: string) =>
  text.split(' ').map((name) => ({ aggregateId: name.charAt(0), aggregateVersion: Number(name.slice(1)) }));
const text = (list: ReturnType<typeof events>) =>
  list.map(({ aggregateId, aggregateVersion }) => `${aggregateId}${aggregateVersion}`).join(' ');

describe('events that are published together', () => {
  it.each([
    ['stay as they are', 'a1 b1 a2 b2', 'a1 b1 a2 b2'],
    ['of one aggregate are put in the order of its versions', 'a2 a1 a3', 'a1 a2 a3'],
    ['keep the places of their aggregate', 'a2 b1 a1 c7 b3 b2', 'a1 b1 a2 c7 b2 b3'],
    ['of the same version keep their order', 'a1 a1 b1', 'a1 a1 b1'],
  ])('%s: %s', (_what, given, expected) => {
    expect(text(inOrderOfVersions(events(given)))).toBe(expected);
  });
});
