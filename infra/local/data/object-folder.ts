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

interface FolderVersion {
  /** The number of the version of its key, from 1. */
  readonly number: number;
  /** Undefined in a delete marker. */
  readonly body?: Buffer | undefined;
}

interface LoadedVersion extends FolderVersion {
  readonly key: string;
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

/** Returns what follows the path of a key: nothing for a first version, `+2` for a second, `+3-deleted` for a marker. */
const encodeVersion = ({ number, body }: FolderVersion): string =>
  number === 1 && body !== undefined ? '' : `+${number}${body === undefined ? '-deleted' : ''}`;

/** Returns the version at a path; undefined if no version has it, as that of a file which somebody else put there. */
const decodePath = (path: string) => {
  const [, encoded = '', suffix = '', digits = '1', deleted] =
    /^(.*?)(\+(\d+)(-deleted)?)?$/s.exec(path) ?? [];
  try {
    const key = decodeURIComponent(encoded.replaceAll('+/', ''));
    const version = { key, number: Number(digits), isMarker: deleted !== undefined };
    const body = version.isMarker ? undefined : Buffer.of();
    const isOwn = encodePath(key) === encoded && encodeVersion({ ...version, body }) === suffix;
    return isOwn ? version : undefined;
  } catch {
    return undefined;
  }
};

/** The objects of a bucket, with their versions, as files below a folder. */
export class ObjectFolder {
  readonly #folder: string;
  readonly #write: Write;

  constructor(folder: string, write: Write) {
    this.#folder = folder;
    this.#write = write;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Reads the versions. Other files are ignored, such as the unfinished one of a process that was killed. */
  load(): LoadedVersion[] {
    const entries = readdirSync(this.#folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const file = join(entry.parentPath, entry.name);
        const place = decodePath(relative(this.#folder, file));
        if (place === undefined) return [];
        const { key, number, isMarker } = place;
        const body = isMarker ? undefined : readFileSync(file);
        return { key, number, body, modifiedAt: statSync(file).mtimeMs };
      });
  }

  /** Writes a version completely or not at all, however this process ends. */
  write(key: string, version: FolderVersion, readOnly: boolean): void {
    const file = join(this.#folder, `${encodePath(key)}${encodeVersion(version)}`);
    const draft = join(this.#folder, '.draft');
    this.#write(file, () => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      rmSync(draft, { force: true });
      writeFileSync(draft, version.body ?? '', { mode: 0o600 });
      if (readOnly) chmodSync(draft, 0o400);
      renameSync(draft, file);
    });
  }

  /** Removes the only version of a key. */
  remove(key: string): void {
    const file = join(this.#folder, encodePath(key));
    this.#write(file, () => rmSync(file, { force: true }));
  }
}
