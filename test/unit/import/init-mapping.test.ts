import { describe, expect, it } from 'vitest';
import { initMapping } from '../../../cli/import/index.ts';
import { crmExports } from '../../support/crm-exports.ts';
import { said, useSandbox } from './sandbox.ts';

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

const stage = 'LeadStageChanged';
const profile = 'LeadProfileUpdated';
const outcome = 'LeadOutcomeRecorded';

describe('a first mapping of a known export', () => {
  it.each<[string, File[], Record<string, number>]>([
    ['Zoho leads', ['zoho-leads.csv'], { [profile]: 300, [stage]: 189 }],
    ['Zoho deals', ['zoho-potentials.csv'], { [stage]: 200, [outcome]: 95 }],
    [
      'Zoho leads',
      ['zoho-leads.csv', 'zoho-potentials.csv'],
      { [profile]: 300, [stage]: 389, [outcome]: 95 },
    ],
    [
      'HubSpot contacts',
      ['hubspot-contacts.csv'],
      { [profile]: 300, [stage]: 323, LeadActivityRecorded: 278 },
    ],
    [
      'HubSpot contacts',
      ['hubspot-contacts.csv', 'hubspot-deals.csv'],
      { [profile]: 300, [stage]: 461, [outcome]: 81, LeadActivityRecorded: 278 },
    ],
    ['HubSpot deals', ['hubspot-deals.csv'], { [outcome]: 67 }],
    ['Salesforce leads', ['salesforce-leads.csv'], { [profile]: 300, [stage]: 227 }],
    ['Salesforce opportunities', ['salesforce-opportunities.csv'], { [stage]: 75, [outcome]: 47 }],
    [
      'Salesforce leads',
      ['salesforce-leads.csv', 'salesforce-opportunities.csv'],
      { [profile]: 300, [stage]: 227, [outcome]: 47 },
    ],
    ['Pipedrive people', ['pipedrive-people.csv'], { [profile]: 300 }],
    ['Pipedrive deals', ['pipedrive-deals.csv'], { [stage]: 150, [outcome]: 97 }],
    [
      'Pipedrive people',
      ['pipedrive-people.csv', 'pipedrive-deals.csv'],
      { [profile]: 300, [stage]: 150, [outcome]: 97 },
    ],
  ])('of %s imports it without a bad row: %j', async (name, files, events) => {
    const { remarks, summary, rejects } = await initAndImport(...files);
    expect(remarks[0]).toBe(`${files[0]} is ${name}`);
    expect(rejects.filter(({ kind }) => kind === 'rejected')).toEqual([]);
    expect(summary.eventsByType).toEqual(events);
  });

  it('names the values that it guessed or does not know', async () => {
    const { remarks, mapping } = await initAndImport('zoho-leads.csv');
    expect(remarks.at(-1)).toMatch(
      /^Lead Status: no stage is known for "(?:Junk|Lost) Lead", "(?:Junk|Lost) Lead"; add what they mean/,
    );
    expect(mapping.occurredAt).toEqual({ column: 'Created Time', format: 'd MMM, yyyy H:mm:ss' });
  });

  it('knows the columns by the names that a program has for them', async () => {
    const csv =
      'Id,FirstName,LastName,Company,Email,Status,CreatedDate,NumberOfEmployees\n' +
      '00Q1,Ada,Lovelace,Engines,ada@example.com,Working - Contacted,2025-03-01T10:00:00.000+0000,12\n';
    await write('leads.csv', csv);
    const { mapping, remarks } = await initMapping([path('leads.csv')]);
    expect(remarks[0]).toBe('leads.csv is Salesforce leads');
    const { entries } = await imported(mapping, csv);
    expect(entries.map(said)).toEqual([
      { attributes: { emailType: 'business', company: 'Engines', employees: 12 } },
      { stage: 'mql' },
    ]);
  });

  it('joins no file that nothing connects', async () => {
    await write('people.csv', crmExports['pipedrive-people.csv']());
    await write('deals.csv', crmExports['hubspot-deals.csv']());
    await expect(initMapping([path('people.csv'), path('deals.csv')])).rejects.toThrow(
      /is HubSpot deals; nothing is known that joins it to .*, Pipedrive people/,
    );
  });
});

