import { invalid } from './problems.ts';
import type { ValueTest } from './text-tests.ts';

type Comparison = (value: number, bound: number) => boolean;

const lower: Readonly<Record<string, Comparison>> = {
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
const upper: Readonly<Record<string, Comparison>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};
const single: Readonly<Record<string, Comparison>> = {
  '=': (value, bound) => value === bound,
  ...lower,
  ...upper,
};

const findComparison = (
  known: Readonly<Record<string, Comparison>>,
  name: unknown,
): Comparison | undefined =>
  typeof name === 'string' && Object.hasOwn(known, name) ? known[name] : undefined;

/** Returns a test for one comparison, or for a range with its lower bound first. */
export const numeric = (argument: unknown, at: string): ValueTest => {
  const refused = () =>
    invalid(at, argument, '= < <= > >= and a number, or > >= and a number, then < <= and a greater one');
  if (!Array.isArray(argument) || ![2, 4].includes(argument.length)) throw refused();
  const [name, bound, otherName, otherBound] = argument as readonly unknown[];
  const isRange = argument.length === 4;
  const first = findComparison(isRange ? lower : single, name);
  if (first === undefined || typeof bound !== 'number') throw refused();
  if (!isRange) return (value) => typeof value === 'number' && first(value, bound);
  const second = findComparison(upper, otherName);
  if (second === undefined || typeof otherBound !== 'number' || otherBound <= bound) throw refused();
  return (value) => typeof value === 'number' && first(value, bound) && second(value, otherBound);
};
