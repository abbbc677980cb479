import { setTimeout as delay } from 'node:timers/promises';
import type { WebSocket } from 'ws';

/** The time between telling one socket to go away and the next, in milliseconds. */
export const usualGapMs = 20;

const longestSpreadMs = 10_000;
// Long enough for a handshake, short enough for a stop.
const closeGraceMs = 2_000;

/**
 * Tells every socket that the server is going away (1001), in order and with a gap in between, so that thousands of
 * clients do not come back in the same second. Takes at most 10 s, and 2 s more until those who do not answer are cut off.
 */
export async function closeStaggered(sockets: Iterable<WebSocket>, gapMs = usualGapMs): Promise<void> {
  const turns = turnsOf([...sockets], Math.floor(longestSpreadMs / gapMs));
  const startedAt = performance.now();
  const closed: Promise<void>[] = [];
  for (const [turn, together] of turns.entries()) {
    if (!together.some(isThere)) continue;
    const leftMs = startedAt + turn * gapMs - performance.now();
    if (leftMs > 0) await delay(leftMs);
    for (const socket of together.filter(isThere)) closed.push(closeOne(socket));
  }
  await Promise.all(closed);
}

/** The items in order, in as many turns as there are items, but not more than `mostTurns`; no turn has two more than another. */
export function turnsOf<T>(items: readonly T[], mostTurns: number): readonly (readonly T[])[] {
  const count = Math.min(items.length, Math.max(1, mostTurns));
  const startOf = (turn: number) => Math.floor((turn * items.length) / count);
  return Array.from({ length: count }, (_, turn) => items.slice(startOf(turn), startOf(turn + 1)));
}

function isThere({ readyState, CLOSED }: WebSocket): boolean {
  return readyState !== CLOSED;
}

async function closeOne(socket: WebSocket): Promise<void> {
  const closed = Promise.withResolvers<void>();
  socket.once('close', () => closed.resolve());
  socket.close(1001, 'Going away');
  const cutOff = setTimeout(() => socket.terminate(), closeGraceMs);
  await closed.promise;
  clearTimeout(cutOff);
}
