import { listUsedOperators, type ValueTests } from '../operators/index.ts';
import { no, type Test, type Truth, unknown, yes } from '../reading.ts';
import type { ReadValue } from './fact-layout.ts';

/**
 * Returns the result for a value that is not known: no as soon as one operator says no, otherwise the least certain.
 */
const allOf = (truths: readonly Truth[]): Truth => {
  if (truths.includes(no)) return no;
  return truths.includes(unknown) ? unknown : yes;
};

/**
 * Compiles the operators of a condition, all of which must hold.
 *
 * @param mayBecomeKnown whether every test of a value that is not known is open, even the test `known`
 */
export const compileValue = (read: ReadValue, tests: ValueTests, mayBecomeKnown: boolean): Test => {
  const used = listUsedOperators(tests);
  const [first, ...others] = used.map(({ operator, operand }) => operator.holds(operand));
  const missing = mayBecomeKnown
    ? unknown
    : allOf(used.map(({ operator, operand }) => operator.missing?.(operand) ?? unknown));
  return (reading) => {
    const value = read(reading);
    if (value === undefined || value === null) return missing;
    if (first?.(value) === false) return no;
    for (const passes of others) if (!passes(value)) return no;
    return yes;
  };
};
