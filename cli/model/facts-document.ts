import * as z from 'zod';
import {
  describeProblems,
  findJsonProblem,
  findProtoKey,
  isObject,
  nameSchema,
  outcomes,
  showPath,
  showProblem,
  stages,
} from '../../events/index.ts';
import { CliError } from '../errors.ts';
import { instantText } from '../text/instant-text.ts';
import { readText } from '../text/read-text.ts';

/**
 * Returns a schema that accepts a bare value, or an object that adds details to it. Issues are those of the given form.
 */
const bareOr = <Bare, Whole>(
  bare: z.ZodType<Bare>,
  whole: z.ZodType<Whole>,
  toWhole: (bare: Bare) => NoInfer<Whole>,
) =>
  z.unknown().transform((given, ctx): Whole => {
    const parsed = isObject(given) ? whole.safeParse(given) : bare.transform(toWhole).safeParse(given);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      ctx.issues.push({ ...issue, input: given } as z.core.$ZodRawIssue);
    }
    return z.NEVER;
  });

const at = instantText.optional();
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()], {
  error: 'text, a number, true, false, a list of texts or null',
});
const answer = z.strictObject({ value, text: z.string().optional(), at });
const number = z.int().min(1).max(1_000);
const counted = z.strictObject({ count: number, at });
const countOf = bareOr(number, counted, (count) => ({ count }));

/** The most characters of a facts file as JSON without white space. */
const mostCharacters = 1024 * 1024;

/** The most names of one kind. No lead that somebody writes by hand has more. */
const mostNames = 500;

const named = <T extends z.ZodType>(of: T) =>
  z
    .record(nameSchema, of)
    .refine((given) => Object.keys(given).length <= mostNames, { error: `at most ${mostNames} names` })
    .default({} as never);

const factsDocument = z.strictObject({
  at,
  stage: z.enum(stages).optional(),
  attributes: named(value),
  answers: named(bareOr(value, answer, (bare) => ({ value: bare }))),
  activities: named(countOf),
  outcomes: z.partialRecord(z.enum(outcomes), countOf).default({}),
});

/** The facts of a lead as people write them down, to try a model with. */
export type FactsDocument = z.infer<typeof factsDocument>;

/**
 * Returns the error for a file with invalid facts.
 *
 * @param problems one line each
 */
export const invalidFacts = (file: string, problems: readonly string[], cause?: unknown): CliError =>
  new CliError('INVALID_FACTS', `${file} holds no facts of a lead:`, { details: problems, cause });

const parseJson = (file: string): unknown => {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidFacts(file, [`(the whole): given ${(cause as Error).message}; allowed: JSON`], cause);
  }
};

/**
 * Reads the facts of a lead from a file.
 *
 * @throws CliError with all problems of the file
 */
export const readFactsFile = (file: string): FactsDocument => {
  const given = parseJson(file);
  const problem = findJsonProblem(given);
  if (problem !== undefined) throw invalidFacts(file, [showProblem(problem)]);
  if (JSON.stringify(given).length > mostCharacters) {
    throw invalidFacts(file, [`(the whole): given more; allowed: at most ${mostCharacters} characters`]);
  }
  const proto = findProtoKey(given, []);
  if (proto !== undefined) {
    throw invalidFacts(file, [
      showProblem({
        path: showPath(proto),
        given: 'the name "__proto__"',
        allowed: 'a name that begins with a letter',
      }),
    ]);
  }
  const parsed = factsDocument.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalidFacts(file, describeProblems(parsed.error, given).map(showProblem), parsed.error);
};
