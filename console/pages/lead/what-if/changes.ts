import type { FactsDocument, Stage } from '../../../../events/index.ts';
import type { Value } from '../fact-value.tsx';
import type { LeadAnswer } from '../types.ts';
import type { Field } from './list-fields.ts';

/** The facts that somebody has changed in the form. */
export interface Changes {
  readonly stage?: Stage | undefined;
  /** The new values by the keys of their fields. That of an activity is how often it happens in addition. */
  readonly values: ReadonlyMap<string, Value>;
}

export const noChanges: Changes = { values: new Map() };

/** Returns the name of a field among all fields. */
export const keyOf = ({ bag, name }: Pick<Field, 'bag' | 'name'>): string => `${bag} ${name}`;

/** Returns the value of a field that is known; null if none is. */
export const knownValue = ({ bag, name }: Field, { facts }: Pick<LeadAnswer, 'facts'>): Value => {
  if (bag === 'activities') return null;
  const known = facts[bag];
  return Object.hasOwn(known, name) ? ((known[name]?.value ?? null) as Value) : null;
};

/** Returns changes with another value of a field. One that is as it was is no change. */
export const withValue = (changes: Changes, field: Field, value: Value, known: Value): Changes => {
  const values = new Map(changes.values);
  if (JSON.stringify(value) === JSON.stringify(known)) values.delete(keyOf(field));
  else values.set(keyOf(field), value);
  return { ...changes, values };
};

/** Returns changes as a facts document, as of the instant after that at which the lead is shown. */
export const toDocument = (
  { stage, values }: Changes,
  fields: readonly Field[],
  asOf: string,
): FactsDocument => {
  const ofBag = (bag: Field['bag']) =>
    Object.fromEntries(
      fields
        .filter((field) => field.bag === bag && values.has(keyOf(field)))
        .map((field) => [field.name, values.get(keyOf(field)) ?? null]),
    );
  return {
    // What was said at the very instant would tie with what is known since then.
    at: new Date(Date.parse(asOf) + 1).toISOString(),
    ...(stage !== undefined && { stage }),
    attributes: ofBag('attributes'),
    answers: ofBag('answers'),
    activities: ofBag('activities'),
  } as FactsDocument;
};
