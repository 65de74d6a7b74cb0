import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ImportError } from '../../../cli/import/index.ts';
import { said, useSandbox } from './sandbox.ts';

const { path, write, read, run, imported, files } = useSandbox();

const profile = {
  source: 'crm',
  leadId: 'id',
  occurredAt: { column: 'date', format: 'dd-MM-yyyy' },
  events: [{ type: 'LeadProfileUpdated', attributes: { name: 'name' } }],
};

const withEvents = (...events: unknown[]) => ({ ...profile, events });
const withCell = (cell: unknown) => withEvents({ type: 'LeadProfileUpdated', attributes: { value: cell } });

const failure = async (attempt: Promise<unknown>): Promise<ImportError> => {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ImportError)) throw new Error(`no ImportError but ${String(error)}`);
  return error;
};

describe('a row', () => {
  it('becomes an EventBridge entry on a line', async () => {
    const { entries, summary } = await imported(profile, 'id,date,name\nl-1,01-03-2026,Ada\n');
    expect(entries).toEqual([
      {
        source: 'crm',
        'detail-type': 'LeadProfileUpdated',
        time: '2026-03-01T00:00:00Z',
        detail: {
          metadata: {
            eventId: expect.stringMatching(/^LeadProfileUpdated:[\w-]{22}$/),
            occurredAt: '2026-03-01T00:00:00.000Z',
            schemaVersion: 1,
            backfill: true,
          },
          data: { leadId: 'l-1', attributes: { name: 'Ada' } },
        },
      },
    ]);
    expect(summary).toEqual({
      rows: 1,
      rejectedRows: 0,
      rowsWithoutEvents: 0,
      leads: { count: 1, atLeast: false },
      events: 1,
      eventsByType: { LeadProfileUpdated: 1 },
      repeatedEvents: 0,
      history: 1,
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-03-01T00:00:00.000Z',
      joins: [],
      passedOver: [],
      reasons: [],
      remarks: [],
      out: path('events.jsonl'),
    });
    expect((await files()).sort()).toEqual(['events.jsonl', 'leads.csv', 'mapping.json']);
  });

  it('gives its events in the order of the mapping, rows in the order of the file', async () => {
    const mapping = withEvents(
      { type: 'LeadActivityRecorded', activity: { fixed: 'content_form_submitted' } },
      ...profile.events,
    );
    const { entries } = await imported(mapping, 'id,date,name\nl-2,02-03-2026,B\nl-1,01-03-2026,A\n');
    expect(entries.map(({ detail, 'detail-type': type }) => [detail.data.leadId, type])).toEqual([
      ['l-2', 'LeadActivityRecorded'],
      ['l-2', 'LeadProfileUpdated'],
      ['l-1', 'LeadActivityRecorded'],
      ['l-1', 'LeadProfileUpdated'],
    ]);
  });

  it('leaves out what its empty cells do not say, and events that say nothing', async () => {
    const mapping = {
      ...withEvents({ type: 'LeadProfileUpdated', attributes: { name: 'name', city: 'city' } }),
      blank: ['N/A'],
    };
    const csv = 'id,date,name,city\n1,01-03-2026,Ada,\n2,01-03-2026, ,N/A\n';
    const { entries, summary } = await imported(mapping, csv);
    expect(entries.map(said)).toEqual([{ attributes: { name: 'Ada' } }]);
    expect(summary).toMatchObject({ rows: 2, rowsWithoutEvents: 1, rejectedRows: 0, leads: { count: 2 } });
  });

  it('may get its lead id from several columns, with a prefix', async () => {
    const mapping = { ...profile, leadId: { columns: ['team', 'id'], separator: '-', prefix: 'crm:' } };
    const { entries } = await imported(mapping, 'team,id,date,name\nde,7,01-03-2026,Ada\n');
    expect(entries[0]?.detail.data.leadId).toBe('crm:de-7');
  });

  it('may have its date in a time zone, or all rows one date', async () => {
    const csv = 'id,date,name\n1,2026-03-01 00:30,Ada\n';
    const berlin = { column: 'date', format: 'yyyy-MM-dd HH:mm', timeZone: 'Europe/Berlin' };
    const inZone = await imported({ ...profile, occurredAt: berlin }, csv);
    expect(inZone.entries[0]).toMatchObject({
      time: '2026-02-28T23:30:00Z',
      detail: { metadata: { occurredAt: '2026-02-28T23:30:00.000Z' } },
    });
    const fixed = await imported({ ...profile, occurredAt: { fixed: '2026-03-01T10:00:00Z' } }, csv);
    expect(fixed.entries[0]?.time).toBe('2026-03-01T10:00:00Z');
  });

  it('cuts the time of the entry to seconds, and keeps the milliseconds of the fact', async () => {
    const mapping = { ...profile, occurredAt: 'date' };
    const { entries } = await imported(mapping, 'id,date,name\n1,2026-03-01T10:00:00.789Z,Ada\n');
    expect(entries[0]).toMatchObject({
      time: '2026-03-01T10:00:00Z',
      detail: { metadata: { occurredAt: '2026-03-01T10:00:00.789Z' } },
    });
  });
});

