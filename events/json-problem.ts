import { type Problem, showPath } from './problems.ts';

/**
 * The most levels of objects and lists in an event, with its envelope as the first: EventBridge takes no more. Source:
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
const mostJsonLevels = 1_100;

/** The most names of a path that are shown. No contract nests deeper. */
const shownNames = 10;

interface Node {
  readonly value: unknown;
  /** The number of objects and lists around the value, the value included. */
  readonly level: number;
  readonly key: string | number;
  readonly parent: Node | undefined;
}

/** Yields every value in a parsed JSON value. Uses a list in place of recursion, which deep nesting would overflow. */
function* walk(value: unknown): Generator<Node> {
  const left: Node[] = [{ value, level: 1, key: '', parent: undefined }];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    yield node;
    const { value, level } = node;
    if (typeof value !== 'object' || value === null) continue;
    const isList = Array.isArray(value);
    for (const [key, inner] of Object.entries(value))
      left.push({ value: inner, level: level + 1, key: isList ? Number(key) : key, parent: node });
  }
}

const isTooDeep = ({ value, level }: Node, levels: number): boolean =>
  level > levels && typeof value === 'object' && value !== null;

const pathOf = (node: Node): string => {
  const names: (string | number)[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) names.push(at.key);
  return showPath(names.reverse().slice(0, shownNames));
};

/** Returns whether a parsed JSON value has more levels of objects and lists, itself included. */
export const isNestedDeeper = (value: unknown, levels = mostJsonLevels): boolean => {
  for (const node of walk(value)) if (isTooDeep(node, levels)) return true;
  return false;
};

/** The levels that are searched by recursion: no event that a contract accepts has more. */
const usualLevels = 16;

/** Returns whether a value has few levels and only numbers that JSON can write, without remembering where it looks. */
const isSurelyFine = (value: unknown, levels: number): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const key in value)
    if (!isSurelyFine((value as Record<string, unknown>)[key], levels - 1)) return false;
  return true;
};

/**
 * Finds what keeps a parsed JSON value from being sent on as an event: nesting beyond what EventBridge takes, or a
 * number beyond the range of a double. `JSON.parse` reads such a number as Infinity, and `JSON.stringify` would write
 * it as null, which clears what is known.
 */
export const findJsonProblem = (value: unknown): Problem | undefined => {
  if (isSurelyFine(value, usualLevels)) return undefined;
  for (const node of walk(value)) {
    if (isTooDeep(node, mostJsonLevels))
      return {
        path: pathOf(node),
        given: `more than ${mostJsonLevels} levels of objects and lists`,
        allowed: `at most ${mostJsonLevels}`,
      };
    if (node.value === Number.POSITIVE_INFINITY || node.value === Number.NEGATIVE_INFINITY)
      return {
        path: pathOf(node),
        given: 'a number beyond the range of a double',
        allowed: 'a number between -1.797e308 and 1.797e308',
      };
  }
  return undefined;
};
