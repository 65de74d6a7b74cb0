import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportSummary, importCsv } from '../../../cli/import/index.ts';
import { parseInbound } from '../../../events/index.ts';
import type { AnyEntry } from './sandbox.ts';

const root = join(import.meta.dirname, '../../..');
const data = (file: string) => join(root, '../shared/data', file);
const leadsFile = data('olist_marketing_qualified_leads.csv');
const dealsFile = data('olist_closed_deals.csv');
const missing = [leadsFile, dealsFile].filter((file) => !existsSync(file));
if (missing.length > 0) console.warn(`the Olist import is not tested: ${missing.join(' and ')} not there`);

/** When each deal was won, by lead. */
const wonDates = async (): Promise<Map<string, string>> => {
  const rows = (await readFile(dealsFile, 'utf8')).trim().split(/\r?\n/).slice(1);
  return new Map(
    rows.map((row) => {
      const [lead = '', , , , at = ''] = row.split(',');
      const [day = '', time] = at.split(' ');
      return [lead, `${day.split('-').toReversed().join('-')}T${time}:00.000Z`];
    }),
  );
};

describe.skipIf(missing.length > 0)('the Olist funnel', () => {
  let folder = '';
  let summary: ImportSummary;
  let text = '';
  let entries: AnyEntry[] = [];

  const run = async (name: string) => {
    const out = join(folder, name);
    const mapping = join(root, 'test/fixtures/olist/mapping.json');
    return { summary: await importCsv({ file: leadsFile, mapping, out }), text: await readFile(out, 'utf8') };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-olist-'));
    ({ summary, text } = await run('first.jsonl'));
    entries = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is imported whole: 8,000 leads, 842 of them won, no row rejected', () => {
    expect(summary).toMatchObject({
      rows: 8_000,
      rejectedRows: 0,
      rowsWithoutEvents: 0,
      leads: { count: 8_000, atLeast: false },
      events: 17_684,
      eventsByType: { LeadProfileUpdated: 8_842, LeadActivityRecorded: 8_000, LeadOutcomeRecorded: 842 },
      repeatedEvents: 0,
      from: '2017-06-14T00:00:00.000Z',
      to: '2018-11-14T18:04:00.000Z',
      joins: [{ rows: 842, matchedRows: 842, unmatchedRows: 0, rejectedRows: 0 }],
      reasons: [],
      passedOver: [],
    });
  });

  it('gives lines that are all accepted, each with an id of its own', () => {
    expect(entries).toHaveLength(17_684);
    expect(entries.filter((entry) => !parseInbound(entry, Date.now()).ok)).toEqual([]);
    expect(new Set(entries.map(({ detail }) => detail.metadata.eventId)).size).toBe(17_684);
  });

  it('is the same text when it is imported again', async () => {
    expect((await run('second.jsonl')).text === text).toBe(true);
  });

  it('says nothing about a deal but at the time when it was won', async () => {
    const atFirstContact = new Set(['origin', 'landing_page']);
    const aboutDeals = entries.filter(({ detail: { data } }) => {
      const names = Object.keys((data.attributes as object | undefined) ?? {});
      return data.outcome !== undefined || names.some((name) => !atFirstContact.has(name));
    });
    expect(aboutDeals).toHaveLength(2 * 842);
    const won = await wonDates();
    const elsewhen = aboutDeals.filter(
      ({ detail: { data, metadata } }) => won.get(String(data.leadId)) !== metadata.occurredAt,
    );
    expect(elsewhen).toEqual([]);
  });

  it('has an amount only where a sensible revenue was declared', () => {
    const amounts = entries
      .map(({ detail }) => detail.data.amount)
      .filter((amount) => typeof amount === 'number');
    expect(amounts).toHaveLength(43);
    expect([Math.min(...amounts), Math.max(...amounts)]).toEqual([1_000, 8_000_000]);
  });
});
