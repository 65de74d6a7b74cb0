import type { Entry } from '../../events/index.ts';
import { type Item, number, text } from '../../shared/dynamodb/index.ts';
import {
  handoffIdOf,
  isEntrySortKey,
  isModelSortKey,
  isNurtureSortKey,
  parseLeadKey,
} from '../../shared/keys/index.ts';
import type { Change, Closing } from '../../shared/lead/index.ts';
import { type LedgerEntry, parseEntry } from '../../shared/ledger/index.ts';
import { announce, type Cause } from './announce.ts';

/** What a change adds to the lead's standing in its announcement. */
const dataOf = (change: Change | Closing): object => {
  const { type: _type, ...data } = change;
  return data;
};

/** What an entry is announced with: how the lead stands, or that it is no more one of its own. */
const announcedOf = (entry: LedgerEntry): { shared: object; changes: readonly (Change | Closing)[] } => {
  switch (entry.kind) {
    case 'decided':
      return { shared: { ...entry.standing, actionChanged: entry.actionChanged }, changes: entry.changes };
    case 'closing':
      return { shared: { action: { kind: 'none' }, actionChanged: true }, changes: [entry.change] };
    case 'erased':
      return { shared: {}, changes: [] };
    default:
      return entry satisfies never;
  }
};

const entryAnnouncements = (item: Item): Entry[] => {
  const entry = parseEntry(item);
  if (entry.kind === 'erased') return [];
  const { leadId, sk, version, ordinal, event } = entry;
  const { eventId, occurredAt, correlationId } = event.metadata;
  const cause: Cause = {
    parts: [leadId, sk],
    occurredAt,
    correlationId: correlationId ?? eventId,
    causationId: eventId,
  };
  const { shared, changes } = announcedOf(entry);
  return changes.map((change) =>
    announce(change.type, cause, { leadId, version, ordinal, ...shared, ...dataOf(change) }),
  );
};

/** What the consumers keep names the announcement that it follows, so the story can be traced through it. */
const causeOf = (item: Item, leadId: string, parts: readonly string[]): Cause => ({
  parts: [leadId, text(item, 'sk'), text(item, 'position'), ...parts],
  occurredAt: text(item, 'occurredAt'),
  correlationId: text(item, 'correlationId'),
  causationId: text(item, 'causationId'),
});

const placeOf = (item: Item, leadId: string) => ({
  leadId,
  version: number(item, 'version'),
  ordinal: number(item, 'ordinal'),
});

const nurtureAnnouncements = (item: Item, before: Item | undefined): Entry[] => {
  const leadId = parseLeadKey(text(item, 'pk'));
  const from = before?.track?.S;
  const to = item.track?.S;
  if (from === to) return [];
  const position = placeOf(item, leadId);
  return [
    ...(from === undefined
      ? []
      : [
          announce('NurtureStopped', causeOf(item, leadId, [from]), {
            ...position,
            track: from,
            ...(to !== undefined && { replacedBy: to }),
          }),
        ]),
    ...(to === undefined
      ? []
      : [announce('NurtureStarted', causeOf(item, leadId, [to]), { ...position, track: to })]),
  ];
};

/** Only a hand-off that begins is announced here; the verdicts are events of sales themselves. */
const handoffAnnouncements = (item: Item, before: Item | undefined, handoffId: string): Entry[] => {
  if (before !== undefined || item.status?.S !== 'open') return [];
  const leadId = parseLeadKey(text(item, 'pk'));
  return [
    announce('HandoffRequested', causeOf(item, leadId, []), {
      ...placeOf(item, leadId),
      handoffId,
      queue: text(item, 'queue'),
      dueAt: text(item, 'dueAt'),
      stage: text(item, 'stage'),
      tier: text(item, 'tier'),
      score: number(item, 'score'),
    }),
  ];
};

/** A model that is kept is one that leads are judged by from now on. */
const modelAnnouncements = (item: Item): Entry[] => {
  const modelVersion = text(item, 'modelVersion');
  const cause = { parts: [text(item, 'pk')], occurredAt: text(item, 'storedAt') };
  return [announce('ScoringModelActivated', cause, { modelVersion })];
};

/** What a write to the leads table announces. */
export const leadAnnouncements = (item: Item, before: Item | undefined): Entry[] => {
  const sk = text(item, 'sk');
  if (isEntrySortKey(sk)) return entryAnnouncements(item);
  if (isModelSortKey(sk)) return modelAnnouncements(item);
  if (isNurtureSortKey(sk)) return nurtureAnnouncements(item, before);
  const handoffId = handoffIdOf(sk);
  return handoffId === undefined ? [] : handoffAnnouncements(item, before, handoffId);
};
