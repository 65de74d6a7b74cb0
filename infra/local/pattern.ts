import { type Branch, branchesOf } from './patterns/branches.ts';
import { type Elements, joined, noElements, valuesAt } from './patterns/event-values.ts';
import type { Matcher } from './patterns/matchers.ts';

interface Field {
  readonly names: readonly string[];
  readonly matchers: readonly Matcher[];
  readonly takesAbsence: boolean;
}

/** In this order AWS's matcher looks at them, which tells when an absent field is absent from the same element. */
const fieldsOf = (branch: Branch): readonly Field[] =>
  [...branch.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, matchers]) => ({
      names: name.split('.'),
      matchers,
      takesAbsence: matchers.some((matcher) => matcher.takesAbsence),
    }));

/** All fields match, and those inside one array do so in the same element of it. */
const matchesFrom = (
  event: unknown,
  fields: readonly Field[],
  at = 0,
  elements: Elements = noElements,
): boolean => {
  const field = fields[at];
  if (field === undefined) return true;
  let found = false;
  for (const { value, elements: more } of valuesAt(event, field.names)) {
    const together = joined(elements, more);
    if (together === undefined) continue;
    found = true;
    if (!field.matchers.some(({ test }) => test(value))) continue;
    if (matchesFrom(event, fields, at + 1, together)) return true;
  }
  return !found && field.takesAbsence && matchesFrom(event, fields, at + 1, elements);
};

/**
 * Compiles an EventBridge event pattern. That it takes what AWS's own matcher takes is checked by
 * `test/conformance/patterns`.
 *
 * @throws LocalStackError `PATTERN_INVALID` with the place of what EventBridge would not take
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const compilePattern = (pattern: unknown): ((event: unknown) => boolean) => {
  const branches = branchesOf(pattern).map(fieldsOf);
  return (event) => branches.some((fields) => matchesFrom(event, fields));
};
