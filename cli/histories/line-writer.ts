import { appendFileSync } from 'node:fs';

/**
 * Writes lines to many files with a bounded buffer for each. A file is open only while its buffer is written, so that
 * any number of files needs one handle, and whoever writes waits for the disk.
 */
export class LineWriter {
  readonly #most: number;
  readonly #buffers = new Map<string, { lines: string[]; size: number }>();

  /** @param most the most characters of a file that wait in memory */
  constructor(most: number) {
    this.#most = most;
  }

  write(file: string, line: string): void {
    let buffer = this.#buffers.get(file);
    if (buffer === undefined) {
      buffer = { lines: [], size: 0 };
      this.#buffers.set(file, buffer);
    }
    buffer.lines.push(line);
    buffer.size += line.length;
    if (buffer.size >= this.#most) this.#flush(file, buffer);
  }

  flush(): void {
    for (const [file, buffer] of this.#buffers) this.#flush(file, buffer);
  }

  #flush(file: string, buffer: { lines: string[]; size: number }): void {
    if (buffer.lines.length === 0) return;
    appendFileSync(file, `${buffer.lines.join('\n')}\n`, { mode: 0o600 });
    buffer.lines = [];
    buffer.size = 0;
  }
}
