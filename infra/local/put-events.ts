import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { findJsonProblem, isObject, parseJson, showProblem } from '../../events/index.ts';
import { ServiceError } from './errors.ts';
import { parseInput } from './protocols/json.ts';
import { account, region } from './resource-types.ts';

const text = z.string().nullish();

/** An entry of PutEvents in the form of the SDK's client; on the wire `Time` is in seconds since 1970. */
const entrySchema = z.object({
  Source: text,
  DetailType: text,
  Detail: text,
  EventBusName: text,
  Time: z.unknown().optional(),
  Resources: z.array(z.string()).nullish(),
});
export type PutEventsEntry = Readonly<z.input<typeof entrySchema>>;

export interface PutEventsResult {
  readonly FailedEntryCount: number;
  readonly Entries: readonly (
    | { readonly EventId: string }
    | { readonly ErrorCode: string; readonly ErrorMessage: string }
  )[];
}

/** The event as a rule's target gets it. */
export interface DeliveredEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

const maxEntries = 10;
const maxBytes = 1_048_576;

/**
 * Returns the size of an entry as EventBridge measures it:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
 */
const measureEntry = (entry: PutEventsEntry): number =>
  [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])].reduce(
    (sum, text) => sum + Buffer.byteLength(String(text ?? '')),
    entry.Time == null ? 0 : 14,
  );

/**
 * Checks a PutEvents request as a whole.
 *
 * @throws ServiceError `ValidationException`
 */
export const checkRequest = (entries: unknown): readonly PutEventsEntry[] => {
  if (!Array.isArray(entries) || entries.length < 1 || entries.length > maxEntries) {
    const given = Array.isArray(entries) ? `${entries.length} entries` : typeof entries;
    throw new ServiceError(
      'ValidationException',
      `Entries: got ${given}, allowed are 1 to ${maxEntries} entries`,
    );
  }
  const parsed = parseInput(z.array(entrySchema), entries, 'ValidationException');
  for (const [index, entry] of parsed.entries()) {
    const size = measureEntry(entry);
    if (size > maxBytes) {
      throw new ServiceError(
        'ValidationException',
        `Entries[${index}]: Total size of the entry is over the limit: ${size} bytes, allowed are ${maxBytes}`,
      );
    }
  }
  return parsed;
};

/** The refusal of one entry; the others of its request are accepted. */
export class EntryRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const required = (entry: PutEventsEntry, name: 'Source' | 'DetailType' | 'Detail'): string => {
  const value = entry[name];
  if (typeof value === 'string' && value !== '') return value;
  const reason = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
  throw new EntryRefused('InvalidArgument', reason);
};

const malformed = (message: string): EntryRefused => new EntryRefused('MalformedDetail', message);

const parseDetail = (text: string): Record<string, unknown> => {
  const detail = parseJson(text);
  if (!isObject(detail)) throw malformed('Detail is malformed.');
  const problem = findJsonProblem({ detail });
  if (problem !== undefined) throw malformed(`Detail is malformed: ${showProblem(problem)}.`);
  return detail;
};

const parseEventTime = (time: PutEventsEntry['Time'], now: number): string => {
  const given = time ?? new Date(now);
  const at = given instanceof Date ? given : new Date(typeof given === 'number' ? given * 1_000 : Number.NaN);
  if (Number.isNaN(at.getTime())) throw new EntryRefused('InvalidArgument', 'Parameter Time is not valid.');
  // EventBridge stores whole seconds.
  return `${at.toISOString().slice(0, 19)}Z`;
};

/**
 * Checks that a sender may use a source. On AWS nobody puts events on the bus of a partner but the partner, whose event
 * source has the name of the bus; here everybody may, as the partner, so that what a partner sends can be tried.
 */
const checkSource = (source: string, bus: string): void => {
  const isPartner = source.startsWith('aws.partner/') && source === bus;
  if (source.startsWith('aws.') && !isPartner)
    throw new EntryRefused('NotAuthorizedForSourceException', 'Not authorized for the source.');
};

/**
 * Returns the event of an entry.
 *
 * @param bus the name of the bus on which it is put
 * @throws EntryRefused
 */
export const envelope = (entry: PutEventsEntry, now: number, bus = 'default'): DeliveredEvent => {
  const source = required(entry, 'Source');
  checkSource(source, bus);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': required(entry, 'DetailType'),
    source,
    account,
    time: parseEventTime(entry.Time, now),
    region,
    resources: entry.Resources ?? [],
    detail: parseDetail(required(entry, 'Detail')),
  };
};

/**
 * Returns the text of an event for the targets of rules. The detail stays as it was sent: a number that a double can't
 * hold would be another one, or null, if it was parsed and written again.
 */
export const formatEvent = ({ detail: _, ...envelope }: DeliveredEvent, detailText: string): string =>
  `${JSON.stringify(envelope).slice(0, -1)},"detail":${detailText}}`;
