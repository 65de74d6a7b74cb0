import type { ScoringModel } from '../scoring/index.ts';
import { evaluate } from '../scoring/index.ts';
import { bagOf, keyOfField } from './columns/fields.ts';
import { computeAuc } from './figures/measure.ts';
import type { FieldName, Leak, Row } from './types.ts';

/** The fall of the AUC with facts of 7 days before at which they are looked into. */
const fall = 0.05;
const fewestLeads = 100;

/** Puts the earlier value of a field into facts, or takes the field out if it had none. */
const putBack = (facts: Row['facts'], earlier: Row['facts'], { kind, name }: FieldName): Row['facts'] => {
  const bag = bagOf[kind];
  const { [name]: _now, ...others } = facts[bag] as Record<string, unknown>;
  const before = earlier[bag] as Record<string, unknown>;
  return { ...facts, [bag]: Object.hasOwn(before, name) ? { ...others, [name]: before[name] } : others };
};

/**
 * Finds fields that were filled in during the last days before the cut, and say much of the outcome then: whoever filled
 * them in may have known it. Only leads that were known 7 days before are compared.
 *
 * @param fields those that the model reads
 */
export const findLateFields = (
  model: ScoringModel,
  rows: readonly Row[],
  fields: readonly FieldName[],
): Leak[] => {
  const known = rows.filter((row) => row.earlierFacts !== undefined && row.earlierFacts.seen > 0);
  const outcomes = Uint8Array.from(known, ({ outcome }) => (outcome ? 1 : 0));
  const won = outcomes.reduce((sum, one) => sum + one, 0);
  if (known.length < fewestLeads || won < 20 || won > known.length - 20) return [];
  const aucOf = (factsOf: (row: Row) => Row['facts']): number =>
    computeAuc(
      Float64Array.from(known, (row) => evaluate(model, factsOf(row), row.stage, row.at).score),
      outcomes,
    );
  const now = aucOf(({ facts }) => facts);
  if (now - aucOf(({ facts, earlierFacts = facts }) => earlierFacts) <= fall) return [];
  const falls = [...new Map(fields.map((field) => [keyOfField(field), field])).values()].map((field) => ({
    field,
    by: now - aucOf(({ facts, earlierFacts = facts }) => putBack(facts, earlierFacts, field)),
  }));
  return falls
    .filter(({ by }) => by > fall)
    .map(({ field, by }) => ({
      field: { kind: field.kind, name: field.name },
      kind: 'said shortly before',
      effect: field.kind === 'activity' ? 'noted' : 'suspected',
      text: `with ${field.kind} ${field.name} as it was 7 days before the cut, the AUC falls by ${by.toFixed(2)}, from ${now.toFixed(2)}: it may be filled in once the outcome is known`,
    }));
};
