import { deepStrictEqual } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepFailed } from './errors.ts';
import type { Facts } from './step.ts';

const file = join(import.meta.dirname, 'expected.json');

/** The run whose ids are known. Another one has other ids; everything else is the same. */
export const knownRun = 'e2e';

/** The expected facts of each step, whatever the target, by the steps' names. */
export type Expectation = Readonly<Record<string, Facts>>;

export const readExpectation = (): Expectation => JSON.parse(readFileSync(file, 'utf8'));

export const writeExpectation = (expectation: Expectation): void =>
  writeFileSync(file, `${JSON.stringify(expectation, undefined, 2)}\n`);

/** The names of fields that contain the run's name. */
const idNames = ['id', 'handoffId', 'mergedInto'];

/**
 * Whether an announcement is the activation of a model, which occurs once in an account, in whichever run comes first.
 */
const isActivation = (announced: object): boolean =>
  'type' in announced && announced.type === 'ScoringModelActivated';

/** Returns the facts that are the same in every run, if this one isn't the known one. */
export const comparable = (run: string, facts: Facts): Facts => {
  if (run === knownRun) return facts;
  const { announced, ...others } = facts;
  const repeatable = announced?.filter((one) => !isActivation(one));
  const compared = { ...others, ...(repeatable && { announced: repeatable }) };
  return JSON.parse(JSON.stringify(compared, (name, part) => (idNames.includes(name) ? undefined : part)));
};

/** Returns facts in named parts, with a part for each lead. */
const flattenParts = ({ leads = {}, announced, quarantined }: Facts): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ...Object.entries(leads).map(([lead, standing]) => [`the lead ${lead}`, standing] as const),
    ['what was announced', announced],
    ['what was quarantined', quarantined],
  ]);

/**
 * Compares facts with the expected ones.
 *
 * @throws EndToEndError `STEP_FAILED` with the first part that differs, and how
 */
export const assertAsExpected = (run: string, facts: Facts, expected: Facts): void => {
  const [found, wanted] = [flattenParts(comparable(run, facts)), flattenParts(expected)];
  for (const name of new Set([...wanted.keys(), ...found.keys()])) {
    try {
      deepStrictEqual(found.get(name), wanted.get(name));
    } catch (error) {
      const difference = (error as Error).message;
      throw stepFailed(`${name} is not as it must be (test/e2e/expected.json).\n${difference}`);
    }
  }
};
