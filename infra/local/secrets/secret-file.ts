import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { secretsFile, unusableFile } from '../data/data-files.ts';
import type { DataFolder } from '../data/data-folder.ts';
import type { Write } from '../data/guarded-write.ts';
import { messageOf } from '../errors.ts';
import type { SecretFile, SecretValue } from './secret-store.ts';

const stored = z.record(
  z.string(),
  z.strictObject({ versionId: z.string(), text: z.string(), createdAt: z.number() }),
);

/** Windows has no such modes: there the folder's own permissions decide. */
const hasModes = process.platform !== 'win32';

const parse = (folder: string, text: string): ReadonlyMap<string, SecretValue> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    throw unusableFile(folder, secretsFile, 'it is not JSON');
  }
  const parsed = stored.safeParse(value);
  if (parsed.success) return new Map(Object.entries(parsed.data));
  throw unusableFile(folder, secretsFile, 'it is not an object with versionId, text and createdAt by name');
};

/**
 * Returns the file with the values of secrets in a data folder. Only its user may read it: a file that others can read is
 * refused, since its secrets may be known to somebody, which no change of its mode would undo.
 *
 * @throws LocalStackError `DATA_FOLDER_UNUSABLE` or `STORAGE_FAILED`
 */
export const secretFileIn = ({ folder }: Pick<DataFolder, 'folder'>, write: Write): SecretFile => {
  const file = join(folder, secretsFile);
  return {
    read: () => {
      if (!existsSync(file)) return new Map();
      assertPrivate(folder, file);
      try {
        return parse(folder, readFileSync(file, 'utf8'));
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code?.startsWith('E')
          ? unusableFile(folder, secretsFile, messageOf(error), error)
          : error;
      }
    },
    write: (values) =>
      write(secretsFile, () => {
        // A rename replaces the file in one step, so that a crash leaves the old values or the new ones.
        const draft = `${file}.${randomUUID()}`;
        try {
          writeFileSync(draft, `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`, { mode: 0o600 });
          renameSync(draft, file);
        } finally {
          rmSync(draft, { force: true });
        }
      }),
  };
};

const assertPrivate = (folder: string, file: string): void => {
  const mode = statSync(file).mode & 0o777;
  if (!hasModes || (mode & 0o077) === 0) return;
  throw unusableFile(
    folder,
    secretsFile,
    `others can read it: its mode is ${mode.toString(8)}, allowed is 600. Whoever read it knows the secrets: replace ` +
      `them, or \`chmod 600 ${file}\` if nobody did`,
  );
};