describe('history', () => {
  const now = () => Date.parse('2026-03-10T12:00:00Z');
  const csv = 'id,date,name\nold,08-03-2026,Ada\nyoung,10-03-2026,Bob\n';
  const marks = (entries: readonly { detail: { metadata: { backfill?: boolean } } }[]) =>
    entries.map(({ detail }) => detail.metadata.backfill);

  it('is what a row tells that is older than a day', async () => {
    const { entries, summary } = await imported(profile, csv, { now });
    expect(marks(entries as never)).toEqual([true, undefined]);
    expect(summary).toMatchObject({ events: 2, history: 1 });
  });

  it('is every event of a row of which one is', async () => {
    const mapping = withEvents(
      { type: 'LeadProfileUpdated', attributes: { name: 'name' } },
      {
        type: 'LeadActivityRecorded',
        activity: { fixed: 'demo_requested' },
        at: 'demo',
      },
    );
    const { entries } = await imported(mapping, 'id,date,name,demo\nl-1,01-02-2026,Ada,10-03-2026\n', {
      now,
    });
    expect(marks(entries as never)).toEqual([true, true]);
  });

  it('is nothing if all is to be announced', async () => {
    const { entries, summary } = await imported(profile, csv, { now, live: true });
    expect(marks(entries as never)).toEqual([undefined, undefined]);
    expect(summary.history).toBe(0);
  });
});

describe('a cell', () => {
  it.each([
    ['a string', 'value', 'Ada', 'Ada'],
    ['a string with white space around it', 'value', '" Ada "', 'Ada'],
    ['a formula, as the text that it is', 'value', '=1+1', '=1+1'],
    ['a number', { column: 'value', type: 'number' }, '-12.5', -12.5],
    [
      'a number of a German',
      { column: 'value', type: 'number', decimal: ',', thousands: '.' },
      '"1.250,5"',
      1250.5,
    ],
    ['a number in groups', { column: 'value', type: 'number', thousands: ',' }, '"1,250,000"', 1250000],
    ['a boolean', { column: 'value', type: 'boolean' }, 'TRUE', true],
    ['a boolean in a word', { column: 'value', type: 'boolean' }, 'No', false],
    ['a list', { column: 'value', type: 'list' }, 'a; b ;;c', ['a', 'b', 'c']],
    [
      'a list with another separator',
      { column: 'value', type: 'list', separator: ',' },
      '"cat, wolf"',
      ['cat', 'wolf'],
    ],
    ['a value by its map', { column: 'value', values: { Yes: true, No: false } }, 'No', false],
    ['null by its map, which clears', { column: 'value', values: { gone: null } }, 'gone', null],
    [
      'items by their map',
      { column: 'value', type: 'list', values: { A: 'x' }, otherwise: 'keep' },
      'A;B',
      ['x', 'B'],
    ],
    [
      'what the map lacks, kept',
      { column: 'value', type: 'number', values: { many: 99 }, otherwise: 'keep' },
      '7',
      7,
    ],
    ['the same for all rows', { fixed: ['eu', 'b2b'] }, 'Ada', ['eu', 'b2b']],
  ])('holds %s', async (_what, cell, text, value) => {
    const { entries } = await imported(withCell(cell), `id,date,value\n1,01-03-2026,${text}\n`);
    expect(said(entries[0])).toEqual({ attributes: { value } });
  });

  it.each([
    [
      'the map lacks it and "otherwise" is "omit"',
      { column: 'value', values: { a: 'b' }, otherwise: 'omit' },
      'c',
    ],
    [
      'it is beyond the bounds and "outside" is "omit"',
      { column: 'value', type: 'number', min: 1, outside: 'omit' },
      '0',
    ],
    ['it is one of its blanks', { column: 'value', blank: ['unknown', '-'] }, 'unknown'],
    ['a list has no items', { column: 'value', type: 'list' }, ' ; ;'],
  ])('is left out where %s', async (_what, cell, text) => {
    const { entries, summary } = await imported(withCell(cell), `id,date,value\n1,01-03-2026,${text}\n`);
    expect(entries).toEqual([]);
    expect(summary.rejectedRows).toBe(0);
  });

  it.each([
    [
      'a number',
      { column: 'value', type: 'number' },
      '12 apples',
      '"12 apples"',
      'a number, written as 1250.5',
    ],
    ['a number', { column: 'value', type: 'number' }, '"1,250"', '"1,250"', 'a number, written as 1250.5'],
    ['a number', { column: 'value', type: 'number' }, '0x10', '"0x10"', 'a number, written as 1250.5'],
    ['a number', { column: 'value', type: 'number' }, '1e999', '"1e999"', 'a number, written as 1250.5'],
    [
      'groups',
      { column: 'value', type: 'number', thousands: ',' },
      '"1,25"',
      '"1,25"',
      'a number, written as 1,250.5',
    ],
    ['bounds', { column: 'value', type: 'number', min: 1, max: 9 }, '10', '10', 'at least 1 and at most 9'],
    [
      'a boolean',
      { column: 'value', type: 'boolean' },
      'maybe',
      '"maybe"',
      expect.stringContaining('true, yes'),
    ],
    [
      'a boolean of its own',
      { column: 'value', type: 'boolean' },
      'constructor',
      '"constructor"',
      expect.stringContaining('true, yes'),
    ],
    ['a map', { column: 'value', values: { a: 1, b: 2 } }, 'c', '"c"', 'a, b'],
    ['its own properties alone', { column: 'value', values: { a: 1 } }, 'toString', '"toString"', 'a'],
  ])('is wrong where it does not hold %s', async (_what, cell, text, given, allowed) => {
    const { rejects, entries } = await imported(withCell(cell), `id,date,value\n1,01-03-2026,${text}\n`);
    expect(rejects[0]?.reasons).toEqual([{ path: 'value', given, allowed }]);
    expect(entries).toEqual([]);
  });
});