describe('a first mapping of another file', () => {
  const init = async (csv: string | Uint8Array) => {
    await write('leads.csv', csv);
    const first = await initMapping([path('leads.csv')]);
    return { ...first, ...(await imported(first.mapping, csv, { asOf: '2026-03-01T00:00:00.000Z' })) };
  };

  it('has its delimiter, its numbers, its dates and its stages', async () => {
    const { mapping, entries, rejects } = await init(
      'Kunden-ID;Created;Job title;E-Mail;Status;Umsatz\n' +
        'K-1;28.02.2025 09:30;Chief Buyer;a@example.com;Angebot / Proposal;1.250,50\n' +
        'K-2;01.03.2025 10:00;Clerk;b@gmail.com;New;980,00\n',
    );
    expect(mapping).toMatchObject({
      csv: { delimiter: ';' },
      leadId: 'Kunden-ID',
      occurredAt: { column: 'Created', format: 'd.M.yyyy H:mm' },
    });
    expect(rejects).toEqual([]);
    expect(entries.map(said)).toEqual([
      {
        attributes: {
          jobTitle: 'Chief Buyer',
          seniority: 'executive',
          emailType: 'business',
          umsatz: 1250.5,
        },
      },
      { stage: 'opportunity' },
      { attributes: { jobTitle: 'Clerk', seniority: 'staff', emailType: 'private', umsatz: 980 } },
      { stage: 'lead' },
    ]);
  });

  it.each([
    ['03/04/2025', '12/11/2025', 'd/M/yyyy', true],
    ['03/04/2025', '13/04/2025', 'd/M/yyyy', false],
    ['03/04/2025', '04/13/2025', 'M/d/yyyy', false],
    ['20-10-16', '20-12-16', 'd-M-yy', false],
    ['45692', '45700.5', 'excel-serial', false],
    ['1745849130', '1745849131', 'epoch-seconds', false],
    ['3. März 2025', '4. Mai 2025', 'd. MMM yyyy', false],
    ['2024-04-02 21:21:10+00', '2024-04-03 21:21:10.5 UTC', 'iso', false],
  ])('reads the dates %s and %s as %s; ambiguous: %s', async (first, second, format, ambiguous) => {
    const { mapping, remarks } = await init(`id,created at,plan\n1,${first},a\n2,${second},b\n`);
    expect(mapping.occurredAt).toMatchObject({ column: 'created at', format });
    expect(remarks.some((text) => text.includes('whether the day or the month is first'))).toBe(ambiguous);
  });

  it('leaves out an event, not a row, if dates are missing', async () => {
    const { mapping, rejects, entries } = await init('id,created,plan\n1,2025-03-01,a\n2,,b\n');
    expect(mapping.occurredAt).toBeUndefined();
    expect([rejects.length, entries.length]).toEqual([0, 1]);
  });

  it('asks for the date of the export if it has none', async () => {
    const { remarks, entries } = await init('id,plan\n1,a\n');
    expect(remarks).toContain('no column holds the date of a row: give that of the export with --as-of');
    expect(entries.map(({ time }) => time)).toEqual(['2026-03-01T00:00:00Z']);
  });

  it('escapes ids that no lead may have, and leaves out who a person is', async () => {
    const { entries, remarks } = await init('user id,created,first name,plan\nauth0|7d,2025-03-01,Ada,a\n');
    expect(entries.map(({ detail }) => detail.data)).toEqual([
      { leadId: 'esc:auth0:7C7d', attributes: { plan: 'a' } },
    ]);
    expect(remarks.join()).toContain('they are escaped');
  });

  it.each<[string, (text: string) => Uint8Array | string, object]>([
    ['windows-1252', (text) => Buffer.from(text, 'latin1'), { encoding: 'windows-1252' }],
    ['UTF-16 with a mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), {}],
    ['a UTF-8 mark', (text) => `\uFEFF${text}`, {}],
    ['a line before the header', (text) => `Contacts of the CRM\r\n${text}`, { header: 2 }],
    ['a line sep=', (text) => `sep=;\r\n${text}`, {}],
  ])('reads a file with %s', async (_, encode, csv) => {
    const { mapping, entries } = await init(encode('id;created;stadt\r\n1;2025-03-01;Köln\r\n'));
    expect(mapping.csv).toEqual({ delimiter: ';', ...csv });
    expect(entries.map(said)).toEqual([{ attributes: { stadt: 'Köln' } }]);
  });

  it.each([
    ['no rows', 'id,created,plan\n'],
    ['one column', 'id\n1\n2\n'],
    ['names that no attribute may have', 'id,created,1st,$,__proto__,constructor\n1,2025-03-01,a,b,c,d\n'],
    ['the same name twice', 'id,created,x,x\n1,2025-03-01,a,b\n'],
    ['cells that are cut off', 'id,created,x\n1,2025-03-01\n'],
    ['long texts', `id,created,x\n1,2025-03-01,${'y'.repeat(2000)}\n`],
  ])('can be imported, with %s', async (_, csv) => {
    const { rejects } = await init(csv);
    expect(rejects).toEqual([]);
  });

  it('doubts an id that most rows share', async () => {
    const { remarks } = await init(`plan,created\n${'a,2025-03-01\nb,2025-03-01\n'.repeat(10)}`);
    expect(remarks).toContain('plan: only 2 of 20 ids differ; is there no other column that names a lead?');
  });

  it('is not made of a file without columns', async () => {
    await write('leads.csv', '');
    await expect(initMapping([path('leads.csv')])).rejects.toThrow('is empty');
  });
});
