import { type InboundEvent, type InboundType, inboundContracts } from './catalogue.ts';
import { isObject } from './is-object.ts';
import { limits } from './limits.ts';
import { clockEventId, isInternalType } from './parse-internal.ts';
import { describeProblems, type Problem, showPath, showValue } from './problems.ts';
import type { RejectionCode } from './rejection-codes.ts';
import { reservedLeadProblems } from './reserved-leads.ts';

/** The rejection of an event, with every problem that was found. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly problems: readonly Problem[];
}

/** An inbound event that may be scored, with the source that sent it. */
export type AcceptedEvent = InboundEvent & { readonly source: string };

/** The result of parsing an event: the event, or its rejection. */
export type Parsed =
  | { readonly ok: true; readonly event: AcceptedEvent }
  | { readonly ok: false; readonly rejection: Rejection };

const reject = (code: RejectionCode, ...problems: Problem[]): Parsed => ({
  ok: false,
  rejection: { code, problems },
});

/**
 * The deepest level that is searched. No contract nests deeper, and anything below fails its schema anyway; the limit
 * bounds the search in hostile input.
 */
const deepestLevel = 6;

/** Finds the path of an own key `__proto__`. zod would drop such a key silently, and nothing may be dropped. */
export const findProtoKey = (
  value: unknown,
  path: readonly (string | number)[],
): readonly (string | number)[] | undefined => {
  if (typeof value !== 'object' || value === null || path.length > deepestLevel) return undefined;
  if (Object.hasOwn(value, '__proto__')) return [...path, '__proto__'];
  for (const [key, inner] of Object.entries(value)) {
    const found = findProtoKey(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return undefined;
};

export const isInboundType = (type: unknown): type is InboundType =>
  typeof type === 'string' && Object.hasOwn(inboundContracts, type);

/**
 * Parses an EventBridge event as an inbound event. It never throws.
 *
 * @example
 * const parsed = parseInbound(JSON.parse(body), Date.now());
 * if (parsed.ok) record(parsed.event);
 * else quarantine(parsed.rejection);
 *
 * @param entry the parsed JSON of an event: `source`, `detail-type` and `detail`; other fields are EventBridge's
 * @param now the receiver's clock, in milliseconds since 1970; an event more than 5 minutes ahead of it is rejected
 */
export const parseInbound = (entry: unknown, now: number): Parsed => {
  if (!isObject(entry)) {
    return reject('malformed', {
      path: '(the whole)',
      given: showValue(entry),
      allowed: 'an EventBridge entry',
    });
  }
  const { source, detail, 'detail-type': type } = entry;
  if (isInternalType(type)) {
    return reject('reserved-type', {
      path: 'detail-type',
      given: showValue(type),
      allowed: 'a type of a producer: this one is for messages within Sluice',
    });
  }
  if (!isInboundType(type)) {
    const known = Object.keys(inboundContracts).join(', ');
    return reject('unknown-type', { path: 'detail-type', given: showValue(type), allowed: known });
  }
  if (typeof source !== 'string' || source === '' || source.length > 256 || !source.isWellFormed()) {
    return reject('malformed', {
      path: 'source',
      given: showValue(source),
      allowed: 'a string of 1 to 256 characters, well-formed Unicode',
    });
  }
  const proto = findProtoKey(detail, ['detail']);
  if (proto !== undefined) {
    return reject('malformed', {
      path: showPath(proto),
      given: 'the name "__proto__"',
      allowed: 'a name that begins with a letter',
    });
  }
  const parsed = inboundContracts[type].detail.safeParse(detail);
  if (!parsed.success) return reject('malformed', ...describeProblems(parsed.error, detail, ['detail']));
  const { metadata, data } = parsed.data;
  const reserved = reservedLeadProblems(source, data);
  if (metadata.eventId === clockEventId) {
    reserved.push({
      path: 'detail.metadata.eventId',
      given: showValue(metadata.eventId),
      allowed: "an id of the producer's own: this one is that of Sluice's clock",
    });
  }
  if (reserved.length > 0) return reject('malformed', ...reserved);
  if (Date.parse(metadata.occurredAt) > now + limits.clockSkewMs) {
    return reject('ahead-of-time', {
      path: 'detail.metadata.occurredAt',
      given: showValue((detail as { metadata: { occurredAt: unknown } }).metadata.occurredAt),
      allowed: `at most 5 minutes ahead of now, ${new Date(now).toISOString()}`,
    });
  }
  // The contract of `type` parsed `data`; TypeScript can't relate the two through the lookup.
  return { ok: true, event: { type, source, metadata, data } as AcceptedEvent };
};
