import type { FactValue } from '../../../events/index.ts';
import { consentAttribute, contactAttribute, readNumber } from '../../scoring/index.ts';
import type { FieldName, Row } from '../types.ts';

/** The way in which the values of a field are read: as one of the kinds of criteria that a model has for them. */
type FieldKind = 'numbers' | 'values' | 'lists' | 'counts';

export interface Field extends FieldName {
  readonly as: FieldKind;
}

/** The share of a field's known values that must be numbers or lists for the field to be read so. */
const practicallyAll = 0.99;

interface Tally {
  known: number;
  numbers: number;
  lists: number;
}

const kindOf = ({ known, numbers, lists }: Tally): FieldKind => {
  if (lists >= practicallyAll * known) return 'lists';
  return numbers >= practicallyAll * known ? 'numbers' : 'values';
};

/** Returns the value of an attribute or an answer; undefined if none is known. */
export const readField = (
  { facts }: Pick<Row, 'facts'>,
  { kind, name }: FieldName,
): FactValue | undefined => {
  const bag = kind === 'attribute' ? facts.attributes : facts.answers;
  return Object.hasOwn(bag, name) ? (bag[name]?.[0] ?? undefined) : undefined;
};

const tallyBag = (rows: readonly Row[], kind: 'attribute' | 'answer'): Map<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const bag = kind === 'attribute' ? row.facts.attributes : row.facts.answers;
    for (const name in bag) {
      const value = bag[name]?.[0];
      if (value === undefined || value === null) continue;
      const tally = tallies.get(name) ?? { known: 0, numbers: 0, lists: 0 };
      tally.known++;
      if (readNumber(value) !== undefined) tally.numbers++;
      else if (typeof value === 'object') tally.lists++;
      tallies.set(name, tally);
    }
  }
  return tallies;
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The attributes that decide no success: whether a lead wants messages, and the number of its contact. */
const undeciding: readonly string[] = [consentAttribute, contactAttribute];

const listBag = (rows: readonly Row[], kind: 'attribute' | 'answer'): Field[] =>
  [...tallyBag(rows, kind)]
    .toSorted(byName)
    .filter(([name]) => !(kind === 'attribute' && undeciding.includes(name)))
    .map(([name, tally]) => ({ kind, name, as: kindOf(tally) }));

const listActivities = (rows: readonly Row[]): Field[] =>
  [...new Set(rows.flatMap(({ facts }) => Object.keys(facts.activities)))]
    .sort()
    .map((name) => ({ kind: 'activity', name, as: 'counts' }));

/**
 * Lists what is known of some leads: attributes, answers and activities, in the order of their names. Stages, outcomes
 * and verdicts aren't among them, since they say what became of a lead, nor is a person's override.
 */
export const listFields = (rows: readonly Row[]): Field[] => [
  ...listBag(rows, 'attribute'),
  ...listBag(rows, 'answer'),
  ...listActivities(rows),
];

/** The part of facts that has the fields of a kind. */
export const bagOf = { attribute: 'attributes', answer: 'answers', activity: 'activities' } as const;

/** Returns a key by which two names are of the same field. */
export const keyOfField = ({ kind, name }: FieldName): string => `${kind} ${name}`;
