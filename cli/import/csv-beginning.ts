import { open } from 'node:fs/promises';

/** The signs between cells that are tried where nobody has named one. */
export const delimiters = [',', ';', '\t', '|'] as const;

/** The number of lines among which the header is looked for. */
export const mostHeaderLines = 20;

/** The part of a file in which the header is looked for. */
const longestBeginning = 1 << 18;

/** Reads the first bytes of a file. */
export const readBeginning = async (file: string): Promise<Buffer> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestBeginning), 0, longestBeginning, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};
