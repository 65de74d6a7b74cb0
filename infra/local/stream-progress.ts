/** How far a shard is worked off, when lanes finish its records in another order than they were read. */
export class StreamProgress {
  readonly #save: (sequenceNumber: string) => void;
  /** Read and not yet passed, in the stream's order. */
  readonly #read: string[] = [];
  readonly #finished = new Set<string>();

  constructor(save: (sequenceNumber: string) => void) {
    this.#save = save;
  }

  read(sequenceNumbers: readonly string[]): void {
    this.#read.push(...sequenceNumbers);
  }

  /** Saves the last record that is done with, as are all before it, if that is another one now. */
  finish(sequenceNumbers: readonly string[]): void {
    for (const number of sequenceNumbers) this.#finished.add(number);
    let passed = 0;
    while (this.#finished.delete(this.#read[passed] ?? '')) passed += 1;
    const last = this.#read.splice(0, passed).at(-1);
    if (last !== undefined) this.#save(last);
  }
}
