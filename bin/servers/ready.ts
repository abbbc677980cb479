import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a server listens. */
export type Address = { host: string; port: number };

const RETRY_MS = 15;
const SILENCE_MS = 2_000;

/** Waits until a server answers with its first bytes, asked by `hello` if it does not speak first; throws after the time. */
export async function waitForAnswer(address: Address, hello: string, timeoutMs: number): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const refusal = await firstBytes(address, hello).then(() => null, String);
    if (refusal === null) return;
    if (performance.now() - startedAt > timeoutMs) {
      throw new Error(`Nothing answers on ${address.host}:${address.port} after ${timeoutMs} ms: ${refusal}.`);
    }
    await sleep(RETRY_MS);
  }
}

async function firstBytes(address: Address, hello: string): Promise<void> {
  const socket = connect(address);
  try {
    if (hello) socket.write(hello);
    await once(socket, 'data', { signal: AbortSignal.timeout(SILENCE_MS) });
  } finally {
    socket.destroy();
  }
}
