import { type Problem, parseInstant, showValue } from '../../events/index.ts';
import type { PassedPayload, Payload, Split } from './webhook.ts';

/** A payload, or what becomes of it instead. */
export type Part =
  | { readonly payload: Payload; readonly passed?: undefined }
  | { readonly passed: PassedPayload; readonly payload?: undefined };

/** Returns the split of a request into parts. */
export const splitInto = (parts: readonly Part[]): Split => ({
  kind: 'split',
  payloads: parts.flatMap(({ payload }) => payload ?? []),
  passed: parts.flatMap(({ passed }) => passed ?? []),
});

/** Returns a payload that can't be read since something that the kind needs is missing or of another type. */
export const malformedPart = (name: string, content: unknown, problem: Problem): Part => ({
  passed: { name, why: 'malformed', content, problem },
});

/** Returns the problem of a value that has to be an id. */
export const idProblem = (path: string, given: unknown): Problem => ({
  path,
  given: showValue(given),
  allowed: 'an id: a text that is not empty, or a number',
});

/** Reads an id: a text that isn't empty, or a finite number. */
export const readId = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Reads a text that isn't empty. */
export const readText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/** Returns an instant in milliseconds since 1970 as ISO 8601; undefined if it isn't one. */
export const instantOfMs = (ms: unknown): string | undefined =>
  typeof ms === 'number' && ms >= 0 && ms <= lastInstant ? new Date(ms).toISOString() : undefined;

/** Returns an instant in ISO 8601 as the contracts have it; undefined if it isn't one. */
export const instantOfText = (text: unknown): string | undefined => {
  const at = typeof text === 'string' ? parseInstant(text) : undefined;
  return at === undefined ? undefined : new Date(at).toISOString();
};

/** Returns a payload, without the instant if none is known. */
export const payloadPart = (payload: Omit<Payload, 'occurredAt'>, occurredAt: string | undefined): Part => ({
  payload: { ...payload, ...(occurredAt !== undefined && { occurredAt }) },
});
