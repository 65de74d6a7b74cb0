import { randomUUID } from 'node:crypto';
import { ServiceError } from './errors.ts';
import { account, region } from './resource-types.ts';

/** An entry of PutEvents in the form of the SDK's client; on the wire `Time` is in seconds since 1970. */
export interface PutEventsEntry {
  readonly Source?: string | undefined;
  readonly DetailType?: string | undefined;
  readonly Detail?: string | undefined;
  readonly EventBusName?: string | undefined;
  readonly Time?: Date | number | undefined;
  readonly Resources?: readonly string[] | undefined;
}

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
    entry.Time === undefined ? 0 : 14,
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
  for (const [index, entry] of entries.entries()) {
    if (typeof entry !== 'object' || entry === null) {
      throw new ServiceError(
        'ValidationException',
        `Entries[${index}]: got ${String(entry)}, allowed is an object`,
      );
    }
    const size = measureEntry(entry);
    if (size > maxBytes) {
      throw new ServiceError(
        'ValidationException',
        `Entries[${index}]: Total size of the entry is over the limit: ${size} bytes, allowed are ${maxBytes}`,
      );
    }
  }
  return entries;
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

const parseDetail = (text: string): Record<string, unknown> => {
  try {
    const detail: unknown = JSON.parse(text);
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return { ...detail };
  } catch {
    // Falls through: text that is no JSON is refused like JSON that is no object.
  }
  throw new EntryRefused('MalformedDetail', 'Detail is malformed.');
};

const parseEventTime = (time: PutEventsEntry['Time'], now: number): string => {
  const at =
    time === undefined ? new Date(now) : time instanceof Date ? time : new Date(Number(time) * 1_000);
  if (Number.isNaN(at.getTime())) throw new EntryRefused('InvalidArgument', 'Parameter Time is not valid.');
  // EventBridge stores whole seconds.
  return `${at.toISOString().slice(0, 19)}Z`;
};

/**
 * Returns the event of an entry.
 *
 * @throws EntryRefused
 */
export const envelope = (entry: PutEventsEntry, now: number): DeliveredEvent => {
  const source = required(entry, 'Source');
  if (source.startsWith('aws.')) {
    throw new EntryRefused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
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
