import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Write } from './guarded-write.ts';

interface LoadedObject {
  readonly key: string;
  readonly body: Buffer;
  readonly modifiedAt: number;
}

/** The longest name of a file. File systems take names of 255 bytes, S3 keys of 1,024. */
const longestName = 200;

/**
 * Returns a key as a path: encoded as in a URL, and cut if it is too long for one name. A folder's name ends in `+`,
 * which no encoded key contains, so no key's file can block another key's folder.
 */
export const encodePath = (key: string): string => {
  const parts = encodeURIComponent(key).match(new RegExp(`.{1,${longestName}}`, 'g')) ?? [];
  return parts.map((part) => part.replace(/^\./, '%2E')).join('+/');
};

/** Returns the key of a path; undefined if no key has this path, as that of a file which somebody else put there. */
const decodeKey = (path: string): string | undefined => {
  try {
    const key = decodeURIComponent(path.replaceAll('+/', ''));
    return encodePath(key) === path ? key : undefined;
  } catch {
    return undefined;
  }
};

/** The objects of a bucket as files below a folder. */
export class ObjectFolder {
  readonly #folder: string;
  readonly #write: Write;

  constructor(folder: string, write: Write) {
    this.#folder = folder;
    this.#write = write;
    mkdirSync(folder, { recursive: true });
  }

  /** Reads the objects. Other files are ignored, such as the unfinished one of a process that was killed. */
  load(): LoadedObject[] {
    const entries = readdirSync(this.#folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const file = join(entry.parentPath, entry.name);
        const key = decodeKey(relative(this.#folder, file));
        if (key === undefined) return [];
        return { key, body: readFileSync(file), modifiedAt: statSync(file).mtimeMs };
      });
  }

  /** Writes a file completely or not at all, however this process ends. */
  write(key: string, body: Buffer, readOnly: boolean): void {
    const file = join(this.#folder, encodePath(key));
    const draft = join(this.#folder, '.draft');
    this.#write(file, () => {
      mkdirSync(dirname(file), { recursive: true });
      rmSync(draft, { force: true });
      writeFileSync(draft, body);
      if (readOnly) chmodSync(draft, 0o444);
      renameSync(draft, file);
    });
  }

  remove(key: string): void {
    const file = join(this.#folder, encodePath(key));
    this.#write(file, () => rmSync(file, { force: true }));
  }
}
