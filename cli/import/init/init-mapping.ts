import { basename } from 'node:path';
import { foldText, isSafe } from '../../../shared/mapping/index.ts';
import { listFirst } from '../../../shared/suggest/index.ts';
import { ImportError } from '../import-error.ts';
import type { MappingInput } from '../mapping.ts';
import { adaptDate, adaptEvents, type FindColumn, type Remark } from './adapt-events.ts';
import { buildProfile } from './generic-profile.ts';
import type { Profile } from './profile.ts';
import { hubspotActivities, hubspotContacts, hubspotDeals } from './profiles/hubspot.ts';
import { pipedriveDeals, pipedrivePersons } from './profiles/pipedrive.ts';
import { salesforceLeads, salesforceOpportunities } from './profiles/salesforce.ts';
import { zohoLeads, zohoPotentials } from './profiles/zoho.ts';
import { readTable, type Table } from './read-table.ts';

/** The known exports, those with more marks before those that they could be taken for. */
const profiles: readonly Profile[] = [
  hubspotContacts,
  hubspotDeals,
  hubspotActivities,
  salesforceLeads,
  salesforceOpportunities,
  pipedriveDeals,
  pipedrivePersons,
  zohoLeads,
  zohoPotentials,
];

export interface FirstMapping {
  readonly mapping: MappingInput;
  /** Remarks for the person who reads the mapping: guesses, and what the files don't say. */
  readonly remarks: readonly string[];
}

/** Finds a column of a table by a profile's name for it. */
const findName = ({ names }: Table, { spellings }: Profile, name: string): string | undefined =>
  [name, ...(Object.hasOwn(spellings, name) ? (spellings[name] ?? []) : [])]
    .flatMap((spelling) => names.find((column) => foldText(column) === foldText(spelling)) ?? [])
    .at(0);

const finder =
  (table: Table, profile: Profile, prefix = ''): FindColumn =>
  (given) => {
    const name = findName(table, profile, prefix !== '' ? given.slice(prefix.length) : given);
    if (name === undefined) return undefined;
    return { name: prefix + name, values: table.values.get(name) ?? [], order: table.order };
  };

const recognize = (table: Table): Profile | undefined =>
  profiles.find((profile) => profile.marks.every((mark) => findName(table, profile, mark) !== undefined));

/** The most columns that a remark lists. */
const mostListed = 20;

/** Tells what was guessed about a file before any of its columns was looked at. */
const remarkOnTable = ({ file, csv, unnamed }: Table, remark: Remark): void => {
  const name = basename(file);
  if (csv.header !== undefined) remark(`${name}: line ${csv.header} is taken for the header`);
  if (unnamed.length === 0) return;
  const listed = listFirst(unnamed.map(String), mostListed);
  remark(`${name}: columns without a name, or with one that is there twice, are left out: ${listed}`);
};

const buildLeadId = (table: Table, profile: Profile, remark: Remark): MappingInput['leadId'] => {
  const columns = profile.leadIds.flatMap((name) => findName(table, profile, name) ?? []);
  const isOneEach = (name: string) => {
    const texts = table.values.get(name) ?? [];
    return texts.length === table.rows && !texts.some((text) => text.includes(';'));
  };
  const column = columns.find(isOneEach) ?? columns[0];
  if (column === undefined) {
    throw new ImportError('headers-invalid', `${table.file} has no column that could hold the ids of leads`);
  }
  const values = table.values.get(column) ?? [];
  const unsafe = values.find((text) => !isSafe(text));
  const isEmail = values.length > 0 && values.every((text) => text.includes('@'));
  remark(`the lead id is the column ${JSON.stringify(column)}; other sources must use the same ids`);
  if (profile.joins !== undefined && column === findName(table, profile, profile.leadIds.at(-1) ?? '')) {
    remark(`${column}: each row is a lead of its own; name the file of contacts or leads first to join them`);
  }
  const distinct = new Set(values).size;
  if (values.length > 0 && distinct < values.length / 2) {
    remark(
      `${column}: only ${distinct} of ${values.length} ids differ; is there no other column that names a lead?`,
    );
  }
  if (values.length < table.rows)
    remark(`${column}: ${table.rows - values.length} rows have none; they are bad`);
  if (unsafe !== undefined) {
    remark(`${column}: ${JSON.stringify(unsafe)} has characters that no lead id may have; they are escaped`);
  }
  if (!isEmail && unsafe === undefined) return column;
  return { column, ...(isEmail && { case: 'lower' }), ...(unsafe !== undefined && { unsafe: 'escape' }) };
};

