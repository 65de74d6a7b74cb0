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
import { dirname, join } from 'node:path';

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

const decodeKey = (path: string): string => decodeURIComponent(path.replaceAll('+/', ''));

/** The objects of a bucket as files below a folder. */
export class ObjectFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  load(): LoadedObject[] {
    const entries = readdirSync(this.#folder, { recursive: true, withFileTypes: true });
    // A name with a leading dot is an unfinished file of a process that was killed.
    const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
    return files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const key = decodeKey(file.slice(this.#folder.length + 1));
      return { key, body: readFileSync(file), modifiedAt: statSync(file).mtimeMs };
    });
  }

  /** Writes a file completely or not at all, however this process ends. */
  write(key: string, body: Buffer, readOnly: boolean): void {
    const file = join(this.#folder, encodePath(key));
    const draft = join(this.#folder, '.draft');
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    writeFileSync(draft, body, { mode: 0o600 });
    if (readOnly) chmodSync(draft, 0o400);
    renameSync(draft, file);
  }

  remove(key: string): void {
    rmSync(join(this.#folder, encodePath(key)), { force: true });
  }
}