describe('each kind of event', () => {
  const csv = 'id,date,stage,note,who,n,page,other\n1,01-03-2026,SQL,Met,ann,3,/demo,x-2\n';

  it.each([
    [
      {
        type: 'LeadStageChanged',
        stage: { column: 'stage', values: { SQL: 'sql' } },
        reason: 'note',
        actor: 'who',
      },
      { stage: 'sql', reason: 'Met', actor: 'ann' },
    ],
    [{ type: 'LeadStageChanged', stage: { fixed: 'mql' } }, { stage: 'mql' }],
    [
      { type: 'LeadActivityRecorded', activity: 'who', count: 'n', properties: { page: 'page' } },
      { activity: 'ann', count: 3, properties: { page: '/demo' } },
    ],
    [
      {
        type: 'LeadAnswersRecorded',
        answers: {
          need: { value: 'note', text: 'page' },
          budget: { column: 'n', type: 'number' },
          sure: { fixed: true },
        },
        askedBy: 'who',
      },
      {
        answers: { need: { value: 'Met', text: '/demo' }, budget: { value: 3 }, sure: { value: true } },
        askedBy: 'ann',
      },
    ],
    [
      { type: 'LeadOutcomeRecorded', outcome: { fixed: 'lost' }, amount: 'n', reason: 'note' },
      { outcome: 'lost', amount: 3, reason: 'Met' },
    ],
    [{ type: 'LeadsMerged', mergedLeadId: { column: 'other', prefix: 'crm:' } }, { mergedLeadId: 'crm:x-2' }],
    [{ type: 'LeadErasureRequested' }, {}],
    [
      { type: 'HandoffAccepted', handoffId: 'other', actor: 'who' },
      { handoffId: 'x-2', actor: 'ann' },
    ],
    [
      { type: 'HandoffRejected', handoffId: 'other', actor: 'who', reason: 'note' },
      { handoffId: 'x-2', actor: 'ann', reason: 'Met' },
    ],
  ])('%j', async (event, data) => {
    const { entries } = await imported(withEvents(event), csv);
    expect(entries.map((entry) => entry['detail-type'])).toEqual([event.type]);
    expect(said(entries[0])).toEqual(data);
  });
});

