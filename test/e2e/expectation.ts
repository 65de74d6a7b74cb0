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

/** They are made of the run's name. */
const idNames = ['id', 'handoffId', 'mergedInto'];

/** A model is activated once in an account, whichever run comes first. */
const isActivation = (announced: object): boolean =>
  'type' in announced && announced.type === 'ScoringModelActivated';

/** What of the facts is the same in every run, where this one isn't the known one. */
export const comparable = (run: string, facts: Facts): Facts => {
  if (run === knownRun) return facts;
  const { announced, ...others } = facts;
  const told = announced?.filter((one) => !isActivation(one));
  const kept = { ...others, ...(told && { announced: told }) };
  return JSON.parse(JSON.stringify(kept, (name, part) => (idNames.includes(name) ? undefined : part)));
};

/** Facts in parts that can be told apart by name: each lead by itself. */
const partsOf = ({ leads = {}, announced, quarantined }: Facts): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ...Object.entries(leads).map(([lead, standing]) => [`the lead ${lead}`, standing] as const),
    ['what was announced', announced],
    ['what was quarantined', quarantined],
  ]);

/** @throws EndToEndError `STEP_FAILED` with the first part that differs, and how */
export const assertAsExpected = (run: string, facts: Facts, expected: Facts): void => {
  const [found, wanted] = [partsOf(comparable(run, facts)), partsOf(expected)];
  for (const name of new Set([...wanted.keys(), ...found.keys()])) {
    try {
      deepStrictEqual(found.get(name), wanted.get(name));
    } catch (error) {
      const difference = (error as Error).message;
      throw stepFailed(`${name} is not as it must be (test/e2e/expected.json).\n${difference}`);
    }
  }
};
