import { randomUUID } from 'node:crypto';
import type { SecretSpec } from '../blueprint.ts';
import { generateSecret } from './generate-secret.ts';

/** The value of a secret. There is one version: earlier versions aren't stored. */
export interface SecretValue {
  readonly versionId: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The values of secrets beyond this process, by the names of the secrets. */
export interface SecretFile {
  readonly read: () => ReadonlyMap<string, SecretValue>;
  readonly write: (values: ReadonlyMap<string, SecretValue>) => void;
}

/** A secret that the app has, with its value if it has one. */
export interface StoredSecret {
  readonly name: string;
  readonly arn: string;
  readonly value: SecretValue | undefined;
}

/** The secrets of the app: in memory, or written through to a file. */
export class SecretStore {
  readonly #specs: readonly SecretSpec[];
  readonly #file: SecretFile | undefined;
  /** Values of secrets that the app doesn't have now are stored on: it may have them again. */
  readonly #values: Map<string, SecretValue>;

  /** Reads what is stored, and gives a value to each secret that is to be generated and has none. */
  constructor(specs: readonly SecretSpec[], file?: SecretFile) {
    this.#specs = specs;
    this.#file = file;
    this.#values = new Map(file?.read());
    const fresh = specs.filter(({ name, initial }) => initial !== undefined && !this.#values.has(name));
    for (const { name, initial } of fresh)
      if (initial !== undefined)
        this.#set(name, 'text' in initial ? initial.text : generateSecret(initial.generate));
    if (fresh.length > 0) this.#store();
  }

  /** Finds a secret by its name or its ARN. */
  find(id: string): StoredSecret | undefined {
    const spec = this.#specs.find(({ name, arn }) => name === id || arn === id);
    return spec && { name: spec.name, arn: spec.arn, value: this.#values.get(spec.name) };
  }

  /** Stores another value of a secret, and returns it. */
  put(name: string, text: string): SecretValue {
    const before = this.#values.get(name);
    const value = this.#set(name, text);
    try {
      this.#store();
    } catch (error) {
      // What could not be stored must not be read either.
      if (before === undefined) this.#values.delete(name);
      else this.#values.set(name, before);
      throw error;
    }
    return value;
  }

  list(): readonly string[] {
    return this.#specs.map(({ name }) => name);
  }

  #set(name: string, text: string): SecretValue {
    const value = { versionId: randomUUID(), text, createdAt: Date.now() };
    this.#values.set(name, value);
    return value;
  }

  #store(): void {
    this.#file?.write(this.#values);
  }
}
