import type { ChaosResult } from './chaos.js';
import { books, type Book } from './journal.js';
import type { Witness } from './killer.js';

/** Writes the killer's log, a line when somebody is killed and a line when they are back. */
export function logKills(print: (line: string) => void): Witness {
  return {
    kills: (victim, atMs) =>
      print(`${seconds(atMs).padStart(7)}  ${victim === 'redis-data' ? 'FLUSHALL' : 'kill -9'} ${victim}`),
    isBack: ({ victim, atMs, backAfterMs, hasHit }) =>
      print(
        `${seconds(atMs + backAfterMs).padStart(7)}  ${victim} is back after ${seconds(backAfterMs)}${hasHit ? '' : '; it was down already'}`,
      ),
  };
}

/** The books before and after, and what the driver saw, as lines. */
export function reportLines({ journal, kills, before, after, subscribers, settledAfterMs }: ChaosResult): string[] {
  const { counts, unknownBecause, longestSilenceMs } = journal;
  const because = [...unknownBecause].map(([why, times]) => `${why} ${times}`).join(', ');
  return [
    `${kills.filter(({ hasHit }) => hasHit).length} of ${kills.length} kills hit; writes acknowledged ${counts.acked}, of unknown outcome ${counts.unknown} (${because || 'none'})`,
    `sent again ${counts.retries}, settled by reading ${counts.readBack}, refused ${counts.refused}; read back ${counts.reads}, replayed ${counts.replays}`,
    `orders ${journal.orders.length}, payments ${journal.payments.length}, parties ${journal.seatings.length}, stock changes ${journal.stock.length}, reports ${journal.reports.length}`,
    `longest time without an acknowledged write ${seconds(longestSilenceMs)}; all settled ${seconds(settledAfterMs)} after the load; sign-ins ${counts.signIns}, tokens refreshed ${counts.refreshes}`,
    ...subscribers.map(
      ({ outletId, events, resumed, complaints }) =>
        `subscriber of ${outletId}: ${events.length} events, resumed ${resumed} times (${[...complaints].join('; ')})`,
    ),
    '',
    ...balanceLines(before, after),
    '',
    ...books.map((book) => bookLine(book, findingsOf(journal, book))),
  ];
}

/** What was found wrong in one book, in sentences. */
export function findingsOf({ findings }: ChaosResult['journal'], book: Book): string[] {
  return findings.filter((finding) => finding.book === book).map(({ text }) => text);
}

function bookLine(book: Book, wrong: readonly string[]): string {
  return `${wrong.length === 0 ? 'ok    ' : 'WRONG '} ${book}${wrong.map((text) => `\n         ${text}`).join('')}`;
}

function balanceLines(before: ChaosResult['before'], after: ChaosResult['after']): string[] {
  const row = (cells: readonly (string | number)[]) =>
    cells.map((cell, column) => (column === 0 ? String(cell).padEnd(34) : String(cell).padStart(14))).join('');
  return [
    row(['', 'before', 'after', 'change']),
    ...Object.entries(after).map(([name, is]) => row([name, before[name] ?? 0, is, is - (before[name] ?? 0)])),
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
