import { createHash } from 'node:crypto';
import type { ObjectFolder } from './data/object-folder.ts';

export interface StoredObject {
  readonly key: string;
  readonly body: string;
}

interface Numbered {
  /** The number of the version of its key, from 1. */
  readonly number: number;
  /** In milliseconds since 1970. */
  readonly modifiedAt: number;
}

export interface BucketObject extends Numbered {
  readonly body: Buffer;
  /** In quotes, as in the HTTP header. */
  readonly etag: string;
}

/** A version that hides those before it. */
export interface DeleteMarker extends Numbered {
  readonly body?: undefined;
}

export type ObjectVersion = BucketObject | DeleteMarker;

export interface BucketProps {
  readonly name: string;
  /** Whether writing and deleting add versions. None is ever removed, as if all were locked. */
  readonly versioned: boolean;
  /** The folder that stores the objects beyond this process. */
  readonly folder?: ObjectFolder | undefined;
}

const buildVersion = (number: number, body: Buffer | undefined, modifiedAt: number): ObjectVersion =>
  body === undefined
    ? { number, modifiedAt }
    : { number, modifiedAt, body, etag: `"${createHash('md5').update(body).digest('hex')}"` };

/** Compares two keys in S3's order: by their bytes. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const asObject = (version: ObjectVersion | undefined): BucketObject | undefined =>
  version?.body === undefined ? undefined : version;

/** A bucket in memory, which writes through to a folder if it has one. */
export class Bucket {
  readonly props: BucketProps;
  /** The versions of each key, the oldest first. */
  readonly #versions = new Map<string, readonly ObjectVersion[]>();

  constructor(props: BucketProps) {
    this.props = props;
    const loaded = props.folder?.load() ?? [];
    for (const { key, number, body, modifiedAt } of loaded.toSorted((a, b) => a.number - b.number)) {
      this.#versions.set(key, [...this.versions(key), buildVersion(number, body, modifiedAt)]);
    }
  }

  /** Returns the current version of an object; undefined if there is none, or if it is deleted. */
  get(key: string): BucketObject | undefined {
    return asObject(this.versions(key).at(-1));
  }

  /** Returns all versions of a key, the oldest first. */
  versions(key: string): readonly ObjectVersion[] {
    return this.#versions.get(key) ?? [];
  }

  /** Stores and returns an object, in place of the one before it if the bucket isn't versioned. */
  put(key: string, body: string | Buffer, now: number): BucketObject {
    return this.#add(key, Buffer.from(body), now) as BucketObject;
  }

  /** Deletes an object: with a marker, which is returned, if the bucket is versioned. */
  delete(key: string, now: number): DeleteMarker | undefined {
    if (this.props.versioned) return this.#add(key, undefined, now) as DeleteMarker;
    if (this.#versions.delete(key)) this.props.folder?.remove(key);
    return undefined;
  }

  /** Returns the keys of the objects that are not deleted. */
  keys(): string[] {
    return this.versionedKeys().filter((key) => this.get(key) !== undefined);
  }

  /** Returns the keys that have versions. */
  versionedKeys(): string[] {
    return [...this.#versions.keys()].sort(byBytes);
  }

  objects(): StoredObject[] {
    return this.keys().map((key) => ({ key, body: this.get(key)?.body.toString('utf8') ?? '' }));
  }

  #add(key: string, body: Buffer | undefined, now: number): ObjectVersion {
    const before = this.props.versioned ? this.versions(key) : [];
    const version = buildVersion((before.at(-1)?.number ?? 0) + 1, body, now);
    this.props.folder?.write(key, version, this.props.versioned);
    this.#versions.set(key, [...before, version]);
    return version;
  }
}
