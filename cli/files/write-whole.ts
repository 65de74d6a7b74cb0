import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { CliError } from '../errors.ts';

const unwritable = (file: string, cause: Error): CliError =>
  new CliError('FILE_UNWRITABLE', `${file} can't be written: ${cause.message}`, { cause });

/** Returns the path of a file through links, and whether it is something else than a file, such as a terminal. */
const findTarget = async (file: string): Promise<{ readonly path: string; readonly isSpecial: boolean }> => {
  const path = await realpath(file).catch(() => file);
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => true,
  );
  return { path, isSpecial: !isFile };
};

/**
 * Writes a text completely or not at all: a reader finds the file of before, or the new one. What is no file, such as a
 * terminal, is written to directly.
 *
 * @throws CliError `FILE_UNWRITABLE`
 */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  const { path, isSpecial } = await findTarget(file);
  if (isSpecial) {
    await writeFile(path, text).catch((cause: Error) => {
      throw unwritable(file, cause);
    });
    return;
  }
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw unwritable(file, cause as Error);
  }
};

/**
 * Asserts before a long run that a file can be written, without a trace.
 *
 * @throws CliError `FILE_UNWRITABLE`
 */
export const assertWritable = async (file: string): Promise<void> => {
  const { path, isSpecial } = await findTarget(file);
  if (isSpecial) {
    const isFolder = (await stat(path)).isDirectory();
    if (isFolder) throw unwritable(file, new Error('it is a folder'));
    return;
  }
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, '').catch((cause: Error) => {
    throw unwritable(file, cause);
  });
  await rm(draft, { force: true });
};
