import { requireConnectable, requireRoomForFlow } from './flow.rules.js';

describe('rules of flows', () => {
  const bar = { id: 'nod_bar', outletId: 'out_1' };

  it.each([
    ['another place', { id: 'nod_table', outletId: 'out_1' }, null],
    ['itself', { id: 'nod_bar', outletId: 'out_1' }, 'A flow leads from one place to another.'],
    ['a place of another outlet', { id: 'nod_table', outletId: 'out_2' }, 'A flow stays within one outlet.'],
  ])('connect a place with %s', (_what, to, refusal) => {
    const check = () => requireConnectable(bar, to);

    if (refusal === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ message: refusal, field: ['toNodeId'] }));
  });

  it('let 2,000 begin on a floor', () => {
    expect(() => requireRoomForFlow(1_999)).not.toThrow();
    expect(() => requireRoomForFlow(2_000)).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  });
});
