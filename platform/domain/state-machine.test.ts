import { canTransition, isFinal, requireTransition, type StateGraph } from './state-machine.js';

const graph: StateGraph<'OPEN' | 'PAID' | 'CLOSED'> = { OPEN: ['PAID', 'CLOSED'], PAID: ['CLOSED'], CLOSED: [] };

describe('a state machine', () => {
  it('knows its edges and its ends', () => {
    expect([
      canTransition(graph, 'OPEN', 'PAID'),
      canTransition(graph, 'PAID', 'OPEN'),
      isFinal(graph, 'CLOSED'),
      isFinal(graph, 'OPEN'),
    ]).toEqual([true, false, true, false]);
  });

  it('says what is possible instead', () => {
    expect(() => requireTransition(graph, 'PAID', 'OPEN')).toThrow(
      'It cannot go from PAID to OPEN. From PAID it can only go to CLOSED.',
    );
    expect(() => requireTransition(graph, 'CLOSED', 'OPEN')).toThrow('CLOSED is final.');
    expect(() => requireTransition(graph, 'OPEN', 'OPEN')).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  });
});
