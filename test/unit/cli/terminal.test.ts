import { Writable } from 'node:stream';
import { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { heading, indented, type Line, styled, verbatim } from '../../../cli/output/line.ts';
import { note, print } from '../../../cli/output/print.ts';
import { render, type Screen } from '../../../cli/output/render.ts';
import { table } from '../../../cli/output/table.ts';
import { displayWidth, truncate } from '../../../cli/output/width.ts';
import { wrap } from '../../../cli/output/wrap.ts';

const screen = (columns: number): Screen => ({ columns, paint: (style, text) => `<${style}>${text}</>` });
const uncoloured = (columns: number): Screen => ({ columns, paint: (_, text) => text });

describe('a line', () => {
  const sentence = `The lead was at a stage ${'for longer than usual '.repeat(8)}and is not forgotten.`;

  it.each([60, 80, 120])('breaks between words at %i columns, and loses none', (columns) => {
    const rows = wrap(sentence, columns);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(displayWidth(row)).toBeLessThanOrEqual(columns);
    expect(rows.join(' ')).toBe(sentence);
  });

  it('is left as it is if it fits, and if it is empty', () => {
    expect(wrap('a  b ', 20)).toEqual(['a  b ']);
    expect(wrap('', 20)).toEqual(['']);
  });

  it.each([
    ['its indentation', '    one two three', ['    one two', '    three']],
    ['its points', '  +10  one two three', ['  +10  one two', '       three']],
    ['its name', '  a b  one two three', ['  a b  one two', '       three']],
    ['its number in a list', '  1. one two three', ['  1. one two', '     three']],
    ['its mark', '    - one two three', ['    - one two', '      three']],
    ['its arrow', '  → one two three', ['  → one two', '    three']],
  ])('continues under its text, after %s', (_, line, rows) => expect(wrap(line, 14)).toEqual(rows));

  it('has a word that is longer than a row whole, so that an id can be copied', () =>
    expect(wrap(`the lead ${'x'.repeat(30)} is known`, 20)).toEqual([
      'the lead',
      'x'.repeat(30),
      'is known',
    ]));

  it.each(['name  ', '- ', '1. '])('has such a word on a row of its own, also behind %j', (start) =>
    expect(wrap(`${start}${'x'.repeat(30)}`, 20)).toEqual([
      start.trimEnd(),
      `${' '.repeat(start.length)}${'x'.repeat(30)}`,
    ]),
  );

  it('breaks no command to copy, if it fits in a row', () => {
    const line = 'the score changes after `npx sluice explain l-1`, and not before';
    expect(wrap(line, 30)).toEqual([
      'the score changes after',
      '`npx sluice explain l-1`, and',
      'not before',
    ]);
    expect(wrap('see `one two three four` now', 12)).toEqual(['see `one two', 'three four`', 'now']);
  });

  it('has no more blanks at the end of a row, and none lost within one', () =>
    expect(wrap('one   two   three', 10)).toEqual(['one   two', 'three']));

  it('counts the columns that letters take, not their number', () => {
    expect(wrap('東京 大阪 京都', 10)).toEqual(['東京 大阪', '京都']);
    expect(wrap('👩\u200d🚀 👩\u200d🚀 ab', 5)).toEqual(['👩\u200d🚀 👩\u200d🚀', 'ab']);
    expect(wrap('Zoe\u0308 Zoe\u0308', 7)).toEqual(['Zoe\u0308 Zoe\u0308']);
  });

  it('is never wrapped if people copy it', () =>
    expect(render([verbatim(`{"a": "${'b '.repeat(50)}"}`)], screen(20))).toHaveLength(1));
});

describe('a text that is cut', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 4, 'abc…'],
    ['ab cdef', 4, 'ab…'],
    ['東京大阪', 5, '東京…'],
    ['東京大阪', 4, '東…'],
    ['👩\u200d🚀👩\u200d🚀x', 3, '👩\u200d🚀…'],
  ])('%s takes at most %i columns, and ends between letters', (text, columns, expected) => {
    expect(truncate(text, columns)).toBe(expected);
    expect(displayWidth(expected)).toBeLessThanOrEqual(columns);
  });
});

