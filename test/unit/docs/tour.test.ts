import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../support/docs.ts';

const root = new URL('../../../', import.meta.url);
const tour = readDocument('tour.md');
const stops = [...tour.matchAll(/^\| (\d+) \| `([^`:]+):([^`]+)` \|/gm)].map(([, stop, file, name]) => ({
  stop: Number(stop),
  file: file ?? '',
  name: name ?? '',
}));

describe('the tour', () => {
  it('has ten stops in order', () => {
    expect(stops.map(({ stop }) => stop)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each(stops)('finds $name at stop $stop in $file', ({ file, name }) => {
    expect(readFileSync(new URL(file, root), 'utf8')).toMatch(
      new RegExp(`^export (const|function) ${name}\\b`, 'm'),
    );
  });

  it('names no other file or folder that is not there', () => {
    const named = [
      ...tour.matchAll(
        /`((?:bench|cli|docs|events|functions|infra|models|scripts|shared|test)\/[^`:]+)[`:]/g,
      ),
    ].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(stops.length);
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
