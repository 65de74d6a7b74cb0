import type { ValueCondition } from '../../document/condition.ts';
import { collectNodes, collectValueConditions } from '../../document/walk.ts';
import { listUsedOperators, type Operator, operatorNames, operators } from '../../operators/index.ts';
import { type Domain, findDomain, kindWords, listValueKinds } from '../domains.ts';
import { error, type Finding, type Rule } from '../finding.ts';

/** Returns the operators that a value of a domain can be tested with; any other would never hold, or always. */
const findOperators = (domain: Domain): Operator[] => {
  const kinds = listValueKinds(domain);
  return operatorNames.filter((name) => operators[name].fits.some((kind) => kinds.includes(kind)));
};

const misused = (path: string, condition: ValueCondition, domain: Domain): Finding[] => {
  const fitting = findOperators(domain);
  return listUsedOperators(condition)
    .filter(({ name }) => !fitting.includes(name))
    .map(({ name, operand }) =>
      error(`${path}.${name}`, operand, `${fitting.join(', ')}; ${kindWords(domain)}`),
    );
};

const fitting: Rule = {
  reads: ['questions', 'attributes', 'lanes'],
  find: (document) =>
    collectValueConditions(document).flatMap(({ path, condition }) => {
      const domain = findDomain(condition, document);
      return domain === undefined ? [] : misused(path, condition, domain);
    }),
};

/** The rule that bounds leave some count, and that no more conditions are required than there are. */
const counts: Rule = {
  reads: [],
  find: (document) =>
    collectNodes(document).flatMap(({ path, condition }) => {
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
