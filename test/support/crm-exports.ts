/** Files in the layouts of CRM exports, with what makes them hard to import. The same on each run; all names made up. */

const rows = 300;
const dayMs = 86_400_000;
const begin = Date.UTC(2025, 0, 6, 8, 30);

/** Returns one of several texts, another one for each row and salt. */
const pick = <T>(list: readonly T[], row: number, salt: number): T =>
  list[(row * 7919 + salt * 104_729 + ((row * row) % 97)) % list.length] as T;

const cell = (text: string): string => (/[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const toCsv = (records: readonly Readonly<Record<string, string>>[], delimiter = ','): string => {
  const header = Object.keys(records[0] ?? {});
  const lines = records.map((record) => header.map((name) => cell(record[name] ?? '')).join(delimiter));
  return `${[header.map(cell).join(delimiter), ...lines].join('\r\n')}\r\n`;
};

const firstNames = ['Anna', 'Björn', 'Chloé', 'Dmitri', 'Eve', 'Femke', 'Grace', 'Hugo'];
const lastNames = ["O'Hara", 'Müller', 'Núñez', 'Smith', 'de Vries', 'Kowalska'];
const titles = ['CEO', 'Director of Sales', 'Head of IT', 'Product Manager', 'Doctor', 'C.T.O.', 'Buyer', ''];
const domains = ['Example.com', 'example.org', 'gmail.com', 'EXAMPLE.NET', 'web.de'];
const companies = ['Northwind, Inc.', 'Ferme du Lac', 'Ost & Söhne', 'Pier 9'];
const industries = ['manufacturing', 'software', 'retail', ''];

const emailOf = (row: number): string => {
  const address = `lead${row}@${pick(domains, row, 1)}`;
  return row % 5 === 0 ? address.toUpperCase() : address;
};
const dateOf = (row: number, days = 0): Date => new Date(begin + (row % 120) * dayMs + days * dayMs);
const pad = (value: number): string => String(value).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Writes a date as Zoho does, such as `06 Jan, 2025 08:30:00`. */
const zohoDate = (at: Date): string =>
  `${pad(at.getUTCDate())} ${months[at.getUTCMonth()]}, ${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)}`;
/** Writes a date as HubSpot does, such as `2025-01-06 08:30`. */
const hubspotDate = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');
/** Writes a date as Salesforce does for the United States, with a narrow no-break space before PM. */
const salesforceDate = (at: Date): string =>
  `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()}, ${at.getUTCHours() % 12 || 12}:${pad(at.getUTCMinutes())}\u202f${at.getUTCHours() < 12 ? 'AM' : 'PM'}`;
const dollars = (amount: number): string =>
  `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2 })}`;

const range = Array.from({ length: rows }, (_, row) => row);

const zohoLeads = (): string =>
  toCsv(
    range.map((row) => ({
      LEADID: String(4000 + row),
      'Last Name': pick(lastNames, row, 2),
      Company: pick(companies, row, 3),
      Email: emailOf(row),
      Industry: pick(industries, row, 4),
      'Lead Source': pick(['Trade Show', 'Cold Call', 'Web Research'], row, 5),
      'Lead Status': pick(
        ['Contacted', 'Not Contacted', 'Attempted to Contact', 'Pre Qualified', 'Junk Lead', 'Lost Lead'],
        row,
        6,
      ),
      'Created Time': zohoDate(dateOf(row)),
    })),
  );

const zohoPotentials = (): string =>
  toCsv(
    range.slice(0, 200).map((row) => ({
      'Potential Name': `${pick(lastNames, row, 2)}, ${pick(firstNames, row, 7)}`,
      'Created Time': zohoDate(dateOf(row, 10)),
      'Closing Date': zohoDate(dateOf(row, 40)),
      Amount: dollars(1_000 + row * 137.5),
      Stage: pick(['Closed Won', 'Closed Lost', 'Needs Analysis', 'Proposal/Price Quote'], row, 8),
      Probability: `${pick([10, 45, 100], row, 9)}%`,
      LEADID: String(4000 + row),
    })),
  );

const hubspotContacts = (): string =>
  `\uFEFF${toCsv(
    range.map((row) => ({
      'Record ID': String(51_003_000 + row),
      'First Name': pick(firstNames, row, 7),
      'Last Name': pick(lastNames, row, 2),
      Email: emailOf(row),
      'Job Title': pick(titles, row, 10),
      'Number of Employees': pick(['12', '1,200', '45', ''], row, 11),
      'Lifecycle Stage': pick(
        ['Subscriber', 'Lead', 'Marketing Qualified Lead', 'Customer', 'Evangelist', ''],
        row,
        12,
      ),
      'Create Date': hubspotDate(dateOf(row)),
      'Became a Marketing Qualified Lead Date': row % 3 === 0 ? hubspotDate(dateOf(row, 5)) : '',
      'Became a Customer Date': row % 9 === 0 ? hubspotDate(dateOf(row, 60)) : '',
      'Last Modified Date': hubspotDate(dateOf(row, 70)),
      'Number of Pageviews': String(row % 14),
      'Time of Last Visit': row % 14 === 0 ? '' : hubspotDate(dateOf(row, 65)),
    })),
  )}`;

const hubspotDeals = (): string =>
  toCsv(
    range.slice(0, 120).map((row) => ({
      'Record ID': String(7_000 + row),
      'Deal Name': `${pick(companies, row, 3)} – ${row}`,
      'Deal Stage': pick(['Closed Won', 'Closed Lost', 'Contract Sent', 'Appointment Scheduled'], row, 13),
      Amount: row % 4 === 0 ? '' : `${(900 + row * 12.5).toFixed(2)}`,
      'Create Date': hubspotDate(dateOf(row, 20)),
      'Close Date': hubspotDate(dateOf(row, 50)),
      'Associated Contact IDs': [
        ...(row % 10 === 3 ? [] : [51_003_000 + row]),
        ...(row % 4 === 1 ? [51_003_000 + row + 100] : []),
      ].join(';'),
    })),
  );

const salesforceLeads = (): string =>
  toCsv(
    range.map((row) => ({
      'Lead ID': `00Q5f00000${String(row).padStart(5, '0')}EAC`,
      'First Name': pick(firstNames, row, 7),
      'Last Name': pick(lastNames, row, 2),
      Title: pick(titles, row, 10),
      Company: pick(companies, row, 3),
      Email: emailOf(row),
      'Lead Source': pick(['Web', 'Partner Referral', 'Trade Show'], row, 5),
      'Lead Status': pick(
        ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
        row,
        14,
      ),
      'No. of Employees': pick(['25', '5,600', ''], row, 15),
      'Created Date': salesforceDate(dateOf(row)),
      'Last Modified': salesforceDate(dateOf(row, 30)),
      'Converted Opportunity ID': row % 4 === 2 ? `0065f000${String(row).padStart(7, '0')}AAA` : '',
    })),
  );

const salesforceOpportunities = (): string =>
  toCsv(
    range
      .filter((row) => row % 4 === 2)
      .map((row) => ({
        'Opportunity ID': `0065f000${String(row).padStart(7, '0')}AAA`,
        'Opportunity Name': pick(companies, row, 3),
        Stage: pick(['Closed Won', 'Closed Lost', 'Negotiation/Review'], row, 16),
        Amount: `USD ${(5_000 + row * 250).toLocaleString('en-US')}`,
        'Created Date': salesforceDate(dateOf(row, 12)),
        'Close Date': salesforceDate(dateOf(row, 45)),
      })),
  );

const pipedriveDate = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

const pipedrivePersons = (): string =>
  toCsv(
    range.map((row) => ({
      'Person - ID': String(row + 1),
      'Person - Name': `${pick(firstNames, row, 7)} ${pick(lastNames, row, 2)} ${row}`,
      'Person - Organization': pick(companies, row, 3),
      'Person - Email - Work': emailOf(row),
      'Person - Job title': pick(titles, row, 10),
      'Person - Person created': pipedriveDate(dateOf(row)),
    })),
  );

const pipedriveDeals = (): string =>
  toCsv(
    range.slice(0, 150).map((row) => {
      const status = pick(['Open', 'Won', 'Lost'], row, 17);
      const closed = pipedriveDate(dateOf(row, 33));
      return {
        'Deal - ID': String(row + 1),
        'Deal - Title': `${pick(companies, row, 3)} deal`,
        'Deal - Status': status,
        'Deal - Stage': pick(['Qualified', 'Demo Scheduled', 'Negotiations Started'], row, 18),
        'Deal - Value': String(1000 + row * 10),
        'Deal - Currency of value': 'EUR',
        'Deal - Contact person': `${pick(firstNames, row, 7)} ${pick(lastNames, row, 2)} ${row}`,
        'Deal - Deal created': pipedriveDate(dateOf(row, 3)),
        'Deal - Won time': status === 'Won' ? closed : '',
        'Deal - Lost time': status === 'Lost' ? closed : '',
        'Deal - Deal closed on': status === 'Open' ? '' : closed,
        'Deal - Lost reason': status === 'Lost' ? 'Price' : '',
      };
    }),
  );

/** The exports by a name of a file. */
export const crmExports = {
  'zoho-leads.csv': zohoLeads,
  'zoho-potentials.csv': zohoPotentials,
  'hubspot-contacts.csv': hubspotContacts,
  'hubspot-deals.csv': hubspotDeals,
  'salesforce-leads.csv': salesforceLeads,
  'salesforce-opportunities.csv': salesforceOpportunities,
  'pipedrive-people.csv': pipedrivePersons,
  'pipedrive-deals.csv': pipedriveDeals,
} as const;
