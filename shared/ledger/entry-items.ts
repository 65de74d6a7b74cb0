import {
  bytes,
  canonical,
  type Item,
  json,
  N,
  number,
  packed,
  S,
  text,
  UnreadableItemError,
  unpacked,
} from '../dynamodb/index.ts';
import {
  changesAttribute,
  entrySortKey,
  leadKey,
  parseLeadKey,
  silentChangesAttribute,
} from '../keys/index.ts';
import type {
  Change,
  Closing,
  ClosingEvent,
  DecidedEvent,
  JudgedEvent,
  LeadEvent,
  RecordedEvent,
  Standing,
} from '../lead/index.ts';
import { erased, isErased, newSalt } from './chain.ts';
import { buildContent } from './content.ts';
import { packChange, type StoredChange, unpackChange } from './stored-changes.ts';

/** The part of a standing that a ledger entry stores; the dimensions are in the state. */
export type EntryStanding = Omit<Standing, 'dimensions' | 'disqualification'>;

/**
 * The part of an entry that remains after an erasure: its position in the ledger, and the type and source of its event.
 */
interface EntryHeader {
  readonly leadId: string;
  readonly sk: string;
  /** The version that its commit gave the lead. */
  readonly version: number;
  /** The entry's number within its commit, from 0. */
  readonly ordinal: number;
  readonly type: LeadEvent['type'];
  readonly source: string;
  /** The other lead of a merge. */
  readonly other?: string;
}

/** An accepted event of a lead, with its decision. */
export interface DecidedEntry extends EntryHeader {
  readonly kind: 'decided';
  readonly event: JudgedEvent;
  readonly standing: EntryStanding;
  readonly actionChanged: boolean;
  readonly changes: readonly Change[];
  /** True if the changes aren't announced: the event is history. */
  readonly silent?: true;
}

/** The event that closed the lead: it was merged into another one, or erased. */
export interface ClosingEntry extends EntryHeader {
  readonly kind: 'closing';
  readonly event: LeadEvent;
  readonly change: Closing;
}

/** An entry whose content was erased; what is left shows that the event came. */
interface ErasedEntry extends EntryHeader {
  readonly kind: 'erased';
}

export type LedgerEntry = DecidedEntry | ClosingEntry | ErasedEntry;

const judgedAttributes = ({ event, decided }: DecidedEvent): Item => {
  const { dimensions: _dimensions, disqualification: _disqualification, ...standing } = decided.standing;
  const { actionChanged, changes, silent } = decided;
  const attribute = silent ? silentChangesAttribute : changesAttribute;
  const merged = event.type === 'LeadsMerged' ? event.merged : undefined;
  return {
    standing: S(JSON.stringify(standing)),
    ...(changes.length > 0 && {
      [attribute]: S(JSON.stringify({ actionChanged, list: changes.map(packChange) })),
    }),
    ...(merged !== undefined && { facts: S(canonical(merged)) }),
  };
};

const closingAttributes = ({ change }: ClosingEvent): Item => ({
  [changesAttribute]: S(JSON.stringify({ actionChanged: true, list: [change] })),
});

const buildEntryAttributes = (entry: RecordedEvent): Item => {
  switch (entry.kind) {
    case 'decided':
      return judgedAttributes(entry);
    case 'closing':
      return closingAttributes(entry);
    case 'redacted':
      return {};
    default:
      return entry satisfies never;
  }
};

/**
 * Returns an entry as it is stored, chained to the one before it. Each call draws a new salt.
 *
 * @param prev the hash of the entry before it, in base64; empty for the first one
 */
export const entryItem = (
  { leadId, version, ordinal, prev }: { leadId: string; version: number; ordinal: number; prev: string },
  entry: RecordedEvent,
): Item => {
  const { type, source, detail } = buildContent(entry.event);
  const item: Item = {
    pk: S(leadKey(leadId)),
    sk: S(entrySortKey(entry.event, leadId)),
    version: N(version),
    ordinal: N(ordinal),
    type: S(type),
    source: S(source),
    detail: S(detail),
    ...(prev !== '' && { prev: bytes(prev) }),
    salt: bytes(newSalt()),
    ...('other' in entry && entry.other !== undefined && { other: S(entry.other) }),
    ...buildEntryAttributes(entry),
  };
  if (entry.kind === 'redacted') return erased(item);
  return item.facts === undefined ? item : packed(item, 'facts');
};

/** Returns whether an entry is the second one of its event: the one with which a merge closes the merged lead. */
export const isSecondEntry = (item: Item): boolean =>
  item.other !== undefined && item.standing === undefined && !isErased(item);

const parseHeader = (item: Item): EntryHeader => ({
  leadId: parseLeadKey(text(item, 'pk')),
  sk: text(item, 'sk'),
  version: number(item, 'version'),
  ordinal: number(item, 'ordinal'),
  type: text(item, 'type') as LeadEvent['type'],
  source: text(item, 'source'),
  ...(item.other !== undefined && { other: text(item, 'other') }),
});

const parseEvent = (item: Item): LeadEvent =>
  ({
    type: text(item, 'type'),
    source: text(item, 'source'),
    ...json<object>(item, 'detail'),
    ...(item.facts !== undefined && { merged: unpacked(item, 'facts') }),
  }) as LeadEvent;

interface Changes {
  readonly actionChanged: boolean;
  readonly list: readonly (StoredChange | Closing)[];
}

const parseChanges = (item: Item): Changes => {
  const attribute = [changesAttribute, silentChangesAttribute].find((name) => item[name] !== undefined);
  return attribute === undefined ? { actionChanged: false, list: [] } : json(item, attribute);
};

/** Parses an entry as it is stored. @throws UnreadableItemError */
export const parseEntry = (item: Item): LedgerEntry => {
  const header = parseHeader(item);
  if (isErased(item)) return { kind: 'erased', ...header };
  const event = parseEvent(item);
  const { actionChanged, list } = parseChanges(item);
  if (item.standing === undefined) {
    const [change] = list as readonly Closing[];
    if (change === undefined) throw new UnreadableItemError(item, changesAttribute);
    return { kind: 'closing', ...header, event, change };
  }
  return {
    kind: 'decided',
    ...header,
    event: event as JudgedEvent,
    standing: json(item, 'standing'),
    actionChanged,
    changes: (list as readonly StoredChange[]).map(unpackChange),
    ...(item[silentChangesAttribute] !== undefined && { silent: true }),
  };
};
