import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImportError } from '../../../cli/import/index.ts';
import { seeded } from '../../support/seed.ts';
import { said, useSandbox } from './sandbox.ts';

const { run, imported, write: writeFile } = useSandbox();

const profile = {
  source: 'crm',
  leadId: 'id',
  occurredAt: { column: 'date', format: 'dd-MM-yyyy' },
  events: [{ type: 'LeadProfileUpdated', attributes: { name: 'name', note: 'note' } }],
};

const messageOf = async (attempt: Promise<unknown>): Promise<string> => {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ImportError)) throw new Error(`no ImportError but ${String(error)}`);
  return error.message;
};

type Wide = 'utf-8' | 'utf-16le' | 'utf-16be';

const encode = (text: string, encoding: Wide): Buffer => {
  if (encoding === 'utf-8') return Buffer.from(text);
  const units = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? units : units.swap16();
};

type Rows = readonly (readonly string[])[];

/** The way in which a table is written. Lists are used in turn, for each row anew. */
interface Writing {
  readonly encoding: Wide;
  readonly mark: boolean;
  readonly delimiter: string;
  readonly separatorLine: boolean;
  readonly notes: readonly string[];
  readonly breaks: readonly string[];
  /** The lines that stand before rows; `undefined` for none. */
  readonly before: readonly (string | undefined)[];
  /** Delimiters behind each row; below zero, empty cells at its end are left out. */
  readonly trailing: readonly number[];
}

const plain: Writing = {
  encoding: 'utf-8',
  mark: false,
  delimiter: ',',
  separatorLine: false,
  notes: [],
  breaks: ['\n'],
  before: [undefined],
  trailing: [0],
};

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'Ada',
    ' padded ',
    'a "b"',
    'line\r\nbreak',
    'two\nlines',
    'o\rne',
    'Żö\u{1f600}',
    '\ufffd',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => text.isWellFormed()),
);
const table: fc.Arbitrary<Rows> = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });

const listOf = <T>(...values: T[]) => fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 5 });

const writing: fc.Arbitrary<Writing> = fc.record({
  encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
  mark: fc.boolean(),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  separatorLine: fc.boolean(),
  notes: fc.oneof(fc.constant([]), listOf('', 'Export of 2026', '"open', 'a,b;c\td|e', ',,,')),
  breaks: listOf('\r\n', '\n', '\r'),
  before: listOf(undefined, '', ' ', ';;;', ',\u00a0,,,,'),
  trailing: listOf(-1, 0, 1, 4),
});

