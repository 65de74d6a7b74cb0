import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import {
  isInboundType,
  isObject,
  parseInbound,
  type Rejection,
  showValue,
  sluiceSource,
} from '../../events/index.ts';

/** An entry that can be put on the bus, or the reason why the bus would refuse or ignore it. */
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

/** Whether the rule of the bus would match an event. The bus would ignore any other event, so it is rejected here. */
const isRouted = ({ source, detail, 'detail-type': type }: Record<string, unknown>): boolean =>
  typeof source === 'string' &&
  source !== '' &&
  source.length <= 256 &&
  isObject(detail) &&
  isInboundType(type);

/**
 * Whether a value contains Infinity. Uses a list in place of recursion: a deeply nested text would overflow the stack.
 */
const holdsInfinity = (value: unknown): boolean => {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (one === Number.POSITIVE_INFINITY || one === Number.NEGATIVE_INFINITY) return true;
    if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) left.push(inner);
  }
  return false;
};

/**
 * Whether a text contains a JSON number beyond the range of a double, which parses to Infinity and would be sent on as
 * null. The regular expression is a fast filter; it also matches harmless texts such as the id `e100`.
 */
const hasInfinity = (text: string, value: unknown): boolean =>
  /[eE]\+?\d{3}|\d{309}/.test(text) && holdsInfinity(value);

/**
 * Parses one line of a file of events into an entry for EventBridge, and rejects what the bus would refuse or ignore.
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
  if (!isObject(value) || !isRouted(value) || hasInfinity(text, value)) {
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
  const bytes = Buffer.byteLength(entry.Detail);
  if (bytes > mostBytes)
    return rejected('too-large', 'detail', `${bytes} bytes`, `at most ${mostBytes} bytes`);
  return { kind: 'entry', entry };
};
