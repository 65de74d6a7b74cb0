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
  const content = canonical([source, type, occurredAt, data, recordId ?? null]);
  return `${type}:${hash('sha256', content, 'base64url').slice(0, digestLength)}`;
};
