import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A built file, as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  /** Whether its name contains a hash of its content, so that the name never has another one. */
  readonly isHashed: boolean;
  readonly plain: Buffer;
  /** Undefined if compression doesn't make it smaller. */
  readonly zipped: Buffer | undefined;
  readonly etag: string;
}

/** The built files by their path within the folder, with slashes. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

const types: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.map', 'application/json'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json'],
  ['.woff2', 'font/woff2'],
]);

/** The names that Vite gives to what it makes of the sources. */
const hashedName = /^assets\/.+-[\w-]{8}\.\w+(\.map)?$/;

/** The content types that are compressed already. */
const isPacked = (type: string): boolean => /^(image\/png|font\/)/.test(type);

const readConsoleFile = async (path: string, name: string): Promise<ConsoleFile> => {
  const plain = await readFile(path);
  const type = types.get(extname(name)) ?? 'application/octet-stream';
  const zipped = isPacked(type) ? undefined : await promisify(gzip)(plain, { level: 9 });
  const etag = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  const isSmaller = zipped !== undefined && zipped.length < plain.length;
  return { type, isHashed: hashedName.test(name), plain, zipped: isSmaller ? zipped : undefined, etag };
};

/**
 * Reads all files of a build, some hundred kilobytes, into memory: only what is in it can be asked for, whatever a path
 * says, and a build that is removed meanwhile is still served whole.
 */
export const loadConsoleFiles = async (folder: string): Promise<ConsoleFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const named = await Promise.all(
    paths.map(async (path) => {
      const name = relative(folder, path).split(sep).join('/');
      return [name, await readConsoleFile(path, name)] as const;
    }),
  );
  return new Map(named);
};
