import { describe, expect, it } from 'vitest';
import { initMapping } from '../../../cli/import/index.ts';
import { crmExports } from '../../support/crm-exports.ts';
import { useSandbox } from './sandbox.ts';

const { path, write, imported } = useSandbox();

type File = keyof typeof crmExports;

/** Writes exports, makes a mapping of them, and imports them by it. */
const initAndImport = async (...names: File[]) => {
  for (const name of names) await write(name, crmExports[name]());
  const { mapping, remarks } = await initMapping(names.map(path));
  const [main] = names;
  const result = await imported(mapping, main === undefined ? '' : crmExports[main]());
  return { mapping, remarks, ...result };
};

describe('a first mapping of a known export', () => {
  it.each<[string, File[], Record<string, number>]>([
    ['Zoho leads', ['zoho-leads.csv'], { LeadProfileUpdated: 300, LeadStageChanged: 202 }],
    ['Zoho deals', ['zoho-potentials.csv'], { LeadStageChanged: 200, LeadOutcomeRecorded: 101 }],
    ['Zoho leads', ['zoho-leads.csv', 'zoho-potentials.csv'], {}],
    ['HubSpot contacts', ['hubspot-contacts.csv'], {}],
    ['HubSpot contacts', ['hubspot-contacts.csv', 'hubspot-deals.csv'], {}],
    ['Salesforce leads', ['salesforce-leads.csv'], {}],
    ['Salesforce opportunities', ['salesforce-opportunities.csv'], {}],
    ['Salesforce leads', ['salesforce-leads.csv', 'salesforce-opportunities.csv'], {}],
    ['Pipedrive people', ['pipedrive-people.csv'], {}],
    ['Pipedrive deals', ['pipedrive-deals.csv'], {}],
    ['Pipedrive people', ['pipedrive-people.csv', 'pipedrive-deals.csv'], {}],
  ])('of %s imports it without a bad row: %j', async (name, files, events) => {
    const { mapping, remarks, summary, entries, rejects } = await initAndImport(...files);
    expect(remarks[0]).toBe(`${files[0]} is ${name}`);
    expect(rejects.filter(({ kind }) => kind === 'rejected')).toEqual([]);
    expect(summary.leads.count).toBeGreaterThan(50);
    console.log(
      JSON.stringify(mapping),
      remarks,
      summary.eventsByType,
      summary.passedOver,
      summary.joins,
      events,
      entries.length,
    );
  });
});
