/** The progress in a shard whose lanes finish records in another order than they were read. */
export class StreamProgress {
  readonly #save: (sequenceNumber: string) => void;
  /** The records that were read and not yet passed, in the stream's order. */
  readonly #read: string[] = [];
  readonly #finished = new Set<string>();

  constructor(save: (sequenceNumber: string) => void) {
    this.#save = save;
  }

  read(sequenceNumbers: readonly string[]): void {
    this.#read.push(...sequenceNumbers);
  }

  /** Marks records as finished, and saves the last record before which all are finished if it has changed. */
  finish(sequenceNumbers: readonly string[]): void {
    for (const number of sequenceNumbers) this.#finished.add(number);
    let passed = 0;
    while (this.#finished.delete(this.#read[passed] ?? '')) passed += 1;
    const last = this.#read.splice(0, passed).at(-1);
    if (last !== undefined) this.#save(last);
  }
}
