import type { ValueCondition } from '../../document/condition.ts';
import { criteriaIn } from '../../document/places.ts';
import { type Domain, domainOf, type Plain } from '../domains.ts';
import { error, type Finding, nameError, type Rule } from '../finding.ts';
import { valueConditionsIn } from '../nodes.ts';
import { oneOf, oneOfValues } from '../suggest.ts';

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

/** What is allowed in place of a value that the domain lacks; undefined for a value that it has. */
const lackOf = (domain: Domain, value: Plain): string | undefined => {
  switch (domain.kind) {
    case 'choice':
    case 'list':
      return domain.values.includes(value) ? undefined : oneOfValues(domain.what, value, domain.values);
    case 'number':
      return (typeof value === 'number' && isInRange(value, domain)) || (domain.orNone && value === 'none')
        ? undefined
        : numberWords(domain);
    case 'yesNo':
      return typeof value === 'boolean' ? undefined : 'true, false';
    case 'text':
      return typeof value === 'string' ? undefined : 'text';
    default:
      return domain satisfies never;
  }
};

const comparedValues = (condition: ValueCondition): (readonly [field: string, value: Plain])[] => {
  const { is, isNot, in: among, notIn } = condition;
  return [
    ...(is === undefined ? [] : [['is', is] as const]),
    ...(isNot === undefined ? [] : [['isNot', isNot] as const]),
    ...(among ?? []).map((value, i) => [`in[${i}]`, value] as const),
    ...(notIn ?? []).map((value, i) => [`notIn[${i}]`, value] as const),
  ];
};

/** Bounds that no number of the range is on the right side of. */
const boundFindings = (path: string, condition: ValueCondition, domain: NumberDomain): Finding[] => {
  const { atLeast, atMost, above, below } = condition;
  const { from, to } = domain;
  const outside = (field: string, bound: number | undefined, isOutside: boolean): Finding[] =>
    bound !== undefined && isOutside
      ? [
          error(
            `${path}.${field}`,
            bound,
            `a bound that ${numberWords({ ...domain, orNone: false })} can pass`,
          ),
        ]
      : [];
  return [
    ...outside('atLeast', atLeast, (atLeast ?? from) > to),
    ...outside('atMost', atMost, (atMost ?? to) < from),
    ...outside('above', above, (above ?? from) >= to),
    ...outside('below', below, (below ?? to) <= from),
  ];
};

/** An entry of a list is found whatever its upper and lower case. */
const entryFindings = (path: string, { contains }: ValueCondition, domain: Domain): Finding[] =>
  contains !== undefined &&
  domain.kind === 'list' &&
  !domain.values.some((value) => String(value).toLowerCase() === contains.toLowerCase())
    ? [error(`${path}.contains`, contains, oneOfValues(domain.what, contains, domain.values))]
    : [];

const conditionValues: Rule = {
  reads: ['questions', 'attributes', 'lanes'],
  find: (document) =>
    valueConditionsIn(document).flatMap(({ path, condition }) => {
      const domain = domainOf(condition, document);
      if (domain === undefined) return [];
      return [
        ...(domain.kind === 'list' ? [] : comparedValues(condition)).flatMap(([field, value]) => {
          const lack = lackOf(domain, value);
          return lack === undefined ? [] : [error(`${path}.${field}`, value, lack)];
        }),
        ...(domain.kind === 'number' ? boundFindings(path, condition, domain) : []),
        ...entryFindings(path, condition, domain),
      ];
    }),
};

/** Tables are looked up by text, so their names are values as text. */
const lackOfName = (domain: Domain, name: string): string | undefined => {
  switch (domain.kind) {
    case 'choice':
      return domain.values.map(String).includes(name)
        ? undefined
        : oneOf(domain.what, name, domain.values.map(String));
    case 'number': {
      const value = Number(name);
      return lackOf(domain, String(value) === name ? value : name);
    }
    case 'yesNo':
      return name === 'true' || name === 'false' ? undefined : 'true, false';
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
    criteriaIn(document).flatMap(({ path, criterion }): Finding[] => {
      if (!('table' in criterion)) return [];
      const domain = domainOf(criterion.of, document);
      if (domain === undefined) return [];
      if (domain.kind === 'list') {
        return [error(`${path}.of`, criterion.of, 'a single value; a list is tested by `contains`')];
      }
      return Object.keys(criterion.table).flatMap((name) => {
        const lack = lackOfName(domain, name);
        return lack === undefined ? [] : [nameError(`${path}.table.${name}`, name, lack)];
      });
    }),
};

export const valueRules: readonly Rule[] = [conditionValues, tableNames];
