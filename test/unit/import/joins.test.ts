import { describe, expect, it } from 'vitest';
import { said, useSandbox } from './sandbox.ts';

const { path, write, run, imported } = useSandbox();

const won = {
  type: 'LeadOutcomeRecorded',
  at: { column: 'deals.won', format: 'dd-MM-yyyy HH:mm' },
  outcome: { fixed: 'won' },
};
const mapping = {
  source: 'crm',
  leadId: 'id',
  occurredAt: { column: 'date', format: 'dd-MM-yyyy' },
  join: [{ name: 'deals', file: 'deals.csv', key: 'lead', on: 'id' }],
  events: [{ type: 'LeadActivityRecorded', activity: { fixed: 'a' } }, won],
};
const leads = 'id,date\n1,01-03-2026\n2,01-03-2026\n3,01-03-2026\n';

const listDetailTypes = (
  entries: readonly { 'detail-type': string; detail: { data: Record<string, unknown> } }[],
) => entries.map(({ 'detail-type': type, detail }) => `${detail.data.leadId} ${type}`);

describe('a joined file', () => {
  it('gives events to the rows that have a row in it, at its own date', async () => {
    await write('deals.csv', 'won,lead\n05-03-2026 12:30,2\n');
    const { entries, summary } = await imported(mapping, leads);
    expect(listDetailTypes(entries)).toEqual([
      '1 LeadActivityRecorded',
      '2 LeadActivityRecorded',
      '2 LeadOutcomeRecorded',
      '3 LeadActivityRecorded',
    ]);
    expect(entries[2]?.time).toBe('2026-03-05T12:30:00Z');
    expect(summary.joins).toEqual([
      { name: 'deals', file: path('deals.csv'), rows: 1, matchedRows: 1, unmatchedRows: 0, rejectedRows: 0 },
    ]);
  });

  it.each<[string, string, object, boolean]>([
    ['a main row has in other letters', 'ANNA', {}, true],
    ['no main row has', 'ann', {}, false],
    ['is in a list with one in other letters', 'x;Anna', { separator: ';' }, true],
    ['no main row has, whatever the case', 'ann', { case: 'lower' }, false],
  ])('names "case" for a key that %s: %s, %j', async (_, key, options, expected) => {
    await write('deals.csv', `won,lead\n05-03-2026 12:30,${key}\n`);
    const join = [{ ...mapping.join[0], ...options }];
    const { rejects } = await imported({ ...mapping, join }, 'id,date\nanna,01-03-2026\nbert,01-03-2026\n');
    expect(rejects.map(({ kind }) => kind)).toEqual(['unmatched']);
    expect(rejects[0]?.reasons[0]?.allowed.includes('"case": "lower"')).toBe(expected);
  });

  it('adds attributes to an event that exists without them', async () => {
    await write('deals.csv', 'lead,size\n2,40\n');
    const attributes = { date: 'date', size: { column: 'deals.size', type: 'number' } };
    const { entries } = await imported(
      { ...mapping, events: [{ type: 'LeadProfileUpdated', attributes }] },
      'id,date\n1,01-03-2026\n2,01-03-2026\n',
    );
    expect(entries.map(said)).toEqual([
      { attributes: { date: '01-03-2026' } },
      { attributes: { date: '01-03-2026', size: 40 } },
    ]);
  });

  it('decides by "when" whether a fixed event happens', async () => {
    await write('deals.csv', 'lead,won\n2,x\n');
    const fixed = { type: 'LeadStageChanged', stage: { fixed: 'customer' } };
    const joined = await imported({ ...mapping, events: [{ ...fixed, when: { joined: 'deals' } }] }, leads);
    expect(listDetailTypes(joined.entries)).toEqual(['2 LeadStageChanged']);
    const without = { ...fixed, when: { column: 'deals.lead', filled: false } };
    const others = await imported({ ...mapping, events: [without] }, leads);
    expect(listDetailTypes(others.entries)).toEqual(['1 LeadStageChanged', '3 LeadStageChanged']);
  });

  it('has its rows kept aside that match no main row, or that are broken', async () => {
    await write(
      'deals.csv',
      'won,lead\n05-03-2026 12:30,9\n05-03-2026 12:30,\n05-03-2026 12:30\n05-03-2026 12:30,1\n',
    );
    const { summary, rejects } = await imported(mapping, leads);
    expect(summary).toMatchObject({
      rows: 3,
      rejectedRows: 0,
      joins: [{ rows: 4, matchedRows: 1, unmatchedRows: 3, rejectedRows: 0 }],
    });
    expect(rejects.map(({ file, line, kind, reasons }) => [file, line, kind, reasons[0]?.path])).toEqual([
      [path('deals.csv'), 2, 'unmatched', 'deals.lead'],
      [path('deals.csv'), 3, 'unmatched', 'deals.lead'],
      [path('deals.csv'), 4, 'unmatched', 'deals.lead'],
    ]);
    expect(rejects[0]).toMatchObject({
      reasons: [{ given: '"9"', allowed: 'a value of the main file\'s column "id"' }],
      row: { won: '05-03-2026 12:30', lead: '9' },
    });
  });

  it('has no row aside whose cells are missing or surplus at its end, if they say nothing', async () => {
    await write(
      'deals.csv',
      'lead,won,note\n2,05-03-2026 12:30\n3,05-03-2026 12:30,x,,\n,,,,\n1,05-03-2026 12:30,x,y\n',
    );
    const { summary, rejects } = await imported(mapping, leads);
    expect(summary.joins).toMatchObject([{ rows: 3, matchedRows: 2, rejectedRows: 1 }]);
    expect(rejects.map(({ line, reasons }) => [line, reasons[0]?.given])).toEqual([[5, '"y" in cell 4']]);
  });

  it('has its own line of the header, and the settings of the main file otherwise', async () => {
    await write('deals.csv', 'won;lead\n05-03-2026 12:30;2\n');
    const main = 'Contacts of the CRM\n\nid;date\n2;01-03-2026\n';
    const csv = { delimiter: ';', header: 3 };
    expect((await imported({ ...mapping, csv }, main)).summary.joins).toMatchObject([{ matchedRows: 1 }]);
    await write('deals.csv', 'Deals\nwon,lead\n05-03-2026 12:30,2\n');
    const join = [{ ...mapping.join[0], csv: { header: 2 } }];
    expect((await imported({ ...mapping, csv, join }, main)).summary.joins).toMatchObject([
      { matchedRows: 1 },
    ]);
  });

  it('may have its key column by number', async () => {
    await write('deals.csv', 'lead,won,lead\nx,05-03-2026 12:30,2\n');
    const numbered = { ...mapping, join: [{ ...mapping.join[0], key: 'lead#2' }] };
    expect((await imported(numbered, leads)).summary.joins).toMatchObject([{ matchedRows: 1 }]);
    await expect(imported(mapping, leads)).rejects.toThrow('the column "deals.lead", which is there 2 times');
  });

  describe('by keys', () => {
    const each = { ...won, each: 'deals', recordId: 'deals.won' };
    const joinWith = (options: object) => ({
      ...mapping,
      join: [{ name: 'deals', file: 'deals.csv', key: 'lead', on: 'id', ...options }],
      events: [each],
    });

    it('that differ by case are one if the mapping says so', async () => {
      await write('deals.csv', 'won,lead\n05-03-2026 12:30,ANNA@example.com\n');
      const contacts = 'id,date\nAnna@Example.com,01-03-2026\n';
      expect((await imported(joinWith({}), contacts)).summary.joins[0]).toMatchObject({ unmatchedRows: 1 });
      const { entries, summary } = await imported(joinWith({ case: 'lower' }), contacts);
      expect(listDetailTypes(entries)).toEqual(['Anna@Example.com LeadOutcomeRecorded']);
      expect(summary.joins[0]).toMatchObject({ matchedRows: 1, unmatchedRows: 0 });
    });

    it('are trimmed and composed', async () => {
      await write('deals.csv', 'won,lead\n05-03-2026 12:30, Zo\u0065\u0308 \n');
      const { summary } = await imported(
        { ...joinWith({ on: 'name' }), leadId: 'id' },
        'id,date,name\n1,01-03-2026,\u00a0Zo\u00eb\n',
      );
      expect(summary.joins[0]).toMatchObject({ matchedRows: 1 });
    });

    it('in a list of the joined file belong to each of its leads', async () => {
      await write(
        'deals.csv',
        'won,lead\n05-03-2026 12:30,1; 3\n06-03-2026 12:30,2;;\n07-03-2026 12:30,8;9\n',
      );
      const { entries, summary } = await imported(joinWith({ separator: ';' }), leads);
      expect(entries.map(({ detail, time }) => `${detail.data.leadId} ${time}`)).toEqual([
        '1 2026-03-05T12:30:00Z',
        '2 2026-03-06T12:30:00Z',
        '3 2026-03-05T12:30:00Z',
      ]);
      expect(summary.joins[0]).toMatchObject({ matchedRows: 2, unmatchedRows: 1 });
    });

    it('in a list of the main file take each row once', async () => {
      await write('deals.csv', 'won,lead\n05-03-2026 12:30,D-1\n06-03-2026 12:30,D-2|D-3\n');
      const { entries, summary } = await imported(
        joinWith({ separator: '|', on: 'deals' }),
        'id,date,deals\n1,01-03-2026,D-3|D-2|D-1\n2,01-03-2026,\n',
      );
      expect(entries.map(({ detail, time }) => `${detail.data.leadId} ${time}`)).toEqual([
        '1 2026-03-06T12:30:00Z',
        '1 2026-03-05T12:30:00Z',
      ]);
      expect(summary.joins[0]).toMatchObject({ matchedRows: 2, unmatchedRows: 0, rejectedRows: 0 });
    });

    it('without a text belong to nobody', async () => {
      await write('deals.csv', 'won,lead\n05-03-2026 12:30,\n');
      const { entries, summary } = await imported(joinWith({ on: 'k' }), 'id,date,k\n1,01-03-2026,\n');
      expect(entries).toEqual([]);
      expect(summary.joins[0]).toMatchObject({ matchedRows: 0, unmatchedRows: 1 });
    });
  });

  it('writes no event of a row whose joined row is wrong', async () => {
    await write('deals.csv', 'won,lead\n31-02-2026 12:30,2\n');
    const { entries, rejects } = await imported(mapping, leads);
    expect(listDetailTypes(entries)).toEqual(['1 LeadActivityRecorded', '3 LeadActivityRecorded']);
    expect(rejects[0]).toMatchObject({
      line: 3,
      reasons: [{ path: 'deals.won', given: '"31-02-2026 12:30"' }],
      row: { id: '2', date: '01-03-2026' },
    });
  });

  it('has one row a key, unless an event is for each of them', async () => {
    await write('deals.csv', 'won,lead\n05-03-2026 12:30,2\n06-03-2026 12:30,2\n06-03-2026 12:30,2\n');
    const { rejects } = await imported(mapping, leads);
    expect(rejects[0]?.reasons).toEqual([
      { path: 'events[1]: deals', given: '3 rows of one key', allowed: 'one row, or "each": "deals"' },
    ]);
    const { entries, summary } = await imported({ ...mapping, events: [{ ...won, each: 'deals' }] }, leads);
    expect(entries.map(({ time }) => time)).toEqual([
      '2026-03-05T12:30:00Z',
      '2026-03-06T12:30:00Z',
      '2026-03-06T12:30:00Z',
    ]);
    expect(new Set(entries.map(({ detail }) => detail.metadata.eventId)).size).toBe(3);
    expect(summary.repeatedEvents).toBe(0);
  });

  it('may be one of several, each with its own delimiter', async () => {
    await write('deals.csv', 'won,lead\n05-03-2026 12:30,2\n');
    await write('firms.csv', 'firm;city\nf-1;Bonn\n');
    const two = {
      ...mapping,
      join: [...mapping.join, { name: 'firms', file: 'firms.csv', key: 'firm', csv: { delimiter: ';' } }],
      events: [won, { type: 'LeadProfileUpdated', attributes: { city: 'firms.city' } }],
    };
    const { entries } = await imported(two, 'id,date,firm\n1,01-03-2026,\n2,01-03-2026,f-1\n');
    expect(entries.map(said)).toEqual([{ outcome: 'won' }, { attributes: { city: 'Bonn' } }]);
  });

  it('is looked for where it was given, beside the mapping and beside the main file', async () => {
    await write('other.csv', 'won,lead\n05-03-2026 12:30,3\n');
    const given = await imported(mapping, leads, { joins: { deals: path('other.csv') } });
    expect(given.summary.eventsByType.LeadOutcomeRecorded).toBe(1);
    await expect(run(mapping, leads)).rejects.toThrow(
      /joined file "deals" is not there; looked for .*deals\.csv/,
    );
    await expect(run(mapping, leads, { joins: { deal: 'x' } })).rejects.toThrow(
      'given "deal"; allowed: deals',
    );
  });

  it('has the columns that the mapping names', async () => {
    await write('deals.csv', 'won_date,lead_id\n');
    await expect(run(mapping, leads)).rejects.toMatchObject({
      code: 'headers-invalid',
      problems: [
        {
          path: 'join[0].key',
          given: 'the column "deals.lead"',
          allowed: 'deals.won_date, deals.lead_id; did you mean "deals.lead_id"?',
        },
        { path: 'events[1].at', given: 'the column "deals.won"' },
      ],
    });
  });

  it('is told to be too large for memory', async () => {
    await write('deals.csv', `won,lead\n${'05-03-2026 12:30,2\n'.repeat(11)}`);
    for (const limits of [
      { rows: 10, characters: 1e6 },
      { rows: 100, characters: 100 },
    ]) {
      await expect(run(mapping, leads, { limits })).rejects.toThrow(
        /deals\.csv is too large to join: .*Make it the main file, and join the smaller one/,
      );
    }
  });
});
