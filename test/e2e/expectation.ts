import { deepStrictEqual } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepFailed } from './errors.ts';
import type { Facts } from './step.ts';

const file = join(import.meta.dirname, 'expected.json');

/** The run whose ids are known. Another one has other ids, and all else is the same. */
export const knownRun = 'e2e';

/** What comes of each step, whatever the target, by the steps' names. */
export type Expectation = Readonly<Record<string, Facts>>;

export const readExpectation = (): Expectation => JSON.parse(readFileSync(file, 'utf8'));

export const writeExpectation = (expectation: Expectation): void =>
  writeFileSync(file, `${JSON.stringify(expectation, undefined, 2)}\n`);

const withoutIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name, part) =>
    /^(id|handoffId|mergedInto)$/.test(name) ? undefined : part,
  );

/** @throws EndToEndError `STEP_FAILED` with the difference */
export const assertAsExpected = (run: string, step: string, facts: Facts, expected: Facts): void => {
  const [found, wanted] = run === knownRun ? [facts, expected] : [withoutIds(facts), withoutIds(expected)];
  try {
    deepStrictEqual(found, wanted);
  } catch (error) {
    const difference = (error as Error).message;
    throw stepFailed(`${step}: not what is known to come of it (test/e2e/expected.json).\n${difference}`);
  }
};
