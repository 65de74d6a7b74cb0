import { createHash } from 'node:crypto';
import type { ObjectFolder } from './object-folder.ts';

export interface StoredObject {
  readonly key: string;
  readonly body: string;
}

export interface BucketObject {
  readonly body: Buffer;
  /** In quotes, as in its header. */
  readonly etag: string;
  /** In milliseconds since 1970. */
  readonly modifiedAt: number;
}

export interface BucketProps {
  readonly name: string;
  /** Stands for Object Lock: what is written once is neither replaced nor deleted. */
  readonly writeOnce: boolean;
  /** Keeps the objects beyond this process. */
  readonly folder?: ObjectFolder | undefined;
}

const objectOf = (body: Buffer, modifiedAt: number): BucketObject => ({
  body,
  etag: `"${createHash('md5').update(body).digest('hex')}"`,
  modifiedAt,
});

/** S3's order: by the bytes of the keys. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A bucket in memory, which writes through to a folder if it has one. */
export class Bucket {
  readonly props: BucketProps;
  readonly #objects = new Map<string, BucketObject>();

  constructor(props: BucketProps) {
    this.props = props;
    for (const { key, body, modifiedAt } of props.folder?.load() ?? []) {
      this.#objects.set(key, objectOf(body, modifiedAt));
    }
  }

  get(key: string): BucketObject | undefined {
    return this.#objects.get(key);
  }

  /** The object; undefined, where one of this key is locked. */
  put(key: string, body: string | Buffer, now: number): BucketObject | undefined {
    if (this.#isLocked(key)) return undefined;
    const object = objectOf(Buffer.from(body), now);
    this.props.folder?.write(key, object.body, this.props.writeOnce);
    this.#objects.set(key, object);
    return object;
  }

  /** False, where the object is locked. */
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
