import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { styled, type Table } from '../../cli/output/line.ts';
import { printable } from '../../cli/output/printable.ts';
import { render, type Screen } from '../../cli/output/render.ts';
import { table } from '../../cli/output/table.ts';
import { displayWidth } from '../../cli/output/width.ts';
import { hostileText } from '../support/hostile.ts';
import { seeded } from '../support/seed.ts';

const { seed } = seeded();
const check = <T>(of: fc.Arbitrary<T>, rule: (value: T) => void): void =>
  fc.assert(fc.property(of, rule), { seed, numRuns: 500 });

const codes = { bold: ['\u001b[1m', '\u001b[22m'], red: ['\u001b[31m', '\u001b[39m'] } as const;
const screen = (columns: number): Screen => ({
  columns,
  paint: (style, text) => {
    const [start, end] = style === 'bold' ? codes.bold : codes.red;
    return `${start}${text}${end}`;
  },
});

/** Removes the colours of the screen above, and nothing else. */
const withoutColours = (row: string): string =>
  Object.values(codes)
    .flat()
    .reduce((text, code) => text.replaceAll(code, ''), row);

const columns = fc.constantFrom(20, 60, 80, 120);
const sentence = fc.array(fc.oneof(hostileText, fc.lorem({ maxCount: 20 }))).map((parts) => parts.join(' '));
const cells = fc.array(fc.oneof(hostileText, fc.integer(), fc.lorem({ maxCount: 6 })), {
  minLength: 4,
  maxLength: 4,
});

describe('lines on a terminal', () => {
  it('have nothing that it obeys but their own colours', () =>
    check(fc.tuple(columns, sentence, fc.array(cells, { minLength: 1 })), ([width, text, rows]) => {
      const styledRows = rows.map((row) =>
        row.map((cell) => (typeof cell === 'string' ? styled(cell, 'red') : cell)),
      );
      const shown = render([styled(text, 'bold'), text, table(styledRows)], screen(width)).map(
        withoutColours,
      );
      for (const row of shown) expect(printable(row)).toBe(row);
    }));

  it('keep their words in order, none of them broken', () =>
    check(fc.tuple(columns, sentence), ([width, text]) => {
      const words = (shown: string) => shown.split(' ').filter((word) => word !== '');
      expect(words(render([text], screen(width)).join(' '))).toEqual(words(printable(text)));
    }));

  it('are no wider than it, but for a word that is', () =>
    check(fc.tuple(columns, sentence), ([width, text]) => {
      for (const row of render([text], screen(width))) {
        const isOneWord = !row.trim().includes(' ');
        expect(isOneWord || displayWidth(row) <= width, row).toBe(true);
      }
    }));
});

describe('a table on a terminal', () => {
  const tables = fc.array(cells, { minLength: 1 }).map((rows): Table => table(rows));

  it('is no wider than it', () =>
    check(fc.tuple(columns, tables), ([width, given]) => {
      for (const row of render([given], { ...screen(width), paint: (_, text) => text }))
        expect(displayWidth(row)).toBeLessThanOrEqual(Math.max(width, 22));
    }));

  it('has every text whole in a pipe', () =>
    check(tables, (given) => {
      const shown = render([given]);
      given.rows.forEach((row, r) => {
        for (const cell of row) expect(shown[r]).toContain(printable(String(cell)).trimEnd());
      });
    }));
});
