import { randomUUID } from 'node:crypto';
import { isObject } from '../../events/index.ts';
import type { SourceDocument } from '../../shared/sources/index.ts';

const isoForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** The seconds since 1970 between which a number is taken for an instant: those of the years 2020 to 2035. */
const secondsOf = { first: 1_577_836_800, last: 2_082_758_400 };

/** Returns the instant that a value is, in milliseconds since 1970; undefined if it is something else. */
const readInstant = (value: unknown): number | undefined => {
  if (typeof value === 'string') return isoForm.test(value) ? Date.parse(value) : undefined;
  if (typeof value !== 'number') return undefined;
  const isIn = (seconds: number): boolean => seconds >= secondsOf.first && seconds <= secondsOf.last;
  if (isIn(value)) return value * 1_000;
  return isIn(value / 1_000) ? value : undefined;
};

/** Returns an instant in the form in which another one was given. */
const writeInstant = (given: unknown, instant: number): unknown => {
  if (typeof given === 'string') return new Date(instant).toISOString();
  return Number(given) > secondsOf.last ? instant : Math.floor(instant / 1_000);
};

type Change = (value: unknown) => unknown;

/** Changes each value of a document that is neither a list nor an object. */
const changeLeaves = (value: unknown, change: Change): unknown => {
  if (Array.isArray(value)) return value.map((each) => changeLeaves(each, change));
  if (!isObject(value)) return change(value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changeLeaves(each, change)]));
};

const moveToPresent = (payload: unknown, now: number): unknown => {
  let newest: number | undefined;
  changeLeaves(payload, (value) => {
    const instant = readInstant(value);
    if (instant !== undefined) newest = Math.max(newest ?? instant, instant);
    return value;
  });
  const distance = newest === undefined ? 0 : now - newest;
  return changeLeaves(payload, (value) => {
    const instant = readInstant(value);
    return instant === undefined ? value : writeInstant(value, instant + distance);
  });
};

/** The fields by which each kind of source knows a payload again. The others have it in a header. */
const idFields: ReadonlyMap<SourceDocument['kind'], readonly string[]> = new Map([
  ['hubspot', ['eventId']],
  ['segment', ['messageId']],
  ['typeform', ['event_id']],
  ['calendly', ['payload', 'uri']],
  ['customerio', ['event_id']],
  ['cloudevents', ['id']],
  ['generic', ['id']],
]);

const renewId = (id: unknown): unknown =>
  typeof id === 'number' ? Math.floor(Math.random() * 1e9) : `${id}-${randomUUID().slice(0, 8)}`;

const renewAt = (payload: unknown, [field, ...rest]: readonly string[]): unknown => {
  if (Array.isArray(payload)) return payload.map((each) => renewAt(each, [field ?? '', ...rest]));
  if (!isObject(payload) || field === undefined || payload[field] === undefined) return payload;
  const value = payload[field];
  return { ...payload, [field]: rest.length === 0 ? renewId(value) : renewAt(value, rest) };
};

/**
 * Returns a payload as if the vendor sent it now: its newest instant is now, the others keep their distance from it, and
 * its ids are new, so that it isn't taken for one that has come before.
 *
 * @param now milliseconds since 1970
 */
export const freshenPayload = (kind: SourceDocument['kind'], payload: unknown, now: number): unknown =>
  renewAt(moveToPresent(payload, now), idFields.get(kind) ?? []);
