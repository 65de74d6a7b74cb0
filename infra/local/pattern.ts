import { type Branch, expandBranches } from './patterns/branches.ts';
import {
  collectValues,
  type Elements,
  joined,
  noElements,
  type Path,
  parsePath,
} from './patterns/event-values.ts';
import { filterOperators, type Matcher, type Operators, ruleOperators } from './patterns/matchers.ts';

interface Field {
  readonly path: Path;
  readonly matchers: readonly Matcher[];
  readonly takesAbsence: boolean;
}

/**
 * Returns the fields in the order in which AWS's matcher checks them. The order decides when an absent field is absent
 * from the same element.
 */
const compileFields = (branch: Branch): readonly Field[] =>
  [...branch.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, matchers]) => ({
      path: parsePath(name),
      matchers,
      takesAbsence: matchers.some((matcher) => matcher.takesAbsence),
    }));

/** Whether all fields match, and those inside one array do so in the same element of it. */
const matchesFrom = (
  event: unknown,
  fields: readonly Field[],
  at = 0,
  elements: Elements = noElements,
): boolean => {
  const field = fields[at];
  if (field === undefined) return true;
  let found = false;
  for (const { value, elements: more } of collectValues(event, field.path)) {
    const together = joined(elements, more);
    if (together === undefined) continue;
    found = true;
    if (!field.matchers.some(({ test }) => test(value))) continue;
    if (matchesFrom(event, fields, at + 1, together)) return true;
  }
  return !found && field.takesAbsence && matchesFrom(event, fields, at + 1, elements);
};

const compile = (pattern: unknown, operators: Operators): ((event: unknown) => boolean) => {
  const branches = expandBranches(pattern, operators).map(compileFields);
  return (event) => branches.some((fields) => matchesFrom(event, fields));
};

/**
 * Compiles an EventBridge event pattern. `test/conformance/patterns` compares it with AWS's own matcher.
 *
 * @throws LocalStackError `PATTERN_INVALID` with the path of what EventBridge would not accept
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const compilePattern = (pattern: unknown): ((event: unknown) => boolean) =>
  compile(pattern, ruleOperators);

/**
 * Compiles the filter of an event source mapping: an event pattern with fewer operators.
 *
 * @throws LocalStackError `PATTERN_INVALID` with the path of what Lambda does not document
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const compileFilter = (pattern: unknown): ((record: unknown) => boolean) =>
  compile(pattern, filterOperators);
