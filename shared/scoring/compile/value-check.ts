import type { FactValue } from '../../../events/index.ts';
import type { ValueTests } from '../document/condition.ts';

type Operator = Exclude<keyof ValueTests, 'known'>;

/** One test of one value, with what it looks for in each form that an operator may want; all of one shape. */
export interface ValueCheck {
  readonly operator: Operator;
  readonly wanted: unknown;
  /** NaN unless a number is wanted. */
  readonly bound: number;
  /** In lower case, since tests of parts of a text ignore case; empty unless text is wanted. */
  readonly text: string;
  /** Empty unless a list is wanted. */
  readonly list: ReadonlySet<unknown>;
}

const operators: { readonly [Op in Operator]: Op } = {
  is: 'is',
  isNot: 'isNot',
  in: 'in',
  notIn: 'notIn',
  atLeast: 'atLeast',
  atMost: 'atMost',
  above: 'above',
  below: 'below',
  contains: 'contains',
  startsWith: 'startsWith',
  endsWith: 'endsWith',
};

export const checksOf = (tests: ValueTests): ValueCheck[] =>
  Object.values(operators).flatMap((operator) => {
    const wanted = tests[operator];
    if (wanted === undefined) return [];
    return [
      {
        operator,
        wanted,
        bound: typeof wanted === 'number' ? wanted : Number.NaN,
        text: typeof wanted === 'string' ? wanted.toLowerCase() : '',
        list: new Set<unknown>(Array.isArray(wanted) ? wanted : []),
      },
    ];
  });

const contains = (value: NonNullable<FactValue>, text: string): boolean =>
  typeof value === 'string'
    ? value.toLowerCase().includes(text)
    : Array.isArray(value) && value.some((entry) => entry.toLowerCase() === text);

/** Whether a value passes. A switch rather than a function an operator: V8 inlines the one, but not eleven others. */
export const holds = (check: ValueCheck, value: NonNullable<FactValue>): boolean => {
  switch (check.operator) {
    case 'is':
      return value === check.wanted;
    case 'isNot':
      return value !== check.wanted;
    case 'in':
      return check.list.has(value);
    case 'notIn':
      return !check.list.has(value);
    case 'atLeast':
      return typeof value === 'number' && value >= check.bound;
    case 'atMost':
      return typeof value === 'number' && value <= check.bound;
    case 'above':
      return typeof value === 'number' && value > check.bound;
    case 'below':
      return typeof value === 'number' && value < check.bound;
    case 'contains':
      return contains(value, check.text);
    case 'startsWith':
      return typeof value === 'string' && value.toLowerCase().startsWith(check.text);
    case 'endsWith':
      return typeof value === 'string' && value.toLowerCase().endsWith(check.text);
    default:
      return check.operator satisfies never;
  }
};
