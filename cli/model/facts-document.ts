import {
  describeProblems,
  type FactsDocument,
  factsDocument,
  findJsonProblem,
  findProtoKey,
  showPath,
  showProblem,
} from '../../events/index.ts';
import { CliError } from '../errors.ts';
import { readText } from '../text/read-text.ts';

/** The most characters of a facts file as JSON without white space. */
const mostCharacters = 1024 * 1024;

/**
 * Returns the error for a file with invalid facts.
 *
 * @param problems one line each
 */
const invalidFacts = (file: string, problems: readonly string[], cause?: unknown): CliError =>
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
