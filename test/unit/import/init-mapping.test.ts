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
    expect(remarks.find((remark) => remark.startsWith('Lead Status'))).toMatch(
      /^Lead Status: no stage is known for "(?:Junk|Lost) Lead", "(?:Junk|Lost) Lead"; add what they mean/,
    );
    expect(mapping.occurredAt).toEqual({ column: 'Created Time', format: 'd MMM, yyyy H:mm:ss' });
  });

  it('names the columns that it leaves out, of joined files, too', async () => {
    await write(
      'contacts.csv',
      'Record ID,Email,Create Date,Lifecycle Stage,CONTACT OWNER,Shoe Size\n1,a@b.org,2025-03-01,Lead,Kim,42\n',
    );
    await write(
      'deals.csv',
      'Record ID,Deal Name,Deal Stage,Close Date,Associated Contact IDs,Weather\n9,Big,Closed Won,2025-04-01,1,fine\n',
    );
    const { mapping, remarks } = await initMapping([path('contacts.csv'), path('deals.csv')]);
    expect(JSON.stringify(mapping)).toContain('"owner":"CONTACT OWNER"');
    expect(remarks.slice(-2)).toEqual([
      'contacts.csv: columns that are not used: Shoe Size',
      expect.stringMatching(/^deals\.csv: columns that are not used: .*Weather$/),
    ]);
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
    const { mapping, entries } = await init(encode('id;created;region\r\n1;2025-03-01;Köln\r\n'));
    expect(mapping.csv).toEqual({ delimiter: ';', ...csv });
    expect(entries.map(said)).toEqual([{ attributes: { region: 'Köln' } }]);
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

  it.each<[string, string, { delimiter?: string; header?: number } | undefined]>([
    ['a name twice', 'Id,Name,Created,Notes,Notes\n1,Ada,2025-03-01,a,b\n2,Bob,2025-03-02,,\n', undefined],
    ['a column without a name', 'id,,created\n1,x,2025-03-01\n2,y,2025-03-02\n', undefined],
    ['a last column without a name', 'id,created,plan,\n1,2025-03-01,a,x\n2,2025-03-02,b,y\n', undefined],
    ['rows that end with a delimiter', 'id,created,plan\n1,2025-03-01,a,\n2,2025-03-02,b,\n', undefined],
    [
      'rows that are too long',
      'id,created,plan\n1,2025-03-01,a,b\n2,2025-03-02,b\n3,2025-03-02,b\n',
      undefined,
    ],
    ['rows that are cut off', 'id,created,plan,x,y\n1,2025-03-01\n2,2025-03-02\n', undefined],
    ['decimal commas', 'id;2023;2024\n1,5;2,5;3,5\n1,5;2,5;3,5\n', { delimiter: ';' }],
    ['names with commas', 'id;who;where\n1;Doe, J;A, B, C\n2;Roe, J;A, B, C\n', { delimiter: ';' }],
    ['a title that is filled up', 'Contacts,,,\nid,created,x,x\n1,2025-03-01,a,b\n', { header: 2 }],
    [
      'a title with other delimiters',
      'Contacts, all of them, 2025\n\nid;created;plan;plan\n1;2025-03-01;a;b\n',
      { delimiter: ';', header: 3 },
    ],
  ])('finds the header of a file with %s', async (_, csv, expected) => {
    await write('leads.csv', csv);
    const { mapping, remarks } = await initMapping([path('leads.csv')]);
    expect(mapping.csv).toEqual(expected);
    const line = expected?.header;
    expect(remarks.filter((text) => text.includes('header'))).toEqual(
      line === undefined ? [] : [`leads.csv: line ${line} is taken for the header`],
    );
  });

  it('says which columns have no name of their own', async () => {
    const { remarks } = await init('id,created,Notes,,Notes\n1,2025-03-01,a,b,c\n');
    expect(remarks).toContain(
      'leads.csv: columns without a name, or with one that is there twice, are left out: 3, 4, 5',
    );
  });

  it.each([
    ['1.200', '45', [1200, 45], 'nothing shows whether "1.200" is 1200 or 1.2; it is read as 1200'],
    [
      '12,500',
      '3,750',
      [12500, 3750],
      'nothing shows whether "12,500" is 12500 or 12.5; it is read as 12500',
    ],
    ['1.200', '1.200,5', [1200, 1200.5], undefined],
    ['1,200', '3.5', [1200, 3.5], undefined],
    ['1.200', '1.25', [1.2, 1.25], undefined],
    ['0.125', '1.250', [0.125, 1.25], undefined],
    ['1 200', '45', [1200, 45], undefined],
    ['€ 1.200', '€ 45', [1200, 45], 'nothing shows whether "€ 1.200" is 1200 or 1.2; it is read as 1200'],
  ])('reads the numbers %j and %j as %j', async (first, second, values, doubt) => {
    const { entries, remarks } = await init(
      `id;created;size\n1;2025-03-01;${first}\n2;2025-03-01;${second}\n`,
    );
    expect(entries.map(said)).toEqual(values.map((size) => ({ attributes: { size } })));
    expect(remarks.filter((text) => text.startsWith('size: '))).toEqual(doubt ? [`size: ${doubt}`] : []);
  });

  it.each([
    'Name',
    'Firstname',
    'Lastname',
    'Surname',
    'FullName',
    'Telephone',
    'Phone2',
    'Cell',
    'Mobil',
    'Fax-Nr',
    'Vorname',
    'Nachname',
    'Telefon',
    'Postcode',
    'ZIP',
    'PLZ',
    'Ort',
    'City',
    'Straße',
    'Strasse',
    'Address1',
    'Lieferadresse',
    'Birthday',
    'Geburtsdatum',
    'Prénom',
    'Téléphone',
  ])('takes no attribute from the column %s', async (name) => {
    const { entries } = await init(`id,created,plan,${name}\n1,2025-03-01,a,x\n`);
    expect(entries.map(said)).toEqual([{ attributes: { plan: 'a' } }]);
  });

  it('takes no attribute from e-mail addresses, whatever their column is called', async () => {
    const { entries } = await init('id,created,plan,contact\n1,2025-03-01,a,ada@example.com\n');
    expect(entries.map(said)).toEqual([{ attributes: { plan: 'a' } }]);
  });

  it.each(['Capacity', 'Region', 'Sortiment', 'Automobile', 'Cellar', 'Tournament'])(
    'takes an attribute from the column %s',
    async (name) => {
      const { entries } = await init(`id,created,${name}\n1,2025-03-01,x\n`);
      expect(entries.map(said)).toEqual([{ attributes: { [name.toLowerCase()]: 'x' } }]);
    },
  );

  it('numbers the attributes of columns that would be one', async () => {
    const { entries, remarks } = await init(
      'id,created,Lead Source,lead_source,leadSource2\n1,2025-03-01,a,b,c\n',
    );
    expect(entries.map(said)).toEqual([
      { attributes: { leadSource: 'a', leadSource3: 'b', leadSource2: 'c' } },
    ]);
    expect(remarks).toContain('lead_source: leadSource is another column; the attribute is leadSource3');
  });

  it('says which columns are too many for a first mapping', async () => {
    const names = Array.from({ length: 33 }, (_, index) => `field ${index}`);
    const { remarks, entries } = await init(`id,created,${names.join()}\n1,2025-03-01${',x'.repeat(33)}\n`);
    expect(Object.keys(said(entries[0]).attributes ?? {})).toHaveLength(30);
    expect(remarks).toContain(
      'only the first 30 columns became attributes; left out: field 30, field 31, field 32',
    );
  });

  it.each([
    ['13/04/2025', 'd/M/yyyy', 'day'],
    ['04/13/2025', 'M/d/yyyy', 'month'],
  ])('takes the order of day and month that %s proves, in another column', async (proof, format, part) => {
    const { mapping, remarks } = await init(`id,created,modified,plan\n1,03/04/2025,${proof},a\n`);
    expect(mapping.occurredAt).toMatchObject({ column: 'created', format });
    expect(remarks).toContain(`created: the ${part} is taken to be first, as in "modified"`);
    expect(remarks.join()).not.toContain('nothing shows');
  });

  it('takes no order of day and month from columns that contradict each other', async () => {
    const { remarks } = await init('id,created,a,b\n1,03/04/2025,13/04/2025,04/13/2025\n');
    expect(remarks.join()).toContain('nothing shows whether the day or the month is first');
  });

  it.each([
    ['2025-03-01 10:00', true],
    ['2025-03-01', true],
    ['2025-03-01T10:00:00Z', false],
    ['2025-03-01 10:00+02:00', false],
    ['1745849130', false],
  ])('says in which time zone it reads %s: %s', async (text, expected) => {
    const { remarks } = await init(`id,created,plan\n1,${text},a\n`);
    expect(
      remarks.includes('created: dates without an offset are read as UTC; "timeZone" names another zone'),
    ).toBe(expected);
  });

  it.each([
    ['nothing.csv', "is not there or can't be read"],
    ['.', 'is not a file'],
  ])('is not made of %s', async (name, message) => {
    await expect(initMapping([path(name)])).rejects.toThrow(message);
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
