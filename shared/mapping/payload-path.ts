import { JMESPathError, JMESPathTypeError, search } from '@aws-lambda-powertools/jmespath';
import { orMeant } from '../suggest/index.ts';

/** JMESPath expressions, the paths of payloads. */

const mostCharacters = 500;

/**
 * The most lists and objects that an expression makes of its own. Only these can make more of a payload than there is,
 * and several that are flattened multiply.
 */
const mostMade = 2;

const functions = [
  'abs avg ceil contains ends_with floor join keys length map max max_by merge min min_by not_null reverse sort sort_by',
  'starts_with sum to_array to_number to_string type values',
].flatMap((names) => names.split(' '));

/** Returns an expression without its names in quotes, texts and literals, which may hold any character. */
const withoutTexts = (expression: string): string =>
  expression.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/gs, (text) =>
    text.startsWith('"') ? 'x' : '``',
  );

/** The brackets that make a list or an object, unlike those of an index, a slice, a wildcard, a filter or a flattening. */
const making = /\[(?!\s*(?:[-\d:?\]]|\*\s*\]))|\{/g;

const findStaticProblem = (expression: string): string | undefined => {
  if (expression === '') return 'a path, which is a JMESPath expression such as properties.email';
  if (expression.length > mostCharacters) return `an expression of at most ${mostCharacters} characters`;
  if (expression.includes('__proto__')) return 'a name other than __proto__';
  const bare = withoutTexts(expression);
  const unknown = [...bare.matchAll(/([A-Za-z_]\w*)\s*\(/g)].find(
    ([, name = '']) => !functions.includes(name),
  )?.[1];
  if (unknown !== undefined) {
    return orMeant(`a function of JMESPath: ${functions.join(', ')}`, unknown, functions);
  }
  if ((bare.match(making)?.length ?? 0) > mostMade) {
    return `an expression that makes at most ${mostMade} lists or objects of its own`;
  }
  return /:\s*:\s*-?0+\s*\]/.test(bare) ? 'a step of a slice other than 0' : undefined;
};

/**
 * Searches a payload. A blank goes behind the expression: the library stores parsed expressions by their texts in an
 * object, which has members such as `constructor`.
 */
const searchPayload = (expression: string, payload: unknown): unknown =>
  search(`${expression} `, payload as Parameters<typeof search>[1]);

/** Returns the message of an error of the library without the expression, which stands beside it anyway. */
const describeError = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/ in expression: .*$/s, '');

const quotingHint =
  'a name with other characters than A-Z a-z 0-9 _ stands in double quotes, as in properties."first-name"';

/** Returns what is allowed if a text is no expression that can be searched for, or `undefined` if it is one. */
export const findPathProblem = (expression: string): string | undefined => {
  const found = findStaticProblem(expression);
  if (found !== undefined) return found;
  try {
    searchPayload(expression, null);
    return undefined;
  } catch (error) {
    // Without a payload, functions have arguments of wrong types.
    if (error instanceof JMESPathTypeError) return undefined;
    return `a JMESPath expression (${describeError(error)}); ${quotingHint}`;
  }
};

/** The value at a path, or the reason why it can't be told. */
export type Found = { readonly value: unknown } | { readonly failure: string };

/** Searches a payload for a path. Nothing, and a member of an object that no JSON has, is `undefined`. */
export const findAtPath = (expression: string, payload: unknown): Found => {
  try {
    const value = searchPayload(expression, payload);
    return { value: value === null || typeof value === 'function' ? undefined : value };
  } catch (error) {
    if (error instanceof JMESPathError || error instanceof RangeError)
      return { failure: describeError(error) };
    throw error;
  }
};
