import type { ValueCondition, ValueTests } from '../../document/condition.ts';
import { type Domain, domainOf, kindWords } from '../domains.ts';
import { error, type Finding, type Rule } from '../finding.ts';
import { nodesIn, valueConditionsIn } from '../nodes.ts';

type Operator = keyof ValueTests;

const equality = ['is', 'isNot', 'in', 'notIn'] as const;
const ofNumbers = ['atLeast', 'atMost', 'above', 'below'] as const;
const ofTexts = ['contains', 'startsWith', 'endsWith'] as const;
const operators: readonly Operator[] = [...equality, ...ofNumbers, ...ofTexts, 'known'];

/** The operators that a value of a domain can be tested with; others would never hold, or always. */
const operatorsFor = (domain: Domain): readonly Operator[] => {
  switch (domain.kind) {
    case 'choice':
      return [
        ...equality,
        ...(domain.values.some((value) => typeof value === 'number') ? ofNumbers : []),
        ...(domain.values.some((value) => typeof value === 'string') ? ofTexts : []),
        'known',
      ];
    case 'number':
      return [...equality, ...ofNumbers, 'known'];
    case 'yesNo':
      return [...equality, 'known'];
    case 'list':
      return ['contains', 'known'];
    case 'text':
      return [...equality, ...ofTexts, 'known'];
    default:
      return domain satisfies never;
  }
};

const misused = (path: string, condition: ValueCondition, domain: Domain): Finding[] => {
  const fitting = operatorsFor(domain);
  return operators
    .filter((operator) => condition[operator] !== undefined && !fitting.includes(operator))
    .map((operator) =>
      error(`${path}.${operator}`, condition[operator], `${fitting.join(', ')}; ${kindWords(domain)}`),
    );
};

const fitting: Rule = {
  reads: ['questions', 'attributes', 'lanes'],
  find: (document) =>
    valueConditionsIn(document).flatMap(({ path, condition }) => {
      const domain = domainOf(condition, document);
      return domain === undefined ? [] : misused(path, condition, domain);
    }),
};

/** Bounds of counts that leave no count, and more conditions asked for than there are. */
const counts: Rule = {
  reads: [],
  find: (document) =>
    nodesIn(document).flatMap(({ path, condition }) => {
      if ('some' in condition) {
        const { some, atLeast } = condition;
        return atLeast > some.length
          ? [error(`${path}.atLeast`, atLeast, `at most ${some.length}, so many conditions there are`)]
          : [];
      }
      if (!('activity' in condition || 'outcome' in condition || 'answering' in condition)) return [];
      const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = condition;
      return atMost < atLeast
        ? [error(`${path}.atMost`, atMost, `at least ${atLeast}, which atLeast asks for`)]
        : [];
    }),
};

export const operatorRules: readonly Rule[] = [fitting, counts];
