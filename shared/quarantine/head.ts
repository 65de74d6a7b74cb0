import type { RejectionCode } from '../../events/index.ts';
import { type Item, json, N, number, S, text } from '../dynamodb/index.ts';
import { expiryAttribute } from '../keys/index.ts';
import type { QuarantinedEvent, QuarantineStatus, Rejected } from './quarantine.ts';
import { extractReadable, listReasons } from './readable.ts';
import { computeExpiry, expiryField, readExpiry } from './retention.ts';
import type { StoredText } from './text-parts.ts';

/** Returns the attributes of the head: those of the first delivery of an event, and those of the latest. */
export const headFields = ({ body, entry, rejection, origin, receivedAt }: Rejected) => ({
  first: Object.fromEntries(
    Object.entries({ ...extractReadable(body, entry), origin, receivedAt }).map(([name, value]) => [
      name,
      S(value),
    ]),
  ),
  latest: {
    code: S(rejection.code),
    reasons: S(JSON.stringify(listReasons(rejection))),
    status: S('open' satisfies QuarantineStatus),
    lastReceivedAt: S(receivedAt),
    ...expiryField(computeExpiry(receivedAt)),
  },
});

export const textFields = ({ textId, bytes, parts }: StoredText): Item => ({
  textId: S(textId),
  bytes: N(bytes),
  parts: N(parts),
});

/** Returns the text that the head names; undefined after a redaction. */
export const readStoredText = (head: Item): StoredText | undefined =>
  head.textId === undefined
    ? undefined
    : { textId: text(head, 'textId'), bytes: number(head, 'bytes'), parts: number(head, 'parts') };

/** The attributes of a head that name the text, or may hold something personal beside ids. */
const textualHeadFields = ['origin', 'correlationId', 'textId', 'bytes', 'parts'] as const;

/** The attributes of a head that are personal, or may quote something personal. */
const personalHeadFields = [
  ...textualHeadFields,
  'reasons',
  'leadId',
  'mergedLeadId',
  'rejectedEventId',
  'rejectedSource',
  'rejectedType',
] as const;

/** The change of a head by a redaction. */
export interface Redaction {
  readonly set?: Item;
  readonly remove: readonly string[];
}

const allPersonal: Redaction = {
  set: { status: S('erased' satisfies QuarantineStatus) },
  remove: personalHeadFields,
};
const allButIds: Redaction = { remove: textualHeadFields };

/**
 * Returns the redaction of a head; undefined if nothing is left to remove. A merge with an erased lead stays open, with
 * the ids that the decision about it needs: ids outlive an erasure anyway, and the other lead may have to be erased too.
 */
export const redactionOf = (head: Item): Redaction | undefined => {
  const isUndecided =
    head.code?.S === ('merge-with-erased' satisfies RejectionCode) &&
    head.status?.S === ('open' satisfies QuarantineStatus);
  if (isUndecided) return head.textId === undefined ? undefined : allButIds;
  return head.status?.S === ('erased' satisfies QuarantineStatus) ? undefined : allPersonal;
};

/** All attributes of a head. */
export const headAttributes = [
  'pk',
  'sk',
  'status',
  'code',
  'times',
  'steps',
  'receivedAt',
  'lastReceivedAt',
  expiryAttribute,
  ...personalHeadFields,
] as const;

const readable = {
  origin: 'origin',
  leadId: 'leadId',
  mergedLeadId: 'mergedLeadId',
  type: 'rejectedType',
  source: 'rejectedSource',
  eventId: 'rejectedEventId',
} as const;

const parseReadable = (item: Item): Partial<Record<keyof typeof readable, string>> =>
  Object.fromEntries(
    Object.entries(readable).flatMap(([name, attribute]) => {
      const value = item[attribute]?.S;
      return value === undefined ? [] : [[name, value]];
    }),
  );

export const parseHead = (item: Item): QuarantinedEvent => ({
  id: text(item, 'pk'),
  status: text(item, 'status') as QuarantineStatus,
  code: text(item, 'code'),
  reasons: item.reasons === undefined ? [] : json<string[]>(item, 'reasons'),
  times: number(item, 'times'),
  receivedAt: text(item, 'receivedAt'),
  lastReceivedAt: text(item, 'lastReceivedAt'),
  expiresAt: new Date(readExpiry(item) * 1_000).toISOString(),
  ...parseReadable(item),
  ...(item.bytes !== undefined && { bytes: number(item, 'bytes') }),
});
