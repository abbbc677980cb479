/** The books that are compared at the end, each named after what must hold. */
export const books = [
  'orders',
  'steps',
  'payments',
  'keys',
  'outbox',
  'consumers',
  'stock',
  'figures',
  'reports',
  'tables',
  'subscribers',
  'reads',
  'outcomes',
] as const;
export type Book = (typeof books)[number];

/** An order that was acknowledged, as it was asked for and answered. */
export interface JournalOrder {
  readonly key: string;
  readonly outletId: string;
  readonly lines: readonly { readonly menuItemId: string; readonly quantity: number }[];
  /** By the prices read before, in minor units. */
  readonly expectedMinor: number;
  readonly id: string;
  /** The statuses it was brought to by acknowledged steps, the first included. */
  readonly statuses: string[];
}

/** A payment that was acknowledged. */
export interface JournalPayment {
  readonly key: string;
  readonly id: string;
  readonly orderId: string;
  readonly amountMinor: number;
}

/** A delivery or correction of stock that was acknowledged. */
export interface JournalStock {
  readonly key: string;
  readonly outletId: string;
  readonly itemId: string;
  /** What on hand was to change by, in micro base units. */
  readonly quantityMicro: number;
  readonly movementIds: readonly string[];
}

/** What the driver asked for and what became of it; the only witness that no process can lose. */
export class Journal {
  readonly orders: JournalOrder[] = [];
  readonly payments: JournalPayment[] = [];
  readonly stock: JournalStock[] = [];
  readonly reports: { readonly key: string; readonly id: string }[] = [];
  readonly seatings: string[] = [];
  readonly findings: { readonly book: Book; readonly text: string }[] = [];
  readonly unknownBecause = new Map<string, number>();
  readonly counts = {
    acked: 0,
    refused: 0,
    unknown: 0,
    retries: 0,
    readBack: 0,
    reads: 0,
    replays: 0,
    signIns: 0,
    refreshes: 0,
  };
  #lastAckMs = 0;
  #longestSilenceMs = 0;

  /** Notes something that must not be. */
  find(book: Book, text: string): void {
    this.findings.push({ book, text });
  }

  ack(): void {
    const now = performance.now();
    if (this.#lastAckMs > 0) this.#longestSilenceMs = Math.max(this.#longestSilenceMs, now - this.#lastAckMs);
    this.#lastAckMs = now;
    this.counts.acked += 1;
  }

  /** Notes that nobody knows whether a write was done. */
  unknown(why: string): void {
    this.counts.unknown += 1;
    this.unknownBecause.set(why, (this.unknownBecause.get(why) ?? 0) + 1);
  }

  /** The longest time in which no write at all was acknowledged, in milliseconds. */
  get longestSilenceMs(): number {
    return this.#longestSilenceMs;
  }
}
