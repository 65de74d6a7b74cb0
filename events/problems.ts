import type * as z from 'zod';

/** What is wrong with one value: where it stands, what was given (cut short), what is allowed. */
export interface Problem {
  /** Dotted path with list indexes in brackets, such as `detail.data.stage` or `tiers[1].from`. */
  readonly path: string;
  readonly given: string;
  readonly allowed: string;
}

const shown = 60;

/** A value nested thousands deep overflows the stack; an error message must not be what fails. */
const toJson = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return '(nested too deeply to show)';
  }
};

/** A value for people: JSON, at most 60 characters of it, `nothing` where it is missing. */
export const showValue = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') {
    return value.length > shown
      ? `${JSON.stringify(value.slice(0, shown))}… (${value.length} characters)`
      : JSON.stringify(value);
  }
  if (typeof value === 'number') return String(value);
  const json = toJson(value);
  return json.length > shown ? `${json.slice(0, shown)}…` : json;
};

export const showPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  ) || '(the whole)';

export const showProblem = ({ path, given, allowed }: Problem): string =>
  `${path}: given ${given}; allowed: ${allowed}`;

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );

const bound = (
  issue: { origin: string; inclusive?: boolean | undefined },
  word: string,
  limit: unknown,
): string => {
  if (issue.origin === 'string') return `${word} ${limit} characters`;
  if (issue.origin === 'array') return `${word} ${limit} entries`;
  return issue.inclusive === false
    ? `${word === 'at least' ? 'above' : 'below'} ${limit}`
    : `${word} ${limit}`;
};

const typeWords: Record<string, string> = {
  object: 'an object',
  array: 'a list',
  int: 'a whole number',
  record: 'an object',
};

const allowedBy = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? `a ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'too_big':
      return bound(issue, 'at most', issue.maximum);
    case 'too_small':
      return bound(issue, 'at least', issue.minimum);
    case 'invalid_union':
      return 'note' in issue && issue.note !== undefined
        ? `a known ${issue.discriminator ?? 'kind'}`
        : issue.message;
    default:
      return issue.message;
  }
};

/** zod's own words end up here only where a schema gave none of its own. */
const ownWords = (issue: z.core.$ZodIssue): string | undefined =>
  issue.message.startsWith('Invalid') ||
  issue.message.startsWith('Too ') ||
  issue.message.startsWith('Unrecognized')
    ? undefined
    : issue.message;

/** Every problem of a failed parse, with the value that stood there. `root` is put before each path. */
export const problemsOf = (
  error: { readonly issues: readonly z.core.$ZodIssue[] },
  input: unknown,
  root: readonly PropertyKey[] = [],
): Problem[] =>
  error.issues.flatMap((issue): Problem[] => {
    const path = (more: readonly PropertyKey[] = []) => showPath([...root, ...issue.path, ...more]);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: path([key]),
        given: showValue(at(input, [...issue.path, key])),
        allowed: 'no such field here',
      }));
    }
    if (issue.code === 'invalid_key') {
      const why = issue.issues.map((inner) => ownWords(inner) ?? allowedBy(inner)).join(', ');
      return [
        {
          path: path(),
          given: `the name ${showValue(String(issue.path.at(-1)))}`,
          allowed: `a name of ${why}`,
        },
      ];
    }
    return [
      { path: path(), given: showValue(at(input, issue.path)), allowed: ownWords(issue) ?? allowedBy(issue) },
    ];
  });
