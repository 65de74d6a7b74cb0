import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Creates a folder for the tests of a file, and a function that writes a file in it and returns its path. */
export const temporaryFiles = () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-files-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const inFolder = (name: string, content: string): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  return { folder, inFolder };
};
