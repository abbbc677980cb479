import type { Clock } from '../platform/process/clock.js';
import type { Viewer } from '../platform/domain/viewer.js';
import { BoundedMap } from './bounded-map.js';

/** Who is asking, with the only documents it may run; null for those who may also send texts. */
export interface Caller {
  readonly viewer: Viewer;
  readonly documentIds: readonly string[] | null;
}

interface KnownCaller {
  readonly caller: Caller;
  readonly knownUntilMs: number;
}

const lifetimeMs = 60_000;
const maxCallers = 5_000;

/** Callers looked up lately. A lookup that was under way when something was dropped serves its waiters and is then forgotten. */
export class CallerCache {
  readonly #known = new BoundedMap<KnownCaller>(maxCallers);
  #underWay = new Map<string, Promise<Caller>>();

  constructor(readonly clock: Clock) {}

  /** The caller of a key: remembered, being looked up already, or looked up now. A failure is never remembered. */
  get(key: string, lookUp: () => Promise<Caller>): Promise<Caller> {
    const known = this.#known.get(key);
    if (known && known.knownUntilMs > this.clock.now().getTime()) return Promise.resolve(known.caller);
    return this.#underWay.get(key) ?? this.#start(key, lookUp);
  }

  /** Forgets the callers whose rights may have changed, and every answer still on its way. */
  drop(isAffected: (viewer: Viewer) => boolean): void {
    this.#underWay = new Map();
    this.#known.deleteWhere(({ caller }) => isAffected(caller.viewer));
  }

  async #start(key: string, lookUp: () => Promise<Caller>): Promise<Caller> {
    const underWay = this.#underWay;
    const lookup = lookUp();
    underWay.set(key, lookup);
    try {
      const caller = await lookup;
      if (underWay === this.#underWay)
        this.#known.set(key, { caller, knownUntilMs: this.clock.now().getTime() + lifetimeMs });
      return caller;
    } finally {
      underWay.delete(key);
    }
  }
}
