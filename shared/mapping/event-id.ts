import { hash } from 'node:crypto';
import type { InboundType } from '../../events/index.ts';

/** Returns JSON with sorted keys, so that ids don't depend on the order of a mapping's fields. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
};

/** The length of an id: with 132 bits of SHA-256 no two events of the largest import collide. */
const digestLength = 22;

const formatId = (type: InboundType, content: string): string =>
  `${type}:${hash('sha256', content, 'base64url').slice(0, digestLength)}`;

export interface EventContent {
  readonly source: string;
  readonly type: InboundType;
  readonly occurredAt: string;
  readonly data: unknown;
  /** The record's own id in the exporting system, if the mapping names one. */
  readonly recordId?: string | undefined;
}

/**
 * Returns an event's id, derived from its content alone: the same fact imported twice, from whatever row or file, is
 * one event. The lead is in it as a hash only, since ids outlive an erasure.
 */
export const computeEventId = ({ source, type, occurredAt, data, recordId }: EventContent): string => {
  return formatId(type, canonical([source, type, occurredAt, data, recordId ?? null]));
};

interface PayloadContent extends Omit<EventContent, 'data'> {
  /** The vendor's id of the payload. */
  readonly recordId: string;
  /** The place of the event in the mapping. */
  readonly index: number;
}

/**
 * Returns the id of an event of a payload. It depends neither on the lead nor on the data, so that a payload that is sent
 * again is the same event, whatever has become known of the lead meanwhile.
 */
export const computePayloadEventId = ({
  source,
  type,
  occurredAt,
  recordId,
  index,
}: PayloadContent): string => formatId(type, JSON.stringify([source, type, occurredAt, recordId, index]));