interface Side {
  readonly table: Table;
  readonly profile: Profile;
}

type Joined = Pick<MappingInput, 'events'> & { readonly join: NonNullable<MappingInput['join']>[number] };

const buildJoin = (main: Side, { table, profile }: Side, remark: Remark): Joined | undefined => {
  for (const { to, events, key, on = key, ...join } of profile.joins ?? []) {
    const [keyName, onName] = [findName(table, profile, key), findName(main.table, main.profile, on)];
    if (to !== main.profile.name || keyName === undefined || onName === undefined) continue;
    return {
      join: {
        ...join,
        file: basename(table.file),
        key: keyName,
        on: onName,
        csv: { delimiter: ',', ...table.csv },
      },
      events: adaptEvents(events, finder(table, profile, `${join.name}.`), remark),
    };
  }
  return undefined;
};

/** Puts the date of a row into each event without one, since an empty date leaves out an event but rejects a row. */
const withDate = (events: MappingInput['events'], at: object): MappingInput['events'] =>
  events.map((event) => ({ ...event, at: event.at ?? at }) as (typeof events)[number]);

/** Collects the texts of a mapping, among them the names of the columns that it uses. */
const collectTexts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collectTexts) : [];
};

/** Remarks which columns of a file a mapping leaves out, so that nobody misses them later. */
const remarkUnused = (
  { file, names }: Table,
  prefix: string,
  used: ReadonlySet<string>,
  remark: Remark,
): void => {
  const unused = names.filter((name) => !used.has(prefix + name) && !used.has(name));
  if (unused.length > 0)
    remark(`${basename(file)}: columns that are not used: ${listFirst(unused, mostListed)}`);
};

/**
 * Writes a first mapping of CSV files, from their headers and the values found in their first rows: the files of
 * HubSpot, Salesforce, Pipedrive and Zoho as their exports are, others by the names of their columns.
 *
 * @param files the main file, then those that are joined to it
 * @throws ImportError if a file can't be read, or nothing joins it
 */
export const initMapping = async (files: readonly string[]): Promise<FirstMapping> => {
  const remarks = new Set<string>();
  const remark: Remark = (text) => void remarks.add(text);
  const tables = await Promise.all(files.map(readTable));
  const [main, ...others] = tables.map((table) => ({
    table,
    profile: recognize(table) ?? buildProfile(table),
  }));
  if (main === undefined) throw new ImportError('file-unreadable', 'no file was given');
  const { table, profile } = main;
  remark(`${basename(table.file)} is ${profile.name}`);
  for (const one of tables) remarkOnTable(one, remark);
  for (const text of profile.remarks ?? []) remark(text);
  const leadId = buildLeadId(table, profile, remark);
  const find = finder(table, profile);
  const dateName = profile.dates.find((name) => (find(name)?.values.length ?? 0) > 0);
  const date = dateName === undefined ? undefined : adaptDate(find(dateName), remark);
  const own = adaptEvents(profile.events, find, remark);
  const joined = others.map((side) => {
    const found = buildJoin(main, side, remark);
    if (found === undefined) {
      throw new ImportError(
        'headers-invalid',
        `${side.table.file} is ${side.profile.name}; nothing is known that joins it to ${table.file}, ${profile.name}`,
      );
    }
    remark(
      `${basename(side.table.file)} is ${side.profile.name}, joined by ${JSON.stringify(found.join.key)}`,
    );
    return found;
  });
  if (date === undefined) remark('no column holds the date of a row: give that of the export with --as-of');
  const isFilled = dateName !== undefined && find(dateName)?.values.length === table.rows;
  const at = date ?? { asOf: true };
  const events = [...(isFilled ? own : withDate(own, at)), ...joined.flatMap(({ events }) => events)];
  const mapping = {
    description: `A first mapping of ${profile.name}; read it before it is used`,
    source: profile.source,
    ...(Object.keys(table.csv).length > 0 && { csv: table.csv }),
    leadId,
    ...(isFilled && { occurredAt: at }),
    ...(joined.length > 0 && { join: joined.map(({ join }) => join) }),
    events,
  } as MappingInput;
  const used = new Set(collectTexts(mapping));
  remarkUnused(table, '', used, remark);
  for (const [i, side] of others.entries()) {
    remarkUnused(side.table, `${joined[i]?.join.name ?? ''}.`, used, remark);
  }
  return { mapping, remarks: [...remarks] };
};
