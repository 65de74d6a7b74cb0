import type * as z from 'zod';
import { describeProblems, findJsonProblem, type Problem } from '../../events/index.ts';
import { hasProtoKey } from '../mapping-document/index.ts';
import type { SourceDocument } from '../sources/index.ts';
import { orMeant } from '../suggest/index.ts';
import { sourceDocumentSchema } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** The fields that objects have, by the list of those that are too many, which the final issue keeps. */
type FieldsByIssue = Map<readonly string[], readonly string[]>;

const listFields = ({ inst }: z.core.$ZodRawIssue): readonly string[] => {
  const def = (inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def;
  return Object.keys(def?.shape ?? {});
};

/** Adds the name that was probably meant to a problem, if a field or a word was misspelt. */
const withMeant = (problem: Problem, issue: Issue, index: number, fields: FieldsByIssue): Problem => {
  const meant = (given: string, names: readonly string[]): Problem => ({
    ...problem,
    allowed: orMeant(problem.allowed, given, names),
  });
  if (issue.code === 'unrecognized_keys') return meant(issue.keys[index] ?? '', fields.get(issue.keys) ?? []);
  if (issue.code === 'invalid_value') return meant(String(issue.input), issue.values.map(String));
  return problem;
};

export type ParsedSource =
  | { readonly ok: true; readonly source: SourceDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const refuse = (...problems: Problem[]): ParsedSource => ({ ok: false, problems });

/** Parses a source document. Never throws; it finds every problem, not the first alone. */
export const parseSource = (text: string): ParsedSource => {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse({ path: '(the whole)', given: why, allowed: 'JSON' });
  }
  const unusable = findJsonProblem(given);
  if (unusable !== undefined) return refuse(unusable);
  const proto: Problem[] = hasProtoKey(text)
    ? [{ path: '(a name)', given: '"__proto__"', allowed: 'a name that begins with a letter' }]
    : [];
  const fields: FieldsByIssue = new Map();
  const error = (issue: z.core.$ZodRawIssue): undefined => {
    if (issue.code === 'unrecognized_keys') fields.set(issue.keys, listFields(issue));
  };
  const parsed = sourceDocumentSchema.safeParse(given, { jitless: true, reportInput: true, error });
  if (parsed.success) return proto.length > 0 ? refuse(...proto) : { ok: true, source: parsed.data };
  const problems = parsed.error.issues.flatMap((issue) =>
    describeProblems({ issues: [issue] }, given).map((problem, i) => withMeant(problem, issue, i, fields)),
  );
  return refuse(...proto, ...problems);
};
