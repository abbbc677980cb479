import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { published, upTo } from './events.fixture.js';
import type { EventStream, PublishedEvent } from './stream.js';

/** The outboxes of the tests: what was published, and from which positions it was asked for. */
export class MemoryOutbox {
  readonly events: PublishedEvent[] = [];
  readonly asked: number[] = [];
  isAway = false;

  /** Commits and publishes the next events, and returns them. */
  add(count: number): PublishedEvent[] {
    const first = this.events.length + 1;
    const added = upTo(first + count - 1, first).map((seq) => published({ seq }));
    this.events.push(...added);
    return added;
  }

  readonly readOutbox = async (_source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]> => {
    if (this.isAway) throw new Error('The subgraph is away.');
    this.asked.push(afterSeq);
    return this.events.filter(({ seq }) => seq > afterSeq).slice(0, limit);
  };

  readonly flush = async (): Promise<number> => {
    if (this.isAway) throw new Error('The subgraph is away.');
    return this.events.length;
  };
}

/** The positions of events. */
export function seqs(events: readonly PublishedEvent[]): number[] {
  return events.map(({ seq }) => seq);
}

/** Reads as a consumer does, until there is nothing more. */
export async function readOn(stream: EventStream, afterSeq = 0, limit = 37): Promise<number[]> {
  const read: number[] = [];
  for (;;) {
    const events = await stream.read('orders', read.at(-1) ?? afterSeq, limit);
    if (events.length === 0) return read;
    read.push(...seqs(events));
  }
}

/** Everything a listener is told, in the order it is told. */
export async function hearing(stream: EventStream, source = 'orders'): Promise<number[]> {
  const heard: number[] = [];
  stream.listen(source, (events) => heard.push(...seqs(events)));
  await stream.listening(source);
  return heard;
}

/** A way to a server that can be cut, go silent and be mended. */
export interface CuttableWay {
  readonly url: string;
  /** Ends all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Lets nothing through any more, in either direction, and says nothing. */
  silence(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Opens such a way to the server of a URL. */
export async function openCuttableWay(to: string): Promise<CuttableWay> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = joinTo(new URL(to), sockets, () => isSilent);
  const open = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await open(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const way = new URL(to);
  way.host = `127.0.0.1:${port}`;
  const cut = async () => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: way.href,
    cut,
    close: cut,
    silence: () => void (isSilent = true),
    mend: async () => {
      isSilent = false;
      for (const socket of sockets) socket.destroy();
      if (!server.listening) await open(port);
    },
  };
}

function joinTo({ hostname, port }: URL, sockets: Set<Socket>, isSilent: () => boolean): Server {
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  return createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      keep(from);
      from.on('data', (data) => void (isSilent() || into.write(data))).on('close', () => into.destroy());
    }
  });
}
