import { computeClasses } from '../../candidates/number-classes.ts';
import { noLane } from '../../compile/subject.ts';
import { collectCriterionPaths } from '../../document/condition-paths.ts';
import type { Plain } from '../../document/plain.ts';
import { collectValueConditions } from '../../document/walk.ts';
import { listUsedOperators, type UsedOperator } from '../../operators/index.ts';
import { isSameLiteral, readLiteral } from '../../values/literals.ts';
import { type Domain, findDomain } from '../domains.ts';
import { error, type Finding, nameError, type Rule } from '../finding.ts';
import { describeChoices, describeValueChoices } from '../suggest.ts';

type NumberDomain = Extract<Domain, { kind: 'number' }>;

const numberWords = ({ from, to, orNone }: NumberDomain): string => {
  const range =
    from > Number.NEGATIVE_INFINITY && to < Number.POSITIVE_INFINITY
      ? `a number from ${from} to ${to}`
      : from > Number.NEGATIVE_INFINITY
        ? `a number from ${from}`
        : to < Number.POSITIVE_INFINITY
          ? `a number up to ${to}`
          : 'a number';
  return orNone ? `${range}, or "none"` : range;
};

const isInRange = (value: number, { from, to }: NumberDomain): boolean => value >= from && value <= to;

const hasLiteral = (values: readonly Plain[], literal: Plain): boolean =>
  values.some((value) => isSameLiteral(value, literal));

/** Returns what is allowed instead of a value that the domain lacks; undefined for a value that it has. */
const findLack = (domain: Domain, value: Plain): string | undefined => {
  switch (domain.kind) {
    case 'choice':
    case 'list':
      return hasLiteral(domain.values, value)
        ? undefined
        : describeValueChoices(domain.what, value, domain.values);
    case 'number': {
      const asked = readLiteral(value);
      return (typeof asked === 'number' && isInRange(asked, domain)) ||
        (domain.orNone && isSameLiteral(value, noLane))
        ? undefined
        : numberWords(domain);
    }
    case 'yesNo':
      return typeof readLiteral(value) === 'boolean' ? undefined : 'true, false';
    case 'text':
      return typeof value === 'string' ? undefined : 'text';
    default:
      return domain satisfies never;
  }
};

type Check = (
  used: UsedOperator,
  domain: Domain,
) => readonly (readonly [field: string, given: unknown, allowed: string])[];

/** Finds values to compare with that the domain lacks. */
const foreignValues: Check = ({ name, operator, operand }, domain) =>
  (operator.distinguishes(operand).literals ?? []).flatMap((value, i) => {
    const lack = domain.kind === 'list' ? undefined : findLack(domain, value);
    return lack === undefined ? [] : [[Array.isArray(operand) ? `${name}[${i}]` : name, value, lack]];
  });

/** Finds bounds that no number of the range passes. */
const impassableBounds: Check = ({ name, operator, operand }, domain) => {
  const { cuts = [] } = operator.distinguishes(operand);
  if (domain.kind !== 'number' || cuts.length === 0) return [];
  const { from, to } = domain;
  const numbers = [from, to, ...computeClasses(cuts, { from, to }).map(({ value }) => value)];
  return numbers.some(operator.holds(operand))
    ? []
    : [[name, operand, `a bound that ${numberWords({ ...domain, orNone: false })} can pass`]];
};

/** Finds entries that no list of the domain has. */
const foreignEntries: Check = ({ name, operator, operand }, domain) => {
  const { fragments = [] } = operator.distinguishes(operand);
  if (domain.kind !== 'list' || !operator.fits.includes('list') || fragments.length === 0) return [];
  const holds = operator.holds(operand);
  return domain.values.some((value) => holds([String(value)]))
    ? []
    : [[name, operand, describeValueChoices(domain.what, operand, domain.values)]];
};

const conditionValues: Rule = {
  reads: ['questions', 'attributes', 'lanes'],
  find: (document) =>
    collectValueConditions(document).flatMap(({ path, condition }) => {
      const domain = findDomain(condition, document);
      if (domain === undefined) return [];
      return [foreignValues, impassableBounds, foreignEntries].flatMap((check) =>
        listUsedOperators(condition)
          .flatMap((used) => check(used, domain))
          .map(([field, given, allowed]) => error(`${path}.${field}`, given, allowed)),
      );
    }),
};

/** The names of tables are values as text. */
const findNameLack = (domain: Domain, name: string): string | undefined => {
  switch (domain.kind) {
    case 'choice':
      return hasLiteral(domain.values, name)
        ? undefined
        : describeChoices(domain.what, name, domain.values.map(String));
    case 'number':
    case 'yesNo':
      return findLack(domain, name);
    case 'text':
    case 'list':
      return undefined;
    default:
      return domain satisfies never;
  }
};

const tableNames: Rule = {
  reads: ['questions', 'attributes', 'lanes', 'dimensions'],
  find: (document) =>
    collectCriterionPaths(document).flatMap(({ path, criterion }): Finding[] => {
      if (!('table' in criterion)) return [];
      const domain = findDomain(criterion.of, document);
      if (domain === undefined) return [];
      if (domain.kind === 'list') {
        return [error(`${path}.of`, criterion.of, 'a single value; a list is tested by `contains`')];
      }
      return Object.keys(criterion.table).flatMap((name) => {
        const lack = findNameLack(domain, name);
        return lack === undefined ? [] : [nameError(`${path}.table.${name}`, name, lack)];
      });
    }),
};

export const valueRules: readonly Rule[] = [conditionValues, tableNames];
