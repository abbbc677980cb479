/** A map that forgets what was used longest ago once its entries together weigh more than the limit. */
export class BoundedMap<V> {
  readonly #entries = new Map<string, { readonly value: V; readonly weight: number }>();
  #weight = 0;

  constructor(readonly limit: number) {}

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    // A Map keeps insertion order, so the first entry is always the one used longest ago.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: V, weight = 1): void {
    this.delete(key);
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.limit) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#weight -= entry.weight;
    this.#entries.delete(key);
  }

  deleteWhere(isUnwanted: (value: V) => boolean): void {
    for (const [key, entry] of this.#entries) if (isUnwanted(entry.value)) this.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }
}
