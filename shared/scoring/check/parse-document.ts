import type * as z from 'zod';
import { describeProblems, type Problem } from '../../../events/index.ts';
import { orMeant } from '../../suggest/index.ts';
import { type ModelDocument, modelDocument } from '../document/model.ts';

/**
 * The options of the parser. A process checks one model, and to compile parsers for it would take longer than the
 * check.
 */
const once = { jitless: true } as const;

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/** The fields that the objects of issues have, by the list of fields that are too many, which the final issue keeps. */
type FieldsByIssue = Map<readonly string[], readonly string[]>;

const listFields = ({ inst }: RawIssue): readonly string[] => {
  const def = (inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def;
  return Object.keys(def?.shape ?? {});
};

/** Adds the name that was probably meant to a problem, if a field or a word was misspelt. */
const withMeant = (problem: Problem, issue: Issue, index: number, fields: FieldsByIssue): Problem => {
  const meant = (given: string, names: readonly string[]): Problem => ({
    ...problem,
    allowed: orMeant(problem.allowed, given, names),
  });
  if (issue.code === 'unrecognized_keys') {
    return meant(issue.keys[index] ?? '', fields.get(issue.keys) ?? []);
  }
  if (issue.code === 'invalid_value') return meant(String(issue.input), issue.values.map(String));
  return problem;
};

const listProblems = (document: unknown, issues: readonly Issue[], fields: FieldsByIssue): Problem[] =>
  issues.flatMap((issue) =>
    describeProblems({ issues: [issue] }, document).map((problem, i) => withMeant(problem, issue, i, fields)),
  );

/** The sections that are well-formed by themselves, so that one broken section doesn't hide what others lack. */
const soundSections = (document: unknown): Partial<ModelDocument> => {
  if (typeof document !== 'object' || document === null) return {};
  const given = document as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(modelDocument.shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(Object.hasOwn(given, name) ? given[name] : undefined, once);
      return parsed.success ? [[name, parsed.data]] : [];
    }),
  );
};

export interface ParsedDocument {
  /** All of the document if `problems` is empty, else the sections that are well-formed. */
  readonly sections: Partial<ModelDocument>;
  readonly problems: readonly Problem[];
}

/** Reads a document by the schema: what is well-formed of it, and what isn't. */
export const parseDocument = (document: unknown): ParsedDocument => {
  const fields: FieldsByIssue = new Map();
  const noteFields = (issue: RawIssue): undefined => {
    if (issue.code === 'unrecognized_keys') fields.set(issue.keys, listFields(issue));
  };
  const parsed = modelDocument.safeParse(document, { ...once, reportInput: true, error: noteFields });
  if (parsed.success) return { sections: parsed.data, problems: [] };
  return { sections: soundSections(document), problems: listProblems(document, parsed.error.issues, fields) };
};
