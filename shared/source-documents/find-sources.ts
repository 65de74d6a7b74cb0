import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Problem, showProblem, showValue } from '../../events/index.ts';
import type { SourceDocument } from '../sources/index.ts';
import { parseSource } from './parse-source.ts';

/** The most sources of a deployment: each of them has permissions, metrics and alarms. */
const mostSources = 50;

const mostBytes = 1_000_000;

export interface FoundSources {
  /** The sources that are right, by name. */
  readonly sources: readonly SourceDocument[];
  /** The problems of all files. Their paths begin with the name of the file. */
  readonly problems: readonly Problem[];
}

const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const inFile = (file: string, problems: readonly Problem[]) =>
  problems.map(
    (problem): Problem => ({
      ...problem,
      path: problem.path === '(the whole)' ? file : `${file}: ${problem.path}`,
    }),
  );

/** Reads one document. A link is followed; whatever isn't a file, or is too large to be written by people, is refused. */
const readSource = (folder: string, file: string): FoundSources => {
  const refuse = (...problems: Problem[]): FoundSources => ({
    sources: [],
    problems: inFile(file, problems),
  });
  const path = join(folder, file);
  let text: string;
  try {
    const found = statSync(path);
    const isDocument = found.isFile() && found.size <= mostBytes;
    if (!isDocument) {
      const given = found.isFile() ? `a file of ${found.size} bytes` : 'no file';
      return refuse({ path: '(the whole)', given, allowed: `a document of at most ${mostBytes} bytes` });
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return refuse({ path: '(the whole)', given: causeOf(error), allowed: 'a file that can be read' });
  }
  const parsed = parseSource(text);
  if (!parsed.ok) return refuse(...parsed.problems);
  const { name } = parsed.source;
  const expected = basename(file, '.json');
  return name === expected
    ? { sources: [parsed.source], problems: [] }
    : refuse({ path: 'name', given: showValue(name), allowed: `the name of the file, ${expected}` });
};

/**
 * Reads the source documents of a folder: its files that end in `.json`. It finds every problem of all of them.
 *
 * @example
 * const { sources, problems } = findSources('sources');
 */
export const findSources = (folder: string): FoundSources => {
  const refuse = (given: string, allowed: string): FoundSources => ({
    sources: [],
    problems: [{ path: folder, given, allowed }],
  });
  let files: readonly string[];
  try {
    files = readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    return refuse(causeOf(error), 'a folder of source documents');
  }
  if (files.length > mostSources) {
    return refuse(`${files.length} documents`, `at most ${mostSources} documents`);
  }
  const found = files.map((file) => readSource(folder, file));
  return {
    sources: found.flatMap(({ sources }) => sources),
    problems: found.flatMap(({ problems }) => problems),
  };
};

/** Source documents that can't be used. The message has every problem, a line each. */
export class InvalidSourcesError extends Error {
  readonly code = 'INVALID_SOURCES';
  readonly problems: readonly Problem[];

  constructor(folder: string, problems: readonly Problem[]) {
    super([`the sources of ${folder} have problems:`, ...problems.map(showProblem)].join('\n'));
    this.name = 'InvalidSourcesError';
    this.problems = problems;
  }
}

/**
 * Reads the source documents of a folder, of which all must be right.
 *
 * @throws InvalidSourcesError with every problem of all of them
 */
export const readSources = (folder: string): readonly SourceDocument[] => {
  const { sources, problems } = findSources(folder);
  if (problems.length > 0) throw new InvalidSourcesError(folder, problems);
  return sources;
};