describe('a table', () => {
  const rows = [
    ['lead', 'name', 'company', 'score', 'owner'],
    ['lead-0001', 'Wilhelmina Featherstonehaugh', 'International Widgets of Springfield', 81, 'ann'],
    ['lead-0002', 'Bo', '東京 商事', 7, 'bob'],
  ];
  const people = table(rows, [{ least: 'whole' }, {}, {}, { least: 'whole' }, { optional: 1 }]);

  it('is whole in a pipe, and aligned by the columns that letters take', () =>
    expect(render([people])).toEqual([
      'lead       name                          company                               score  owner',
      'lead-0001  Wilhelmina Featherstonehaugh  International Widgets of Springfield     81  ann',
      'lead-0002  Bo                            東京 商事                                 7  bob',
    ]));

  it('cuts its widest texts on a terminal, and no id and no number', () =>
    expect(render([people], uncoloured(60))).toEqual([
      'lead       name              company            score  owner',
      'lead-0001  Wilhelmina Feat…  International Wi…     81  ann',
      'lead-0002  Bo                東京 商事              7  bob',
    ]));

  it('cuts the title of a column of numbers rather than a text', () => {
    const counts = table([
      ['tier', 'renewed', 'referenced'],
      ['excellent', 10, 2],
    ]);
    expect(render([counts], uncoloured(23))).toEqual(['tier       rene…  refe…', 'excellent     10      2']);
  });

  it('leaves out what may be left out before it cuts the rest short', () =>
    expect(render([people], uncoloured(40))[1]).toBe('lead-0001  Wilhelmin…  Internati…     81'));

  it.each([30, 40, 60, 80, 120])('takes no more than %i columns, with its indentation', (columns) => {
    for (const row of render(indented([people], 4), uncoloured(columns)))
      expect(displayWidth(row)).toBeLessThanOrEqual(columns);
  });

  it('has its titles bold, and a cell in a colour of its own, without the blanks beside it', () =>
    expect(
      render(
        [
          table([
            ['due', 'n'],
            [styled('late', 'red'), 1],
          ]),
        ],
        screen(40),
      ),
    ).toEqual(['<bold>due</>   <bold>n</>', '<red>late</>  1']));
});

describe('the colour of a text', () => {
  it('is put around it after everything is replaced that a terminal would obey', () => {
    const lines: Line[] = [heading('a\u001b[31mb'), table([['x'], [styled('\u009b1A\n', 'red')]])];
    expect(render(lines, screen(40))).toEqual(['<bold>a�[31mb</>', '<bold>x</>', '<red>�1A�</>']);
  });
});

/** Returns what is written to a stream that says of itself that it is such a terminal. */
const printedOn = (
  stream: 'stdout' | 'stderr',
  columns: number | undefined,
  env: Record<string, string>,
  work: () => void,
): string => {
  let written = '';
  vi.stubEnv('TERM', 'xterm-256color');
  // Node takes the terminal of an unknown CI for one without colours.
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS', 'CI']) vi.stubEnv(name, env[name]);
  const terminal = Object.assign(new Writable(), {
    isTTY: columns !== undefined,
    columns,
    // As Node does it for a real terminal.
    getColorDepth: WriteStream.prototype.getColorDepth,
    write: (text: string) => {
      written += text;
      return true;
    },
  });
  const spy = vi.spyOn(process, stream, 'get').mockReturnValue(terminal as never);
  try {
    work();
  } finally {
    spy.mockRestore();
  }
  return written;
};

describe('what is printed', () => {
  afterEach(() => void vi.unstubAllEnvs());
  const say = () => print([heading('Why:'), `it ${'is known '.repeat(20)}`.trimEnd()]);

  it('is wrapped and coloured on a terminal', () => {
    const written = printedOn('stdout', 80, {}, say);
    expect(written).toContain('\u001b[1mWhy:\u001b[22m\n');
    for (const row of stripVTControlCharacters(written).split('\n'))
      expect(row.length).toBeLessThanOrEqual(80);
    expect(written.trimEnd().split('\n').length).toBeGreaterThan(2);
  });

  it('is neither in a pipe', () =>
    expect(printedOn('stdout', undefined, {}, say)).toBe(`Why:\nit ${'is known '.repeat(20).trimEnd()}\n`));

  it('has no colour on a terminal with NO_COLOR', () =>
    expect(printedOn('stdout', 200, { NO_COLOR: '1' }, say).split('\n')[0]).toBe('Why:'));

  it('has colour in a pipe with FORCE_COLOR, and is not wrapped', () => {
    const rows = printedOn('stdout', undefined, { FORCE_COLOR: '1' }, say).split('\n');
    expect(rows[0]).toBe('\u001b[1mWhy:\u001b[22m');
    expect(rows).toHaveLength(3);
  });

  it('is not wrapped on a terminal that does not say how wide it is', () =>
    expect(printedOn('stdout', 0, {}, say).split('\n')).toHaveLength(3));

  it('is wrapped too if it is a remark', () =>
    expect(printedOn('stderr', 60, {}, () => note('a b '.repeat(30))).split('\n').length).toBeGreaterThan(2));
});
