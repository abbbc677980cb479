/** Counts the statements a database was sent; tests assert that lists cost the same whatever their length. */
export class StatementCounter {
  #total = 0;
  #isRecording = false;
  readonly recorded: string[] = [];

  get total(): number {
    return this.#total;
  }

  /** Keeps the texts from now on; for tests that want to know which statements there were. */
  record(): void {
    this.#isRecording = true;
    this.recorded.length = 0;
  }

  /** Counts one statement and hands it on unchanged. */
  count(sql: string): string {
    this.#total += 1;
    if (this.#isRecording) this.recorded.push(sql);
    return sql;
  }
}