describe('"when"', () => {
  const event = (when: unknown) =>
    withEvents({ type: 'LeadActivityRecorded', activity: { fixed: 'a' }, when });
  const csv = 'id,date,stage,demo\n1,01-03-2026,won,yes\n2,01-03-2026,lost,\n3,01-03-2026,,\n';

  it.each([
    ['demo', ['1']],
    [{ column: 'demo', filled: false }, ['2', '3']],
    [{ column: 'stage', equals: 'won' }, ['1']],
    [{ column: 'stage', equals: ['won', 'lost'] }, ['1', '2']],
    [{ column: 'stage', not: ['lost', ''] }, ['1']],
    [['stage', { column: 'demo', filled: false }], ['2']],
  ])('%j holds for the rows %j', async (when, ids) => {
    const { entries, summary } = await imported(event(when), csv);
    expect(entries.map(({ detail }) => detail.data.leadId)).toEqual(ids);
    expect(summary.rowsWithoutEvents).toBe(3 - ids.length);
  });

  it('is not asked for an event whose cells are empty', async () => {
    const stage = { type: 'LeadStageChanged', stage: 'stage', at: 'at' };
    const rows = 'id,date,stage,at\n1,01-03-2026,mql,02-03-2026\n2,01-03-2026,,\n3,01-03-2026,mql,\n';
    const bare = await imported(withEvents(stage), rows);
    expect(bare.summary.passedOver).toEqual([
      { event: 'events[0] LeadStageChanged', column: 'at', count: 2 },
    ]);
    const told = await imported(withEvents({ ...stage, when: 'stage' }), rows);
    expect(told.summary.passedOver).toEqual([
      { event: 'events[0] LeadStageChanged', column: 'at', count: 1 },
    ]);
    for (const { entries, rejects } of [bare, told]) {
      expect(entries.map(({ time }) => time)).toEqual(['2026-03-02T00:00:00Z']);
      expect(rejects).toEqual([]);
    }
  });
});

describe('an empty cell', () => {
  const name = { type: 'LeadProfileUpdated', attributes: { name: 'name' } };

  it.each([
    ['a stage', { type: 'LeadStageChanged', stage: 'x' }],
    [
      'a stage that the map omits',
      { type: 'LeadStageChanged', stage: { column: 'y', values: { z: 'mql' }, otherwise: 'omit' } },
    ],
    ['an activity', { type: 'LeadActivityRecorded', activity: 'x' }],
    ['an outcome', { type: 'LeadOutcomeRecorded', outcome: 'x' }],
    ['a merged lead', { type: 'LeadsMerged', mergedLeadId: 'x' }],
    ['a date of the event', { type: 'LeadActivityRecorded', activity: { fixed: 'a' }, at: 'x' }],
    ['who answered a hand-off', { type: 'HandoffAccepted', handoffId: 'y', actor: 'x' }],
  ])('in place of %s leaves out that event alone', async (_what, event) => {
    const { entries, summary } = await imported(
      withEvents(name, event),
      'id,date,name,x,y\n1,01-03-2026,Ada,,w\n',
    );
    expect(entries.map(said)).toEqual([{ attributes: { name: 'Ada' } }]);
    expect(summary).toMatchObject({
      rejectedRows: 0,
      passedOver: [{ event: `events[1] ${event.type}`, column: expect.stringMatching(/^[xy]$/), count: 1 }],
    });
  });

  it('in place of the date of the row rejects the row', async () => {
    const activity = { type: 'LeadActivityRecorded', activity: { fixed: 'a' }, at: 'at' };
    const { rejects, summary } = await imported(
      withEvents(name, activity),
      'id,date,name,at\n1,,Ada,01-03-2026\n2,,,01-03-2026\n',
    );
    expect(rejects.map(({ line }) => line)).toEqual([2]);
    expect(summary).toMatchObject({ events: 1, passedOver: [] });
  });

  it('is not needed for an event whose own date is empty: it did not happen', async () => {
    const demo = { type: 'LeadActivityRecorded', activity: { fixed: 'demo_requested' }, at: 'at' };
    const rows = 'id,date,at\n1,01-03-2026,02-03-2026\n2,01-03-2026,\n';
    const { entries, rejects, summary } = await imported(withEvents(demo), rows);
    expect(entries.map(({ time }) => time)).toEqual(['2026-03-02T00:00:00Z']);
    expect(rejects).toEqual([]);
    expect(summary.rowsWithoutEvents).toBe(1);
  });

  it('compares texts without case and white space, composed', async () => {
    const { entries } = await imported(
      withEvents({
        type: 'LeadActivityRecorded',
        activity: { fixed: 'a' },
        when: { column: 'stage', equals: [' Caf\u00e9 '] },
      }),
      'id,date,stage,demo\n1,01-03-2026,CAFE\u0301,\n2,01-03-2026,Cafe,\n',
    );
    expect(entries.map(({ detail }) => detail.data.leadId)).toEqual(['1']);
  });
});

