import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import {
  findJsonProblem,
  isObject,
  parseInbound,
  type Rejection,
  showValue,
  sluiceSource,
} from '../../events/index.ts';
import { measureEntry } from '../../shared/bus/index.ts';

/** An entry that can be put on the bus, or the reason why the bus would refuse it. */
export type ParsedLine =
  | { readonly kind: 'entry'; readonly entry: PutEventsRequestEntry }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** The size limit of EventBridge for an entry. */
const mostBytes = 1024 * 1024;

const rejected = (code: Rejection['code'], path: string, given: string, allowed: string): ParsedLine => ({
  kind: 'rejected',
  rejection: { code, problems: [{ path, given, allowed }] },
});

const parseTime = (time: unknown): { Time?: Date } => {
  const parsed = typeof time === 'string' ? new Date(time) : undefined;
  return parsed === undefined || Number.isNaN(parsed.getTime()) ? {} : { Time: parsed };
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
 * Parses one line of a file of events into an entry for EventBridge, and rejects what the bus would refuse.
 *
 * @param where the name of the line in the message of a rejection
 * @param now the clock, in milliseconds since 1970
 */
export const parseLine = (text: string, where: string, now: number): ParsedLine => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return rejected('not-json', where, showValue(text), 'an EventBridge entry as JSON, one a line');
  }
  const problem = findJsonProblem(value);
  if (problem !== undefined)
    return { kind: 'rejected', rejection: { code: 'malformed', problems: [problem] } };
  if (!isObject(value) || !isTaken(value)) {
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
  return { kind: 'entry', entry };
};
