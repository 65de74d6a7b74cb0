import { createHash } from 'node:crypto';
import type { ObjectFolder } from './object-folder.ts';

export interface StoredObject {
  readonly key: string;
  readonly body: string;
}

export interface BucketObject {
  readonly body: Buffer;
  /** In quotes, as in the HTTP header. */
  readonly etag: string;
  /** In milliseconds since 1970. */
  readonly modifiedAt: number;
}

export interface BucketProps {
  readonly name: string;
  /** Whether a written object can be neither replaced nor deleted. It stands for Object Lock. */
  readonly writeOnce: boolean;
  /** The folder that stores the objects beyond this process. */
  readonly folder?: ObjectFolder | undefined;
}

const buildObject = (body: Buffer, modifiedAt: number): BucketObject => ({
  body,
  etag: `"${createHash('md5').update(body).digest('hex')}"`,
  modifiedAt,
});

/** Compares two keys in S3's order: by their bytes. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A bucket in memory, which writes through to a folder if it has one. */
export class Bucket {
  readonly props: BucketProps;
  readonly #objects = new Map<string, BucketObject>();

  constructor(props: BucketProps) {
    this.props = props;
    for (const { key, body, modifiedAt } of props.folder?.load() ?? []) {
      this.#objects.set(key, buildObject(body, modifiedAt));
    }
  }

  get(key: string): BucketObject | undefined {
    return this.#objects.get(key);
  }

  /** Stores and returns the object; returns undefined if an object of this key is locked. */
  put(key: string, body: string | Buffer, now: number): BucketObject | undefined {
    if (this.#isLocked(key)) return undefined;
    const object = buildObject(Buffer.from(body), now);
    this.props.folder?.write(key, object.body, this.props.writeOnce);
    this.#objects.set(key, object);
    return object;
  }

  /** Deletes an object; returns false if it is locked. */
  delete(key: string): boolean {
    if (this.#isLocked(key)) return false;
    if (this.#objects.delete(key)) this.props.folder?.remove(key);
    return true;
  }

  keys(): string[] {
    return [...this.#objects.keys()].sort(byBytes);
  }

  objects(): StoredObject[] {
    return [...this.#objects].map(([key, { body }]) => ({ key, body: body.toString('utf8') }));
  }

  #isLocked(key: string): boolean {
    return this.props.writeOnce && this.#objects.has(key);
  }
}