describe('a bad row', () => {
  it('is kept aside with its line, its cells and everything wrong with it; good rows go on', async () => {
    const mapping = withEvents(
      { type: 'LeadActivityRecorded', activity: { fixed: 'a' } },
      { type: 'LeadProfileUpdated', attributes: { size: { column: 'size', type: 'number' } } },
    );
    const csv = ['id,date,size', '1,01-03-2026,5', 'no good,31-02-2026,big', '3,01-03-2026,7'].join('\n');
    const { summary, entries, rejects } = await imported(mapping, csv);
    expect(entries.map(({ detail }) => detail.data.leadId)).toEqual(['1', '1', '3', '3']);
    expect(rejects).toEqual([
      {
        file: path('leads.csv'),
        line: 3,
        kind: 'rejected',
        reasons: [
          {
            path: 'id',
            given: '"no good"',
            allowed:
              '1 to 128 characters of A-Z a-z 0-9 _ . : @ + -; or "unsafe": "escape" or "hash" in the id, which makes one of any text',
          },
          {
            path: 'date',
            given: '"31-02-2026"',
            allowed: 'a date that exists, written as dd-MM-yyyy, such as 28-04-2025',
          },
          { path: 'size', given: '"big"', allowed: 'a number, written as 1250.5' },
        ],
        row: { id: 'no good', date: '31-02-2026', size: 'big' },
      },
    ]);
    expect(summary).toMatchObject({ rows: 3, rejectedRows: 1, leads: { count: 2 } });
    expect(summary.reasons.map(({ path, rows, lines }) => [path, rows, lines])).toEqual([
      ['id', 1, [3]],
      ['date', 1, [3]],
      ['size', 1, [3]],
    ]);
    expect(summary.rejects).toBe(path('events.jsonl.rejected.jsonl'));
  });

  it.each([
    ['without a lead id', ',01-03-2026,Ada', 'id: an empty cell'],
    ['without a date', '1,,Ada', 'date: an empty cell'],
    ['with a cell beyond the header', '1,01-03-2026,Ada,,Bob', '(the row): "Bob" in cell 5'],
    [
      'before 2000',
      '1,01-03-1999,Ada',
      'events[0] LeadProfileUpdated detail.metadata.occurredAt: "1999-03-01T00:00:00.000Z"',
    ],
    [
      'of the future',
      '1,01-03-2027,Ada',
      'events[0] LeadProfileUpdated detail.metadata.occurredAt: "2027-03-01T00:00:00.000Z"',
    ],
    [
      'that its contract refuses',
      `1,01-03-2026,${'x'.repeat(1001)}`,
      `events[0] LeadProfileUpdated detail.data.attributes.name: "${'x'.repeat(60)}"… (1001 characters)`,
    ],
  ])('%s tells so', async (_what, row, told) => {
    const { rejects, summary } = await imported(profile, `id,date,name\n${row}\n`);
    expect(rejects[0]?.reasons.map(({ path, given }) => `${path}: ${given}`)).toEqual([told]);
    expect(summary).toMatchObject({ rows: 1, rejectedRows: 1, events: 0 });
  });

  it('is not one that was kept aside by an earlier import', async () => {
    await imported(profile, 'id,date,name\n,01-03-2026,Ada\n');
    expect(await files()).toContain('events.jsonl.rejected.jsonl');
    await imported(profile, 'id,date,name\n1,01-03-2026,Ada\n');
    expect(await files()).not.toContain('events.jsonl.rejected.jsonl');
  });
});

