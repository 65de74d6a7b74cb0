import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import {
  isInboundType,
  isObject,
  parseInbound,
  type Rejection,
  showValue,
  sluiceSource,
} from '../../events/index.ts';

/** A line that can be put on the bus, or why nobody behind the bus would ever see it. */
export type Sorted =
  | { readonly kind: 'entry'; readonly entry: PutEventsRequestEntry }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** The bus takes no larger entry. */
const mostBytes = 1024 * 1024;

const rejected = (code: Rejection['code'], path: string, given: string, allowed: string): Sorted => ({
  kind: 'rejected',
  rejection: { code, problems: [{ path, given, allowed }] },
});

const timeOf = (time: unknown): { Time?: Date } => {
  const parsed = typeof time === 'string' ? new Date(time) : undefined;
  return parsed === undefined || Number.isNaN(parsed.getTime()) ? {} : { Time: parsed };
};

/** Whether the rule of the bus would hand it on. If not, it would be ignored there, and is rejected here instead. */
const isRouted = ({ source, detail, 'detail-type': type }: Record<string, unknown>): boolean =>
  typeof source === 'string' &&
  source !== '' &&
  source.length <= 256 &&
  isObject(detail) &&
  isInboundType(type);

/** With a list of its own in place of the call stack, which a text nested deeply enough would use up. */
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
 * JSON numbers beyond a double's range parse to Infinity, which would be sent on as null: quite another thing. Few texts
 * could hold one; an id such as e100 could not, but looks like it.
 */
const hasInfinity = (text: string, value: unknown): boolean =>
  /[eE]\+?\d{3}|\d{309}/.test(text) && holdsInfinity(value);

/** Sorts out one line of a file of events: what the bus would refuse or ignore is kept aside, with the reason. */
export const sortOut = (text: string, where: string, now: number): Sorted => {
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
      `any source but ${sluiceSource}, which is our own`,
    );
  }
  if (source?.startsWith('aws.')) {
    return rejected(
      'malformed',
      'source',
      showValue(source),
      'a source that does not begin with aws., which is AWS’s own',
    );
  }
  const entry = { Source: source, DetailType: type, Detail: JSON.stringify(detail), ...timeOf(time) };
  const bytes = Buffer.byteLength(entry.Detail);
  if (bytes > mostBytes)
    return rejected('too-large', 'detail', `${bytes} bytes`, `at most ${mostBytes} bytes`);
  return { kind: 'entry', entry };
};
