import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCsv } from '../../../cli/import/index.ts';
import { crmExports } from '../../support/crm-exports.ts';
import { findFence, findFences, parseFences, readDocument } from '../../support/docs.ts';

const files = findFences(parseFences(readDocument('import-exports.md')), 'file');

interface ImportedLine {
  readonly 'detail-type': string;
  readonly detail: {
    readonly metadata: { readonly occurredAt: string; readonly eventId: string };
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** Imports an export by the mapping that the page shows for it. */
const importExport = async (name: string, change = (csv: string) => csv) => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-docs-'));
  try {
    for (const [file, build] of Object.entries(crmExports))
      writeFileSync(join(folder, file), change(build()));
    const mapping = join(folder, `${name}.json`);
    writeFileSync(mapping, findFence(files, `${name}.json`).body);
    const out = join(folder, 'events.jsonl');
    const summary = await importCsv({ file: join(folder, `${name}.csv`), mapping, out });
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    return { summary, entries: lines.map((line) => JSON.parse(line) as ImportedLine) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const dataOf = (entries: readonly ImportedLine[], type: string) =>
  entries.filter(({ 'detail-type': one }) => one === type).map(({ detail }) => detail.data);

describe('the mappings of import-exports.md', () => {
  it('are all tried', () => {
    expect([...files].map(([name]) => name)).toEqual([
      'zoho-leads.json',
      'hubspot-contacts.json',
      'salesforce-leads.json',
    ]);
  });

  it('import Zoho leads with dates by month names, amounts in dollars and shares in per cent', async () => {
    const { summary, entries } = await importExport('zoho-leads');
    expect(summary).toMatchObject({
      rows: 300,
      rejectedRows: 0,
      joins: [{ rows: 200, matchedRows: 200, rejectedRows: 0 }],
      eventsByType: {
        LeadProfileUpdated: 300,
        LeadStageChanged: 189,
        LeadAnswersRecorded: 200,
        LeadOutcomeRecorded: 95,
      },
    });
    expect(entries[0]?.detail.metadata.occurredAt).toBe('2025-01-06T13:30:00.000Z');
    const amounts = dataOf(entries, 'LeadOutcomeRecorded').map(({ amount }) => Number(amount));
    expect(Math.min(...amounts)).toBeGreaterThanOrEqual(1000);
    expect(amounts.some((amount) => amount % 1 === 0.5)).toBe(true);
    const shares = dataOf(entries, 'LeadAnswersRecorded').map(({ answers }) => JSON.stringify(answers));
    expect(new Set(shares)).toEqual(
      new Set([10, 45, 100].map((value) => `{"problemFitPercent":{"value":${value}}}`)),
    );
  });

  it('import HubSpot contacts with the deals of each, one person a spelling of an address', async () => {
    const { summary, entries } = await importExport('hubspot-contacts');
    expect(summary).toMatchObject({
      rows: 300,
      rejectedRows: 0,
      leads: { count: 300 },
      joins: [{ rows: 120, matchedRows: 114, unmatchedRows: 6, rejectedRows: 0 }],
    });
    for (const { detail } of entries) {
      expect(detail.data.leadId).toBe(String(detail.data.leadId).toLowerCase());
    }
    // Deal 7001 names two contacts.
    const owners = dataOf(entries, 'LeadStageChanged').filter(({ dealId }) => dealId === '7001');
    expect(owners.map(({ leadId }) => String(leadId).replace(/@.*/, ''))).toEqual(['lead1', 'lead101']);
    const seniorities = dataOf(entries, 'LeadProfileUpdated').map(
      ({ attributes }) => (attributes as Record<string, unknown>).seniority,
    );
    expect(new Set(seniorities)).toEqual(new Set(['executive', 'director', 'manager', 'staff', undefined]));
    const totals = dataOf(entries, 'LeadActivityRecorded').map(({ total }) => total);
    expect([totals.length, Math.max(...totals.map(Number))]).toEqual([278, 13]);
  });

  it('import the HubSpot export of another week so that only what grew is a new event', async () => {
    const ids = ({ entries }: { readonly entries: readonly ImportedLine[] }) =>
      entries.map(
        ({ detail }) => `${detail.data.leadId} ${detail.metadata.occurredAt} ${detail.metadata.eventId}`,
      );
    const first = ids(await importExport('hubspot-contacts'));
    // One contact came back a week later.
    const next = await importExport('hubspot-contacts', (csv) =>
      csv.replace(/^(51003013,.*),13,[\d :-]+/m, '$1,17,2025-03-31 08:30'),
    );
    const added = next.entries.filter((_, index) => !first.includes(ids(next)[index] ?? ''));
    expect(added.map(({ detail }) => detail.data)).toEqual([
      { leadId: expect.stringMatching(/^lead13@/), activity: 'page_visited', total: 17 },
    ]);
  });

  it('import Salesforce leads with dates that have a narrow space, and the outcome of their opportunities', async () => {
    const { summary, entries } = await importExport('salesforce-leads');
    expect(summary).toMatchObject({
      rows: 300,
      rejectedRows: 0,
      joins: [{ rows: 75, matchedRows: 75, rejectedRows: 0 }],
      eventsByType: { LeadProfileUpdated: 300, LeadStageChanged: 227, LeadOutcomeRecorded: 47 },
    });
    const amounts = dataOf(entries, 'LeadOutcomeRecorded').map(({ amount }) => Number(amount));
    expect(Math.min(...amounts)).toBeGreaterThanOrEqual(5500);
  });
});
