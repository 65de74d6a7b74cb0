import { describe, expect, it } from 'vitest';
import { columnFinder } from '../../../cli/import/columns.ts';
import { ImportError } from '../../../cli/import/import-error.ts';

const wide = Array.from({ length: 100_000 }, (_, i) => `column ${i}`);
const findIn = (main: readonly string[]) => columnFinder({ join: [], blank: [] }, { main, joined: [] });

describe('a header with 100,000 columns', () => {
  it('has every column found at its place', () => {
    const { find, problems } = findIn(wide);
    const row = { main: wide.map((_, i) => `cell ${i}`), joined: [] };
    const read = wide.map((name) => find(name, 'events[0]').readText(row));
    expect(read).toEqual(row.main);
    expect(problems).toEqual([]);
  });

  it('has a name that repeats told, without a list that grows with the header', () => {
    const { find, problems } = findIn(Array.from({ length: 100_000 }, () => 'same'));
    find('same', 'leadId');
    expect(problems[0]?.given).toMatch(
      /^the column "same", which is there 100000 times: columns 1, 2, .* … \(100000 in all\)$/,
    );
    expect(problems[0]?.allowed.length).toBeLessThan(2_000);
  });

  it('has each missing name told, the first ones with the name that was probably meant', () => {
    const { find, problems } = findIn(wide);
    for (let i = 0; i < 5_000; i++) find(`colunm ${i}`, `events[${i}]`);
    expect(problems).toHaveLength(5_000);
    expect(problems[0]?.allowed).toMatch(/ … \(100000 in all\); did you mean "column 0"\?$/);
    expect(problems[4_999]?.allowed).toMatch(/ … \(100000 in all\)$/);
  });

  it('gives an error that lists the first 100 problems', () => {
    const { find, problems } = findIn([]);
    for (const name of wide) find(name, 'here');
    const { lines } = new ImportError('headers-invalid', 'wrong:', problems);
    expect(lines).toHaveLength(102);
    expect(lines.at(-1)).toBe('  and 99900 more');
  });
});

describe('a name that several columns have', () => {
  const row = { main: ['1', '2', '3', '4'], joined: [] };

  it('is refused, with the columns by number and the names that tell them apart', () => {
    const { find, problems } = findIn(['a', 'b', 'a']);
    find('a', 'leadId');
    expect(problems).toEqual([
      {
        path: 'leadId',
        given: 'the column "a", which is there 2 times: columns 1, 3',
        allowed: '"a#1", "a#2"',
      },
    ]);
  });

  it('has each of its columns read by number', () => {
    const { find, problems } = findIn(['a', 'b', 'a']);
    expect(['a#1', 'a#2'].map((name) => find(name, 'leadId').readText(row))).toEqual(['1', '3']);
    expect(problems).toEqual([]);
  });

  it.each([
    ['there is no column of that number', ['a', 'b', 'a'], 'a#3'],
    ['the number is zero', ['a', 'b', 'a'], 'a#0'],
    ['the name is there once', ['a', 'b'], 'a#1'],
  ])('has no number where %s', (_why, header, name) => {
    const { find, problems } = findIn(header);
    find(name, 'leadId');
    expect(problems[0]?.given).toBe(`the column "${name}"`);
  });

  it('gives way to a column that is really called so', () => {
    expect(findIn(['a', 'a', 'b', 'a#2']).find('a#2', 'leadId').readText(row)).toBe('4');
  });

  it('does no harm if the mapping names another', () => {
    const { find, problems } = findIn(['a', 'b', 'a']);
    expect(find('b', 'leadId').readText(row)).toBe('2');
    expect(problems).toEqual([]);
  });
});
