import type { Blueprint } from '../blueprint.ts';
import { LocalStackError } from '../errors.ts';

const check = (id: string, arn: string, allowed: ReadonlySet<string>, what: string): void => {
  if (allowed.has(arn)) return;
  throw new LocalStackError(
    'RESOURCE_INVALID',
    `${id} has the target ${arn}, allowed are ${what} of the app`,
  );
};

/** Returns the ARN without an alias or version, which stand for the function. */
export const withoutQualifier = (arn: string): string =>
  arn.replace(/^(arn:aws:lambda:.*:function:[^:]+):[^:]+$/, '$1');

/**
 * Checks that each schedule leads to a function or a queue, also those that nobody lets run.
 *
 * @throws LocalStackError `RESOURCE_INVALID`
 */
export const checkSchedules = ({ schedules, functions, queues }: Blueprint): void => {
  const queueArns = new Set(queues.map(({ arn }) => arn));
  const functionArns = new Set(functions.map(({ arn }) => arn));
  for (const { id, targets, deadLetterArn } of schedules) {
    for (const { arn } of targets)
      check(id, withoutQualifier(arn), new Set([...functionArns, ...queueArns]), 'the functions and queues');
    if (deadLetterArn !== undefined) check(id, deadLetterArn, queueArns, 'the queues');
  }
};
