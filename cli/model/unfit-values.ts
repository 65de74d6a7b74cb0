import { type FactValue, showApart, showValue } from '../../events/index.ts';
import type { Facts, ModelDocument, ScoringModel } from '../../shared/scoring/index.ts';

type Described = NonNullable<ModelDocument['questions'] | ModelDocument['attributes']>[string];

/** Returns the values that the model allows, in words; undefined if the given one is among them. */
const describeAllowedValues = (described: Described, value: NonNullable<FactValue>): string | undefined => {
  switch (described.kind) {
    case 'choice':
      return described.values.includes(value as string) ? undefined : described.values.join(', ');
    case 'list':
      return Array.isArray(value) && value.every((entry) => described.values.includes(entry))
        ? undefined
        : `a list of ${described.values.join(', ')}`;
    case 'yesNo':
      return typeof value === 'boolean' ? undefined : 'true, false';
    case 'number': {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = described;
      if (typeof value === 'number' && value >= from && value <= to) return undefined;
      const range = [
        ...(described.from === undefined ? [] : [`from ${from}`]),
        ...(described.to === undefined ? [] : [`to ${to}`]),
      ];
      return ['a number', ...range].join(' ');
    }
    case 'text':
      return undefined;
    default:
      return described satisfies never;
  }
};

const describeUnfit = (path: string, value: FactValue, allowed: string): string => {
  const [given, known] = showApart(showValue(value), allowed);
  return `${path}: given ${given}, which gives no points; the model knows ${known}`;
};

/**
 * Returns a line for each value that the model's questions and attributes don't allow: it counts as known and gives no
 * points.
 */
export const unfitValues = ({ document }: ScoringModel, facts: Facts): string[] =>
  (['attributes', 'answers'] as const).flatMap((bag) => {
    const vocabulary = (bag === 'attributes' ? document.attributes : document.questions) ?? {};
    return Object.entries(facts[bag]).flatMap(([name, [value]]) => {
      const described = Object.hasOwn(vocabulary, name) ? vocabulary[name] : undefined;
      if (described === undefined || value === null) return [];
      const allowed = describeAllowedValues(described, value);
      return allowed === undefined ? [] : [describeUnfit(`${bag}.${name}`, value, allowed)];
    });
  });
