import { type Letter, letters } from '../document/letters.ts';
import type { ModelDocument } from '../document/model.ts';
import { no, type Reading, type Test, type Truth, unknown, yes } from '../reading.ts';
import { compileCondition } from './condition.ts';
import type { FactLayout } from './fact-layout.ts';
import { reaches } from './reaches.ts';

interface CompiledLetter {
  readonly letter: Letter;
  readonly weight: number;
  readonly pass: Test;
  readonly fail: Test | undefined;
}

export interface CompiledBant {
  readonly threshold: number;
  readonly letters: readonly CompiledLetter[];
}

export const compileBant = (bant: NonNullable<ModelDocument['bant']>, layout: FactLayout): CompiledBant => ({
  threshold: bant.threshold,
  letters: letters.map((letter) => {
    const { pass, fail } = bant.letters[letter];
    return {
      letter,
      weight: bant.weights[letter],
      pass: compileCondition(pass, layout),
      fail: fail && compileCondition(fail, layout),
    };
  }),
});

/** Fills in the letters of a reading, and returns whether BANT is met. */
export const readBant = (bant: CompiledBant, reading: Reading): Truth => {
  let passing = 0;
  let open = 0;
  for (let i = 0; i < bant.letters.length; i++) {
    const { weight, pass, fail } = bant.letters[i] as CompiledLetter;
    const passes = pass(reading);
    // A letter with a rule of its own for failing stays open if neither rule holds.
    const verdict = passes === yes ? yes : fail === undefined ? passes : fail(reading) === yes ? no : unknown;
    reading.bant[i] = verdict;
    if (verdict === yes) passing += weight;
    else if (verdict === unknown) open += weight;
  }
  if (reaches(passing, bant.threshold)) return yes;
  return reaches(passing + open, bant.threshold) ? unknown : no;
};
