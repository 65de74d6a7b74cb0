import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, N, S } from '../dynamodb/index.ts';
import { sourceKey } from '../keys/index.ts';
import { cleanName, countPrefixes, mostNames, otherNames } from './attributes.ts';
import { createRefusals } from './refusals.ts';
import type { SourceNote } from './source-status.ts';

export interface SourceNotesProps {
  readonly client: DynamoDBClient;
  /** The table of requests. */
  readonly table: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Notes what has come from sources, so that people see it. */
export interface SourceNotes {
  /** @throws if the note can't be stored */
  note(note: SourceNote): Promise<void>;
}

const keyOf = (source: string): Item => {
  const { pk, sk } = sourceKey(source);
  return { pk: S(pk), sk: S(sk) };
};

/** Reads the names of unknown payloads that are counted already. */
const readNames = async ({ client, table }: SourceNotesProps, source: string): Promise<Set<string>> => {
  const { Item = {} } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(source) }));
  const { unknown } = countPrefixes;
  const names = Object.keys(Item).filter((name) => name.startsWith(unknown));
  return new Set(names.map((name) => name.slice(unknown.length)));
};

/**
 * Returns the counts by attribute. Names that aren't known count under their own name while there are few.
 *
 * @param refusedBefore the refused requests by reason that aren't noted yet
 */
const listCounts = (
  note: SourceNote,
  known: Set<string>,
  refusedBefore: ReadonlyMap<string, number>,
): Map<string, number> => {
  const counts = new Map<string, number>([['requests', 1]]);
  const add = (name: string, amount: number) => counts.set(name, (counts.get(name) ?? 0) + amount);
  for (const [reason, amount] of refusedBefore) {
    add('requests', amount);
    add(countPrefixes.refused + reason, amount);
  }
  if (note.repeated === true) add('repeated', 1);
  if (note.refused !== undefined) add(countPrefixes.refused + note.refused.reason, 1);
  for (const [outcome, amount] of Object.entries(note.counts ?? {})) {
    if (amount > 0) add(countPrefixes.payloads + outcome, amount);
  }
  for (const [name, amount] of note.unknown ?? []) {
    const clean = cleanName(name);
    if (known.size < mostNames) known.add(clean);
    add(countPrefixes.unknown + (known.has(clean) ? clean : otherNames), amount);
  }
  return counts;
};

const listTexts = ({ refused }: SourceNote, at: string): [string, string][] => [
  ['lastReceivedAt', at],
  ...(refused === undefined
    ? ([['lastTakenAt', at]] as const)
    : ([
        ['lastRefusedAt', at],
        ['lastRefusal', refused.reason],
        ['lastAllowed', refused.allowed],
      ] as const)
  ).map(([name, value]): [string, string] => [name, value]),
];

/** Returns the one update of a note. Names of payloads aren't placeholders, so all are numbered. */
const buildNote = (
  table: string,
  source: string,
  texts: readonly [string, string][],
  counts: ReadonlyMap<string, number>,
) => {
  const adds = [...counts];
  return new UpdateItemCommand({
    TableName: table,
    Key: keyOf(source),
    UpdateExpression:
      `SET ${texts.map((_, i) => `#s${i} = :s${i}`).join(', ')} ` +
      `ADD ${adds.map((_, i) => `#a${i} :a${i}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries([
      ...texts.map(([name], i) => [`#s${i}`, name]),
      ...adds.map(([name], i) => [`#a${i}`, name]),
    ]),
    ExpressionAttributeValues: Object.fromEntries([
      ...texts.map(([, value], i) => [`:s${i}`, S(value)]),
      ...adds.map(([, amount], i) => [`:a${i}`, N(amount)]),
    ]),
  });
};

/** Creates the notes about sources: one item each, which an update changes for each request, or for several refused ones. */
export const createSourceNotes = (props: SourceNotesProps): SourceNotes => {
  /** The names that are counted already, by source, as this environment knows them. */
  const names = new Map<string, Set<string>>();
  const refusals = createRefusals(props.now);

  /** Names are read only for a name that isn't known: vendors have few, and each is new once. */
  const findNames = async ({ source, unknown }: SourceNote): Promise<Set<string>> => {
    const known = names.get(source) ?? new Set();
    const isNew = [...(unknown?.keys() ?? [])].some((name) => !known.has(cleanName(name)));
    if (!isNew || known.size >= mostNames) return known;
    const read = await readNames(props, source);
    names.set(source, read);
    return read;
  };

  return {
    note: async (note) => {
      const { client, table, now } = props;
      const { source, refused } = note;
      if (refused !== undefined && !refusals.admit(source, refused.reason)) return;
      const at = new Date(now()).toISOString();
      const counts = listCounts(note, await findNames(note), refusals.take(source));
      await client.send(buildNote(table, note.source, listTexts(note, at), counts));
    },
  };
};
