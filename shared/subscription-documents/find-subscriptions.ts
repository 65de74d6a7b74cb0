import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Problem, showProblem, showValue } from '../../events/index.ts';
import type { Subscription } from '../deliveries/index.ts';
import { type ParseOptions, parseSubscription } from './parse-subscription.ts';

/** The most subscriptions of a deployment: each announcement is matched with all of them. */
const mostSubscriptions = 50;

const mostBytes = 100_000;

interface FoundSubscriptions {
  /** The subscriptions that are right, by name. */
  readonly subscriptions: readonly Subscription[];
  /** The problems of all files. Their paths begin with the name of the file. */
  readonly problems: readonly Problem[];
}

const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const refuse = (file: string, problems: readonly Problem[]): FoundSubscriptions => ({
  subscriptions: [],
  problems: problems.map((problem) => ({
    ...problem,
    path: problem.path === '(the whole)' ? file : `${file}: ${problem.path}`,
  })),
});

/** Reads a file. A link is followed; whatever isn't a file, or is too large to be written by people, is refused. */
const readDocument = (path: string): string | Problem => {
  const whole = { path: '(the whole)' };
  try {
    const found = statSync(path);
    if (found.isFile() && found.size <= mostBytes) return readFileSync(path, 'utf8');
    const given = found.isFile() ? `a file of ${found.size} bytes` : 'no file';
    return { ...whole, given, allowed: `a document of at most ${mostBytes} bytes` };
  } catch (error) {
    return { ...whole, given: causeOf(error), allowed: 'a file that can be read' };
  }
};

const readSubscription = (folder: string, file: string, options: ParseOptions): FoundSubscriptions => {
  const text = readDocument(join(folder, file));
  if (typeof text !== 'string') return refuse(file, [text]);
  const parsed = parseSubscription(text, options);
  if (!parsed.ok) return refuse(file, parsed.problems);
  const { name } = parsed.subscription;
  const expected = basename(file, '.json');
  return name === expected
    ? { subscriptions: [parsed.subscription], problems: [] }
    : refuse(file, [{ path: 'name', given: showValue(name), allowed: `the name of the file, ${expected}` }]);
};

/**
 * Reads the subscription documents of a folder: its files that end in `.json`. It finds every problem of all of them.
 *
 * @example
 * const { subscriptions, problems } = findSubscriptions('deliveries');
 */
const findSubscriptions = (folder: string, options: ParseOptions = {}): FoundSubscriptions => {
  let files: readonly string[];
  try {
    files = readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    const problem = {
      path: '(the whole)',
      given: causeOf(error),
      allowed: 'a folder of subscription documents',
    };
    return refuse(folder, [problem]);
  }
  if (files.length > mostSubscriptions) {
    const allowed = `at most ${mostSubscriptions} documents`;
    return refuse(folder, [{ path: '(the whole)', given: `${files.length} documents`, allowed }]);
  }
  const found = files.map((file) => readSubscription(folder, file, options));
  return {
    subscriptions: found.flatMap(({ subscriptions }) => subscriptions),
    problems: found.flatMap(({ problems }) => problems),
  };
};

/** Subscription documents that can't be used. The message has every problem, a line each. */
export class InvalidSubscriptionsError extends Error {
  readonly code = 'INVALID_SUBSCRIPTIONS';
  readonly problems: readonly Problem[];

  constructor(folder: string, problems: readonly Problem[]) {
    super([`the subscriptions of ${folder} have problems:`, ...problems.map(showProblem)].join('\n'));
    this.name = 'InvalidSubscriptionsError';
    this.problems = problems;
  }
}

/**
 * Reads the subscription documents of a folder, of which all must be right.
 *
 * @throws InvalidSubscriptionsError with every problem of all of them
 */
export const readSubscriptions = (folder: string, options: ParseOptions = {}): readonly Subscription[] => {
  const { subscriptions, problems } = findSubscriptions(folder, options);
  if (problems.length > 0) throw new InvalidSubscriptionsError(folder, problems);
  return subscriptions;
};