describe('the CSV file', () => {
  it('may have a byte order mark, CR LF, quoted line breaks and empty lines, and tells the right lines', async () => {
    const csv =
      '\uFEFFid,date,name\r\n1,01-03-2026,"Ada\r\n""Countess"""\r\n\r\n2,01-03-2026,"a\nb"\r\n3,bad,x\r\n';
    const { entries, rejects } = await imported(profile, csv);
    expect(entries.map(said)).toEqual([
      { attributes: { name: 'Ada\r\n"Countess"' } },
      { attributes: { name: 'a\nb' } },
    ]);
    expect(rejects.map(({ line }) => line)).toEqual([7]);
  });

  it('may have another delimiter and another encoding', async () => {
    const mapping = { ...profile, csv: { delimiter: ';', encoding: 'windows-1252' } };
    const csv = Buffer.from('id;date;name\n1;01-03-2026;Jos\xe9\n', 'latin1');
    expect(said((await imported(mapping, csv)).entries[0])).toEqual({ attributes: { name: 'José' } });

    const utf16 = { ...profile, csv: { delimiter: '\t', encoding: 'utf-16le' } };
    const wide = Buffer.from('\uFEFFid\tdate\tname\n1\t01-03-2026\tŻaneta\n', 'utf16le');
    expect(said((await imported(utf16, wide)).entries[0])).toEqual({ attributes: { name: 'Żaneta' } });
  });

  it('has bad rows where it is not in the encoding that was said', async () => {
    const csv = Buffer.from('id,date,name\n1,01-03-2026,Jos\xe9\n2,01-03-2026,Ada\n', 'latin1');
    const { rejects, entries } = await imported(profile, csv);
    expect(rejects[0]?.reasons).toEqual([
      {
        path: 'name',
        given: '"Jos\\xe9", bytes that are no UTF-8; in windows-1252 they are "José"',
        allowed: 'text in UTF-8; or "encoding": "windows-1252" in "csv", if that reading is right',
      },
    ]);
    expect(rejects[0]?.row.name).toBe('Jos\udce9');
    expect(entries).toHaveLength(1);
  });

  it('is not said to be windows-1252 where that would make no text of it either', async () => {
    const csv = Buffer.from('id,date,name\n1,01-03-2026,Jos\x81\n', 'latin1');
    const { rejects } = await imported(profile, csv);
    expect(JSON.stringify(rejects[0]?.reasons)).not.toContain('1252');
    expect(rejects[0]?.reasons[0]?.given).toBe('"Jos\\x81", bytes that are no UTF-8');
  });

  it('may hold the sign for what was lost before it was exported', async () => {
    const { entries } = await imported(profile, 'id,date,name\n1,01-03-2026,Caf\ufffd\n');
    expect(said(entries[0])).toEqual({ attributes: { name: 'Caf\ufffd' } });
  });

  it('may hold bytes that are no text in columns that no event needs', async () => {
    const csv = Buffer.from('id,date,name,x\n1,01-03-2026,Ada,\xe9\n', 'latin1');
    expect((await imported(profile, csv)).entries).toHaveLength(1);
  });

  it('keeps a character that two chunks share whole', async () => {
    const filler = 'id,date,name\n1,01-03-2026,';
    const name = `${'x'.repeat((1 << 16) - filler.length - 1)}é`;
    const mapping = withCell({ column: 'name', values: { [name]: 'whole' } });
    const { entries } = await imported(mapping, `${filler}${name}\n`);
    expect(said(entries[0])).toEqual({ attributes: { value: 'whole' } });
  });

  it('keeps a quote in the middle of a cell', async () => {
    const { entries } = await imported(profile, 'id,date,name\n1,01-03-2026,5" pipe\n');
    expect(said(entries[0])).toEqual({ attributes: { name: '5" pipe' } });
  });

  it.each([
    ['id,date,name\n1,01-03-2026,Ada\n2,01-03-2026,"Bob\n3,x,y\n', 3],
    ['id,date,name\r\n"1","01\r\n",Ada\r\n\r\n"2","a\nb","Bob ""x""\r\n3,x,y\r\n', 6],
    ['note\rnote "1\rid,date,"name\r1,01-03-2026,Ada\r', 3],
  ])('is told to be broken where a quote is not closed, and nothing is written', async (csv, line) => {
    const header = csv.startsWith('note') ? 3 : 1;
    const error = await failure(run({ ...profile, csv: { header } }, csv));
    expect(error.code).toBe('csv-broken');
    expect(error.message).toMatch(
      new RegExp(`leads\\.csv: a quote that opens on line ${line} is not closed$`),
    );
    expect((await files()).sort()).toEqual(['leads.csv', 'mapping.json']);
  });

  it('is told to be broken where a row has no end, with a quote only if there is one', async () => {
    const long = 'x'.repeat(5 << 20);
    const plain = await failure(run(profile, `id,date,name\n1,01-03-2026,Ada\n2,01-03-2026,${long}\n`));
    expect(plain.message).toMatch(/leads\.csv: the row after line 2 is longer than 4194304 bytes$/);
    const quoted = await failure(run(profile, `id,date,name\n1,01-03-2026,Ada\n2,01-03-2026,"${long}\n`));
    expect(quoted.message).toMatch(/longer than 4194304 bytes; a quote that opens on line 3 is not closed$/);
  });

  it('needs a header', async () => {
    expect((await failure(run(profile, ''))).message).toMatch(
      /leads\.csv is empty; its first line must hold/,
    );
    expect((await failure(run(profile, ',,\n \n'))).message).toContain('is empty');
    expect((await failure(run({ ...profile, csv: { header: 4 } }, 'id,date,name\n'))).message).toContain(
      'holds nothing from line 4 on',
    );
  });

  it('may have columns without a name, which are numbered in what is kept aside', async () => {
    const { rejects } = await imported(profile, ',id,date,name\n0,1,x,Ada\n');
    expect(rejects[0]?.row).toEqual({ '(column 1)': '0', id: '1', date: 'x', name: 'Ada' });
  });

  it('has the columns that the mapping names; all that are missing are told at once', async () => {
    const mapping = {
      ...profile,
      leadId: 'Id',
      events: [...profile.events, { type: 'LeadStageChanged', stage: 'content_form_submitted', when: 'nam' }],
    };
    const error = await failure(run(mapping, 'id,date,name\n1,01-03-2026,Ada\n'));
    expect(error.problems).toEqual([
      { path: 'leadId', given: 'the column "Id"', allowed: 'id, date, name; did you mean "id"?' },
      { path: 'events[1].when', given: 'the column "nam"', allowed: 'id, date, name; did you mean "name"?' },
      { path: 'events[1].stage', given: 'the column "content_form_submitted"', allowed: 'id, date, name' },
    ]);
    expect((await files()).sort()).toEqual(['leads.csv', 'mapping.json']);
  });
});

