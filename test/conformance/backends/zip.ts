import { crc32 } from 'node:zlib';

const numbers = (...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer => {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
};

/**
 * Returns an archive with one file, not compressed: the smallest that Lambda accepts.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3.7, 4.3.12 and 4.3.16
 */
export const buildZip = (name: string, content: string): Buffer => {
  const [path, data] = [Buffer.from(name), Buffer.from(content)];
  const checked = numbers([crc32(data), 4], [data.length, 4], [data.length, 4], [path.length, 2], [0, 2]);
  // Version 2.0, names in UTF-8, not compressed, dated 1980-01-01.
  const how = numbers([20, 2], [0x800, 2], [0, 2], [0, 2], [0x21, 2]);
  const local = Buffer.concat([numbers([0x04034b50, 4]), how, checked, path, data]);
  const mode = 0o100644 * 0x10000;
  const entry = numbers([0, 2], [0, 2], [0, 2], [mode, 4], [0, 4]);
  const directory = Buffer.concat([numbers([0x02014b50, 4], [0x0314, 2]), how, checked, entry, path]);
  const sizes = [
    [0, 2],
    [0, 2],
    [1, 2],
    [1, 2],
    [directory.length, 4],
    [local.length, 4],
    [0, 2],
  ] as const;
  return Buffer.concat([local, directory, numbers([0x06054b50, 4], ...sizes)]);
};
