export interface StoredObject {
  readonly key: string;
  readonly body: string;
}

/** A bucket in memory, as far as a failure destination needs one. */
export class Bucket {
  readonly #objects = new Map<string, string>();

  put(key: string, body: string): void {
    this.#objects.set(key, body);
  }

  objects(): StoredObject[] {
    return [...this.#objects].map(([key, body]) => ({ key, body }));
  }
}