describe('event ids', () => {
  const csv = 'id,date,name\n1,01-03-2026,Ada\n2,01-03-2026,Bob\n';
  const listIds = async (mapping: Record<string, unknown>, text: string) =>
    (await imported(mapping, text)).entries.map(({ detail }) => detail.metadata.eventId);

  it('are the same whenever, in whatever order and among whatever rows a fact is imported', async () => {
    const first = await listIds(profile, csv);
    expect(await listIds(profile, csv)).toEqual(first);
    expect(
      await listIds(profile, 'name,x,date,id\nEve,,01-03-2026,3\nBob,,01-03-2026,2\nAda,,01-03-2026,1\n'),
    ).toEqual([expect.any(String), ...first.toReversed()]);
  });

  it('do not depend on the order of attributes in the mapping', async () => {
    const attributes = { a: 'name', b: 'id' };
    const turned = { b: 'id', a: 'name' };
    expect(await listIds(withEvents({ type: 'LeadProfileUpdated', attributes }), csv)).toEqual(
      await listIds(withEvents({ type: 'LeadProfileUpdated', attributes: turned }), csv),
    );
  });

  it('differ where source, type, lead, time or content do', async () => {
    const activity = { type: 'LeadActivityRecorded', activity: { fixed: 'a' } };
    const ids = [
      ...(await listIds(profile, csv)),
      ...(await listIds({ ...profile, source: 'crm.eu' }, csv)),
      ...(await listIds(withEvents(activity, { ...activity, activity: { fixed: 'b' } }), csv)),
      ...(await listIds(profile, csv.replaceAll('01-03', '02-03'))),
      ...(await listIds(profile, csv.replace('Ada', 'Adam').replace('Bob', 'Bobby'))),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('differ for two events of one row that say the same', async () => {
    const activity = { type: 'LeadActivityRecorded', activity: { fixed: 'a' } };
    const ids = await listIds(withEvents(activity, activity), 'id,date\n1,01-03-2026\n');
    expect(new Set(ids).size).toBe(2);
  });

  it('are shared by rows that say the same, which is counted, unless the records have ids', async () => {
    const log = 'id,date,record\n1,01-03-2026,r-1\n1,01-03-2026,r-2\n';
    const activity = { type: 'LeadActivityRecorded', activity: { fixed: 'a' } };
    const shared = await imported(withEvents(activity), log);
    expect(shared.summary).toMatchObject({ events: 2, repeatedEvents: 1, leads: { count: 1 } });
    const told = await imported(withEvents({ ...activity, recordId: 'record' }), log);
    expect(told.summary).toMatchObject({ events: 2, repeatedEvents: 0 });
  });

  it('do not hold the lead id, which may be an e-mail address', async () => {
    const [id] = await listIds(profile, 'id,date,name\nada@example.com,01-03-2026,Ada\n');
    expect(id).not.toContain('ada');
  });

  it('fit into their contract with the longest lead id', async () => {
    expect(await listIds(profile, `id,date,name\n${'x'.repeat(128)},01-03-2026,Ada\n`)).toHaveLength(1);
  });
});

describe('the mapping', () => {
  const csv = 'Größe,date,name\n1,01-03-2026,Ada\n';
  const text = JSON.stringify({ ...profile, leadId: 'Größe' }, undefined, 1);
  const withMapping = async (bytes: string | Buffer) => {
    await write('other.json', bytes);
    return run(profile, csv, { mapping: path('other.json') });
  };

  it.each([
    ['UTF-8', text],
    ['UTF-8 with a byte order mark', `\ufeff${text}`],
    ['UTF-16, the low byte first', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, the high byte first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('may be in %s', async (_encoding, bytes) => {
    expect((await withMapping(bytes)).events).toBe(1);
  });

  it('is refused, with the line, in another encoding', async () => {
    const { message } = await failure(withMapping(Buffer.from(text, 'latin1')));
    const line = text.split('\n').findIndex((each) => each.includes('Größe')) + 1;
    expect(message).toMatch(
      new RegExp(
        `other\\.json can't be read: line ${line} holds bytes that are no UTF-8; allowed: a text in UTF-8$`,
      ),
    );
  });
});

describe('the files', () => {
  it('are written in a folder that is made, and over those of an earlier import', async () => {
    const out = path('deep/er/events.jsonl');
    await run(profile, 'id,date,name\n1,01-03-2026,Ada\n', { out });
    await run(profile, 'id,date,name\n2,01-03-2026,Bob\n', { out });
    expect((await read('deep/er/events.jsonl')).split('\n')).toHaveLength(2);
  });

  it('are as they were when an import is broken off', async () => {
    await write('events.jsonl', 'as it was\n');
    const controller = new AbortController();
    const rows = Array.from({ length: 20_000 }, (_, n) => `${n},01-03-2026,Ada`).join('\n');
    const attempt = run(profile, `id,date,name\n${rows}\n`, {
      signal: controller.signal,
      onProgress: ({ rows }) => rows > 5_000 && controller.abort(new Error('stopped')),
    });
    await expect(attempt).rejects.toThrow('stopped');
    expect(await read('events.jsonl')).toBe('as it was\n');
    expect((await files()).sort()).toEqual(['events.jsonl', 'leads.csv', 'mapping.json']);
  });

  it('are never those that are read', async () => {
    const csv = 'id,date,name\n1,01-03-2026,Ada\n';
    for (const options of [
      { out: path('leads.csv') },
      { out: path('mapping.json') },
      { rejects: path('leads.csv') },
      { rejects: path('events.jsonl') },
    ]) {
      await expect(run(profile, csv, options)).rejects.toMatchObject({ code: 'USAGE' });
    }
    expect(await read('leads.csv')).toBe(csv);
  });

  it('that are not there are named', async () => {
    const missing = await failure(run(profile, '', { file: path('nothing.csv') }));
    expect(missing).toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('nothing.csv'),
    });
    expect((await failure(run(profile, '', { mapping: path('nothing.json') }))).code).toBe('file-unreadable');
  });

  it('are read with progress, up to all their bytes', async () => {
    const seen: number[] = [];
    const rows = Array.from({ length: 10_000 }, (_, n) => `${n},01-03-2026,Ada`).join('\n');
    const csv = `id,date,name\n${rows}\n`;
    await run(profile, csv, {
      onProgress: ({ bytesRead, bytesTotal }) => {
        expect(bytesTotal).toBe(csv.length);
        seen.push(bytesRead);
      },
    });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(csv.length);
  });
});

describe('the file that events go to', () => {
  it.each([
    ['a link', (target: string) => symlinkSync('/nowhere', target)],
    ['a folder', (target: string) => mkdirSync(target)],
  ])('is never put in the place of %s', async (what, make) => {
    make(path('events.jsonl'));
    const attempt = imported(profile, 'id,date,name\nl-1,01-03-2026,Ada\n');
    expect((await failure(attempt)).message).toContain(
      `it is ${what}; allowed: a new file, or one to replace`,
    );
  });
});
