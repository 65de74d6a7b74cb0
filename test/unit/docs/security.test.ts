import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../support/docs.ts';

const folder = new URL('../../../docs/', import.meta.url);
const text = readDocument('security.md');

interface Row {
  readonly boundary: string;
  readonly threat: string;
  readonly shownBy: string;
}

/** Returns the rows of the threat tables, with the headings of their boundaries. */
const parseRows = (document: string): Row[] => {
  const boundaries = document.split(/^### /m).slice(1);
  return boundaries.flatMap((part) => {
    const [boundary = ''] = part.split('\n', 1);
    const rows = part.split(/^## /m)[0]?.match(/^\| [STRIDE, ]+: .*$/gm) ?? [];
    return rows.map((row) => {
      const [, threat = '', , shownBy = ''] = row
        .split(' | ')
        .flatMap((cell, i) => (i === 0 ? ['', cell] : cell));
      return { boundary, threat, shownBy };
    });
  });
};

const rows = parseRows(text);
const parseTests = (cell: string): string[] =>
  [...cell.matchAll(/\]\((\.\.\/test\/[^)]+)\)/g)].map(([, file = '']) => file);

describe('the threat model', () => {
  it('names for each threat a test that shows what stops it, or says that there is none', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const { threat, shownBy } of rows) {
      if (shownBy !== '–') expect([threat, parseTests(shownBy)]).not.toEqual([threat, []]);
    }
  });

  it('names tests that are there, and no folders', () => {
    const files = parseTests(text);
    expect(files.filter((file) => !file.endsWith('.test.ts') || !existsSync(new URL(file, folder)))).toEqual(
      [],
    );
  });

  it('leaves threats without a test to the command line alone', () => {
    const untested = rows.filter(({ shownBy }) => shownBy === '–');
    expect(untested.map(({ boundary }) => boundary)).toEqual(['Operators and the command line']);
  });
});
