import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import {
  findJsonProblem,
  isInternalType,
  isObject,
  type Problem,
  parseInbound,
  parseInstant,
  parseJson,
  type Rejection,
  showProblem,
  showValue,
  sluiceSource,
} from '../../events/index.ts';
import { measureEntry } from '../bus/index.ts';

/** One event, as text. */
interface EventText {
  readonly text: string;
  /** The place at which it stops being JSON, and how; left out if it is JSON. */
  readonly problem?: Problem;
}

interface Rejected {
  readonly kind: 'rejected';
  readonly rejection: Rejection;
}

/** An entry that can be put on the bus, or the reason why the bus would refuse it. */
export type ParsedEntry =
  | {
      readonly kind: 'entry';
      readonly entry: PutEventsRequestEntry;
      /** The event as the bus delivers it. */
      readonly event: Record<string, unknown>;
    }
  | Rejected;

/** The size limit of EventBridge for an entry. */
const mostBytes = 1024 * 1024;

const rejected = (code: Rejection['code'], path: string, given: string, allowed: string): Rejected => ({
  kind: 'rejected',
  rejection: { code, problems: [{ path, given, allowed }] },
});

const parseTime = (time: unknown): { Time?: Date } => {
  const parsed = typeof time === 'string' ? parseInstant(time) : undefined;
  return parsed === undefined ? {} : { Time: new Date(parsed) };
};

/**
 * Returns an entry of PutEvents, as clients of AWS write it, in the form in which the bus delivers it: `Detail` is JSON
 * in a text. Any other value is returned as it is.
 */
const toDelivered = (value: unknown): unknown => {
  if (!isObject(value) || value.DetailType === undefined || value['detail-type'] !== undefined) return value;
  const { Source: source, DetailType: type, Time: time, Detail } = value;
  const detail = typeof Detail === 'string' ? (parseJson(Detail) ?? Detail) : Detail;
  return { source, 'detail-type': type, time, detail };
};

/** The most characters that EventBridge takes as a type. */
const longestType = 128;

/** Whether the bus would take an event: every other event goes to `score-leads`, which quarantines what it can't read. */
const isTaken = ({ source, detail, 'detail-type': type }: Record<string, unknown>): boolean =>
  typeof source === 'string' &&
  source !== '' &&
  source.length <= 256 &&
  typeof type === 'string' &&
  type !== '' &&
  type.length <= longestType &&
  isObject(detail);

/** An event in the form in which the bus delivers it, or the reason why the bus would refuse it. */
type DeliveredEvent = { readonly kind: 'event'; readonly event: Record<string, unknown> } | Rejected;

/** Checks everything about an event but its size. */
const parseDelivered = (given: unknown, now: number): DeliveredEvent => {
  const value = toDelivered(given);
  const problem = findJsonProblem(value);
  if (problem !== undefined)
    return { kind: 'rejected', rejection: { code: 'malformed', problems: [problem] } };
  // The policy of the bus denies the types of messages within Sluice.
  if (!isObject(value) || !isTaken(value) || isInternalType(value['detail-type'])) {
    const parsed = parseInbound(value, now);
    if (!parsed.ok) return { kind: 'rejected', rejection: parsed.rejection };
  }
  const event = value as Record<string, unknown>;
  const { source } = event as Record<string, string>;
  if (source === sluiceSource) {
    return rejected(
      'malformed',
      'source',
      showValue(source),
      `any source but ${sluiceSource}, which is reserved for Sluice`,
    );
  }
  if (source?.startsWith('aws.')) {
    return rejected(
      'malformed',
      'source',
      showValue(source),
      'a source that does not begin with aws., which is reserved for AWS',
    );
  }
  return { kind: 'event', event };
};

/** Builds the entry of an event, and rejects it if it is too large. */
const buildEntry = (event: Record<string, unknown>): ParsedEntry => {
  const { source, detail, time, 'detail-type': type } = event as Record<string, string>;
  const entry = { Source: source, DetailType: type, Detail: JSON.stringify(detail), ...parseTime(time) };
  const bytes = measureEntry(entry);
  if (bytes > mostBytes)
    return rejected('too-large', '(the whole)', `${bytes} bytes`, `at most ${mostBytes} bytes`);
  return { kind: 'entry', entry, event };
};

/**
 * Parses an event, as JSON was read, into an entry for EventBridge, and rejects what the bus would refuse.
 *
 * @param given the event as the bus delivers it, or an entry of PutEvents
 * @param now the clock, in milliseconds since 1970
 */
export const parseEvent = (given: unknown, now: number): ParsedEntry => {
  const delivered = parseDelivered(given, now);
  return delivered.kind === 'rejected' ? delivered : buildEntry(delivered.event);
};

const parseWith = <Result>(
  { text, problem }: EventText,
  parse: (given: unknown) => Result,
): Result | Rejected =>
  problem === undefined
    ? parse(JSON.parse(text))
    : { kind: 'rejected', rejection: { code: 'not-json', problems: [problem] } };

/**
 * The most characters of an event that is surely small enough: a character may become three bytes, and a number such as
 * 1e20 is written anew with up to five times as many digits.
 */
const surelySmall = mostBytes / 8;

/** Checks the text of an event as `parseEntry` does. The entry for the bus is built only if its size is in doubt. */
export const parseAsDelivered = (given: EventText, now: number): DeliveredEvent =>
  parseWith(given, (value) => {
    const delivered = parseDelivered(value, now);
    if (delivered.kind === 'rejected' || given.text.length <= surelySmall) return delivered;
    const built = buildEntry(delivered.event);
    return built.kind === 'rejected' ? built : delivered;
  });

/** Parses the text of an event as `parseEvent` does. */
export const parseEntry = (given: EventText, now: number): ParsedEntry =>
  parseWith(given, (value) => parseEvent(value, now));

/** Parses a text that is one event, as `parseEntry` does, and rejects any other text. */
export const parseText = (text: string, now: number): ParsedEntry =>
  parseJson(text) === undefined
    ? rejected('not-json', '(the whole)', showValue(text), 'one EventBridge entry as JSON')
    : parseEntry({ text }, now);

/** Returns a problem of an event as one line for people. That of the whole event names no field. */
export const formatProblem = (problem: Problem): string => withoutWhole(showProblem(problem));

/** Returns a reason, as the quarantine stores it, for people. */
export const withoutWhole = (reason: string): string => reason.replace(/^\(the whole\): /, '');
