import { describe, expect, it } from 'vitest';
import { columnFinder, headerProblems } from '../../../cli/import/columns.ts';
import { ImportError } from '../../../cli/import/import-error.ts';

const wide = Array.from({ length: 100_000 }, (_, i) => `column ${i}`);
const findIn = (main: readonly string[]) => columnFinder({ join: [], blank: [] }, { main, joined: [] });

describe('a header with 100,000 columns', () => {
  it('has every column found at its place', () => {
    const { find, problems } = findIn(wide);
    const row = { main: wide.map((_, i) => `cell ${i}`), joined: [] };
    const read = wide.map((name) => find(name, 'events[0]').read(row));
    expect(read).toEqual(row.main);
    expect(problems).toEqual([]);
  });

  it('has each repeated name told, without a list that grows with the header', () => {
    const problems = headerProblems([...wide, ...wide], 'the header');
    expect(problems).toHaveLength(wide.length);
    expect(problems[7]).toMatchObject({ path: 'the header', given: 'the column "column 7" 2 times' });
    expect(problems[7]?.allowed).toMatch(/^each name once; there are column 0, .* … \(200000 in all\)$/);
    expect(problems[7]?.allowed.length).toBeLessThan(2_000);
  });

  it('has each missing name told, the first ones with the name that was probably meant', () => {
    const { find, problems } = findIn(wide);
    for (let i = 0; i < 5_000; i++) find(`colunm ${i}`, `events[${i}]`);
    expect(problems).toHaveLength(5_000);
    expect(problems[0]?.allowed).toMatch(/ … \(100000 in all\); did you mean "column 0"\?$/);
    expect(problems[4_999]?.allowed).toMatch(/ … \(100000 in all\)$/);
  });

  it('gives an error that lists the first 100 problems', () => {
    const { lines } = new ImportError(
      'headers-invalid',
      'wrong:',
      headerProblems([...wide, ...wide], 'here'),
    );
    expect(lines).toHaveLength(102);
    expect(lines.at(-1)).toBe('  and 99900 more');
  });
});

describe('a column', () => {
  it('is the first one of its name if the name repeats, and the error says so', () => {
    const { find } = findIn(['a', 'b', 'a']);
    expect(find('a', 'leadId').read({ main: ['1', '2', '3'], joined: [] })).toBe('1');
  });
});
