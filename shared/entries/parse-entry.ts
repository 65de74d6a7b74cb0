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

/** An entry that can be put on the bus, or the reason why the bus would refuse it. */
export type ParsedEntry =
  | {
      readonly kind: 'entry';
      readonly entry: PutEventsRequestEntry;
      /** The event as the bus delivers it. */
      readonly event: Record<string, unknown>;
    }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** The size limit of EventBridge for an entry. */
const mostBytes = 1024 * 1024;

const rejected = (code: Rejection['code'], path: string, given: string, allowed: string): ParsedEntry => ({
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

/**
 * Parses an event, as JSON was read, into an entry for EventBridge, and rejects what the bus would refuse.
 *
 * @param given the event as the bus delivers it, or an entry of PutEvents
 * @param now the clock, in milliseconds since 1970
 */
export const parseEvent = (given: unknown, now: number): ParsedEntry => {
  const value = toDelivered(given);
  const problem = findJsonProblem(value);
  if (problem !== undefined)
    return { kind: 'rejected', rejection: { code: 'malformed', problems: [problem] } };
  // The policy of the bus denies the types of messages within Sluice.
  if (!isObject(value) || !isTaken(value) || isInternalType(value['detail-type'])) {
    const parsed = parseInbound(value, now);
    if (!parsed.ok) return { kind: 'rejected', rejection: parsed.rejection };
  }
  const { source, detail, time, 'detail-type': type } = value as Record<string, string>;
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
  const entry = { Source: source, DetailType: type, Detail: JSON.stringify(detail), ...parseTime(time) };
  const bytes = measureEntry(entry);
  if (bytes > mostBytes)
    return rejected('too-large', '(the whole)', `${bytes} bytes`, `at most ${mostBytes} bytes`);
  return { kind: 'entry', entry, event: value as Record<string, unknown> };
};

/** Parses the text of an event as `parseEvent` does. */
export const parseEntry = ({ text, problem }: EventText, now: number): ParsedEntry =>
  problem === undefined
    ? parseEvent(JSON.parse(text), now)
    : { kind: 'rejected', rejection: { code: 'not-json', problems: [problem] } };

/** Parses a text that is one event, as `parseEntry` does, and rejects any other text. */
export const parseText = (text: string, now: number): ParsedEntry =>
  parseJson(text) === undefined
    ? rejected('not-json', '(the whole)', showValue(text), 'one EventBridge entry as JSON')
    : parseEntry({ text }, now);

/** Returns a problem of an event as one line for people. That of the whole event names no field. */
export const formatProblem = (problem: Problem): string => withoutWhole(showProblem(problem));

/** Returns a reason, as the quarantine stores it, for people. */
export const withoutWhole = (reason: string): string => reason.replace(/^\(the whole\): /, '');
