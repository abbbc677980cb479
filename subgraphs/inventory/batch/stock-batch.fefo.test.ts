import fc from 'fast-check';
import { instant, plusMs } from '../../../platform/process/clock.js';
import { neverExpires, takeFefo, type FefoBatch } from './stock-batch.fefo.js';

const noon = instant('2026-03-14T12:00:00.000Z');

function batch(id: string, expiryKey: string, quantityMicro: number, afterMs = 0): FefoBatch {
  return { id, expiryKey, quantityMicro, receivedAt: plusMs(noon, afterMs) };
}

const shelf = [
  batch('bat_d', neverExpires, 10),
  batch('bat_c', '2026-03-20', 10, 1),
  batch('bat_b', '2026-03-20', 10),
  batch('bat_a', '2026-04-01', 10, -1),
];

describe('first expired, first out', () => {
  it.each([
    [5, ['bat_b 5'], 0],
    [10, ['bat_b 10'], 0],
    [15, ['bat_b 10', 'bat_c 5'], 0],
    [31, ['bat_b 10', 'bat_c 10', 'bat_a 10', 'bat_d 1'], 0],
    [45, ['bat_b 10', 'bat_c 10', 'bat_a 10', 'bat_d 10'], 5],
    [0, [], 0],
  ])('INV-02 takes %d as %j and misses %d', (needed, takes, missingMicro) => {
    const result = takeFefo(shelf, needed);

    expect(result.takes.map(({ batch: { id }, quantityMicro }) => `${id} ${quantityMicro}`)).toEqual(takes);
    expect(result.missingMicro).toBe(missingMicro);
  });

  it('misses all of it where there are no batches', () => {
    expect(takeFefo([], 7)).toEqual({ takes: [], missingMicro: 7 });
  });

  it('I6 takes and misses exactly what is needed, and leaves no older batch behind', () => {
    const days = fc.constantFrom('2026-03-20', '2026-03-21', neverExpires);
    const batches = fc
      .array(fc.tuple(days, fc.nat(1_000)), { maxLength: 12 })
      .map((rows) => rows.map(([day, quantity], row) => batch(`bat_${row}`, day, quantity)));

    fc.assert(
      fc.property(batches, fc.nat(5_000), (stock, needed) => {
        const { takes, missingMicro } = takeFefo(stock, needed);
        const taken = takes.reduce((sum, take) => sum + take.quantityMicro, 0);
        const last = takes.at(-1)?.batch.expiryKey ?? '';
        const used = new Map(takes.map((take) => [take.batch.id, take.quantityMicro]));
        const older = stock.filter(({ expiryKey }) => expiryKey < last);

        expect(taken + missingMicro).toBe(needed);
        expect(older.filter(({ id, quantityMicro }) => (used.get(id) ?? 0) < quantityMicro)).toEqual([]);
        expect(missingMicro === 0 || taken === stock.reduce((sum, { quantityMicro }) => sum + quantityMicro, 0)).toBe(
          true,
        );
      }),
    );
  });
});
