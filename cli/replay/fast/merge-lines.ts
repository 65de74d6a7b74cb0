import { rmSync, writeFileSync } from 'node:fs';
import { LineWriter } from '../../histories/line-writer.ts';
import { readLines } from '../../histories/read-lines.ts';

/** The most files that are open at once. */
const mostOpen = 64;

interface Source {
  readonly lines: Generator<string>;
  line: string;
}

/** Yields the lines of sorted files in one order. */
function* mergeSorted(
  files: readonly string[],
  compare: (a: string, b: string) => number,
): Generator<string> {
  const sources: Source[] = [];
  for (const file of files) {
    const lines = readLines(file);
    const { done, value } = lines.next();
    if (!done) sources.push({ lines, line: value });
  }
  while (sources.length > 0) {
    let least = sources[0] as Source;
    for (const source of sources) if (compare(source.line, least.line) < 0) least = source;
    yield least.line;
    const { done, value } = least.lines.next();
    if (done) sources.splice(sources.indexOf(least), 1);
    else least.line = value;
  }
}

/** Merges sorted files into one, which is written anew. The given files are removed. */
export const mergeFiles = (
  files: readonly string[],
  to: string,
  compare: (a: string, b: string) => number,
): void => {
  let left = [...files];
  for (let part = 0; left.length > mostOpen; part++) {
    const merged = `${left[0]}.${part}`;
    mergeFiles(left.slice(0, mostOpen), merged, compare);
    left = [...left.slice(mostOpen), merged];
  }
  writeFileSync(to, '');
  const writer = new LineWriter(256 * 1024);
  for (const line of mergeSorted(left, compare)) writer.write(to, line);
  writer.flush();
  for (const file of left) rmSync(file);
};