const turn = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Writes a table, and returns its bytes, how a mapping describes them, and the line on which each row begins. */
const write = (rows: Rows, how: Writing) => {
  const { delimiter, encoding } = how;
  const parts: string[] = [];
  let line = 1;
  const add = (text: string): number => {
    const begin = line;
    const wanted = turn(how.breaks, parts.length);
    // A line feed alone behind a carriage return would belong to it.
    const end = text === '' && wanted === '\n' && parts.at(-1)?.endsWith('\r') ? '\r' : wanted;
    parts.push(text + end);
    line += 1 + (text.match(/\r\n|\n|\r/g)?.length ?? 0);
    return begin;
  };
  const quote = (text: string) => (/[",;\t|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  if (how.separatorLine) add(`sep=${delimiter}`);
  for (const note of how.notes) add(note);
  const header = add(['id', 'date', 'name', 'note'].join(delimiter));
  const lines = rows.map(([id = '', name = '', note = ''], index) => {
    const before = turn(how.before, index);
    if (before !== undefined) add(before.replaceAll(/[,;]/g, delimiter));
    const cells = [id, '01-03-2026', name, note];
    const trailing = turn(how.trailing, index);
    while (trailing < 0 && cells.at(-1) === '') cells.pop();
    return add(cells.map(quote).join(delimiter) + delimiter.repeat(Math.max(0, trailing)));
  });
  const csv = {
    ...(!how.separatorLine && { delimiter }),
    ...(!how.mark && { encoding }),
    ...(how.notes.length > 0 && { header }),
  };
  return { bytes: encode((how.mark ? '\ufeff' : '') + parts.join(''), encoding), csv, lines };
};

describe('a table', () => {
  it('gives the same events however it is written, and the lines that an editor shows', async () => {
    await fc.assert(
      fc.asyncProperty(table, writing, async (given, how) => {
        const rows = given.map((cells, index) => [`l-${index}`, ...cells]);
        const { entries } = await imported(profile, write(rows, plain).bytes);
        const { bytes, csv, lines } = write([...rows, ['no lead id!', 'x', 'y']], how);
        const other = await imported({ ...profile, csv }, bytes);
        expect(other.entries).toEqual(entries);
        expect(other.rejects.map(({ line }) => line)).toEqual(lines.slice(-1));
        expect(other.summary.rows).toBe(rows.length + 1);
      }),
      { ...seeded(), numRuns: 150 },
    );
  });

  it.each<Wide>(['utf-8', 'utf-16le', 'utf-16be'])(
    'is the same wherever the chunks of a file in %s end',
    async (encoding) => {
      const text = 'id,date,name,note\r\n1,01-03-2026,"a ""b""\r\nc",\u{1f600}é\r\n\r2,02-03-2026,x,\r';
      const expected = (await imported(profile, text)).entries;
      const chunk = 1 << 16;
      const length = encode(text, encoding).length;
      for (let cut = 0; cut <= length; cut += 1) {
        const unit = encode(' ', encoding).length;
        if ((chunk - cut) % unit !== 0) continue;
        // Notes before the header move the end of the first chunk through the table.
        const notes = `${' '.repeat((chunk - cut) / unit - 1)}\n`;
        const csv = { encoding, header: 2 };
        expect((await imported({ ...profile, csv }, encode(notes + text, encoding))).entries).toEqual(
          expected,
        );
      }
    },
  );

  it('that is cut within a character of UTF-16 keeps its other rows', async () => {
    const rows = encode('id,date,name,note\n1,01-03-2026,Ada,x\n2,01-03-2026,Bob,\u{1f600}', 'utf-16be');
    for (const cut of [1, 2, 3]) {
      const csv = { encoding: 'utf-16be' };
      const { entries, rejects } = await imported({ ...profile, csv }, rows.subarray(0, -cut));
      expect(entries).toHaveLength(1);
      expect(rejects[0]?.reasons[0]).toMatchObject({ path: 'note', allowed: 'text in UTF-16' });
    }
  });
});

describe('a byte order mark', () => {
  const text = '\ufeffid,date,name,note\n1,01-03-2026,Żaneta,\n';

  it.each<[Wide, string]>([
    ['utf-8', 'windows-1252'],
    ['utf-16le', 'utf-8'],
    ['utf-16be', 'utf-16le'],
  ])('of %s goes before the encoding that the mapping names, which is said', async (encoding, named) => {
    const { entries, summary } = await imported(
      { ...profile, csv: { encoding: named } },
      encode(text, encoding),
    );
    expect(entries.map(said)).toEqual([{ attributes: { name: 'Żaneta' } }]);
    expect(summary.remarks).toEqual([
      expect.stringContaining(
        `begins with the byte order mark of ${encoding}; it is read so, not as ${named}`,
      ),
    ]);
  });

  it('may stand before a quoted name or before sep=', async () => {
    for (const begin of ['"id"', 'sep=,\r\nid']) {
      const csv = `\ufeff${text.slice(1).replace('id', begin)}`;
      expect((await imported(profile, csv)).entries).toHaveLength(1);
    }
  });

  it('that is missing from UTF-16 is missed by name, if the bytes are UTF-16', async () => {
    const bare = text.slice(1);
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      expect(await messageOf(run(profile, encode(bare, encoding)))).toContain(
        `is UTF-16: every second byte is zero. Say "encoding": "${encoding}" in "csv"`,
      );
      expect(
        (await imported({ ...profile, csv: { encoding } }, encode(bare, encoding))).entries,
      ).toHaveLength(1);
    }
  });

  it('is not missed in a text that holds NULs', async () => {
    const csv = 'id,date,name,note\n1,01-03-2026,Ada,a\0b\0\0c\0\0\0\n';
    expect((await run(profile, csv)).rows).toBe(1);
  });
});

describe('a first line sep=', () => {
  const rows = 'id;date;name;note\n1;01-03-2026;Ada;\n';

  it.each(['sep=;', 'SEP=;', '"sep=;"', 'sep=;;;;', '"sep=;",,,'])('is no header: %s', async (line) => {
    const { entries, summary } = await imported(profile, `${line}\n${rows}`);
    expect(entries).toHaveLength(1);
    expect(summary.remarks).toEqual([]);
  });

  it('that names another delimiter than the mapping is told, and the mapping goes before it', async () => {
    const csv = { delimiter: ';' };
    const { entries, summary } = await imported({ ...profile, csv }, `sep=,\n${rows}`);
    expect(entries).toHaveLength(1);
    expect(summary.remarks).toEqual([
      expect.stringMatching(
        /begins with sep=,, but the "delimiter" of the mapping is ";"; it is read with that$/,
      ),
    ]);
    expect(await messageOf(run({ ...profile, csv: { delimiter: ',' } }, `sep=;\n${rows}`))).toContain(
      'was read from line 2; line 2 holds names that the mapping asks for: say "delimiter": ";" in "csv"',
    );
  });
});

describe('a header that lacks columns', () => {
  const rows = 'id,date,name,note\n1,01-03-2026,Ada,\n';

  it.each([
    [
      'further down',
      `Contacts\nof "2026\n\n${rows}`,
      'line 4 holds names that the mapping asks for: say "header": 4',
    ],
    [
      'with another delimiter',
      rows.replaceAll(',', '|'),
      'line 1 holds names that the mapping asks for: say "delimiter": "|"',
    ],
    [
      'further down with another delimiter',
      `Contacts\r\r${rows.replaceAll(',', '\t')}`,
      'line 3 holds names that the mapping asks for: say "header": 3 and "delimiter": "\\t"',
    ],
  ])('is told where its names stand, if they do: %s', async (_where, csv, told) => {
    expect(await messageOf(run(profile, csv))).toContain(`leads.csv was read from line 1; ${told} in "csv":`);
  });

  it('is told the encoding in which its names are there', async () => {
    const mapping = { ...profile, leadId: 'Größe' };
    const csv = Buffer.from(rows.replace('id', 'Größe'), 'latin1');
    const message = await messageOf(run(mapping, csv));
    expect(message).toContain('say "encoding": "windows-1252" in "csv"');
    expect(message).toContain('"Gr\\udcf6\\udcdfe"'.slice(1, -1));
  });

  it('is told nothing that was not found', async () => {
    const message = await messageOf(run(profile, 'Id;Datum;Name\n1;2;3\nsome;more;rows\n'));
    expect(message).toContain('was read from line 1:');
    expect(message).not.toMatch(/say|perhaps/);
  });

  it('of a joined file is told so as well', async () => {
    await writeFile('deals.csv', 'Deals\nlead;won\n1;x\n');
    const join = [{ name: 'deals', file: 'deals.csv', key: 'lead', on: 'id' }];
    const message = await messageOf(run({ ...profile, join }, rows));
    expect(message).toMatch(
      /the header of \S+deals\.csv was read from line 1; line 2 holds .* "header": 2 and "delimiter": ";"/,
    );
    expect(message).not.toContain('leads.csv was read');
  });
});

describe('names of columns', () => {
  it.each([
    ['Größe', 'Gro\u0308ße'],
    ['Gro\u0308ße', 'Größe'],
    ['Name', '\u00a0Name\u00a0'],
  ])('are found however letters are composed, and without white space: %s', async (asked, written) => {
    const mapping = { ...profile, events: [{ type: 'LeadProfileUpdated', attributes: { x: asked } }] };
    const { entries } = await imported(mapping, `id,date,"${written}"\n1,01-03-2026,Ada\n`);
    expect(entries.map(said)).toEqual([{ attributes: { x: 'Ada' } }]);
  });

  it('may be there twice, or not at all, where the mapping names others; no cell of a bad row is lost', async () => {
    const { entries, rejects } = await imported(
      profile,
      'id,x,date,name,note,x,,x\n1,a,01-03-2026,Ada,,b,c,d\n2,a,bad,Ada,,b,c,d\n',
    );
    expect(entries).toHaveLength(1);
    expect(rejects[0]?.row).toEqual({
      id: '2',
      x: 'a',
      date: 'bad',
      name: 'Ada',
      note: '',
      'x#2': 'b',
      '(column 7)': 'c',
      'x#3': 'd',
    });
  });

  it('that hide characters are told with them', async () => {
    const message = await messageOf(run(profile, 'id,date,\u200bname,note\n1,01-03-2026,Ada,\n'));
    expect(message).toContain('given the column "name"; allowed: id, date, \\u200bname, note');
  });
});

describe('reasons of rejected rows', () => {
  it('are grouped by column and kind, the most frequent first', async () => {
    const mapping = {
      ...profile,
      events: [{ type: 'LeadProfileUpdated', attributes: { size: { column: 'size', type: 'number' } } }],
    };
    const bad = Array.from({ length: 9 }, (_, n) => `${n},01-03-2026,about ${n % 5}`);
    const csv = ['id,date,size', ',01-03-2026,5', ...bad, 'l-1,,6', 'l-2,x,7', 'l-3,,8', 'l-4,01-03-2026,9'];
    const { summary } = await imported(mapping, csv.join('\n'));
    expect(summary.rejectedRows).toBe(13);
    expect(summary.reasons.map(({ path, rows, given, lines }) => ({ path, rows, given, lines }))).toEqual([
      { path: 'size', rows: 9, given: ['"about 0"', '"about 1"', '"about 2"'], lines: [3, 4, 5, 6, 7] },
      { path: 'date', rows: 2, given: ['an empty cell'], lines: [12, 14] },
      { path: 'id', rows: 1, given: ['an empty cell'], lines: [2] },
      { path: 'date', rows: 1, given: ['"x"'], lines: [13] },
    ]);
  });

  it('count a row once, however many of its items are wrong', async () => {
    const tags = { column: 'name', type: 'list', values: { a: 'a' } };
    const mapping = { ...profile, events: [{ type: 'LeadProfileUpdated', attributes: { tags } }] };
    const { summary } = await imported(mapping, 'id,date,name\n1,01-03-2026,x;y;z\n2,01-03-2026,y\n');
    expect(summary.reasons).toMatchObject([{ rows: 2, given: ['"x"', '"y"', '"z"'] }]);
  });

  it('do not follow from one another', async () => {
    const events = [
      { type: 'LeadActivityRecorded', activity: { column: 'name', values: { call: 'called' } } },
      { type: 'LeadStageChanged', stage: 'note' },
    ];
    const { rejects } = await imported(
      { ...profile, events },
      'id,date,name,note\n1,01-03-2026,fax,prospect\n',
    );
    expect(rejects[0]?.reasons.map(({ path }) => path)).toEqual([
      'name',
      'events[1] LeadStageChanged detail.data.stage',
    ]);
  });

  it('have the date among them where every other cell of the event is wrong too', async () => {
    const size = { column: 'name', type: 'number' };
    const mapping = { ...profile, events: [{ type: 'LeadProfileUpdated', attributes: { size } }] };
    const { rejects } = await imported(mapping, 'id,date,name\n1,31-02-2026,big\n');
    expect(rejects[0]?.reasons.map(({ path }) => path)).toEqual(['name', 'date']);
  });
});
