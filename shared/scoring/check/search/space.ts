import type { FactValue, Outcome } from '../../../../events/index.ts';
import { type TestsOfNames, testsOfNames } from '../../candidates/tests-of-names.ts';
import { type CompiledBant, compileBant, readBant } from '../../compile/bant.ts';
import { compileCondition, type Test } from '../../compile/condition.ts';
import { createFactLayout, type FactLayout } from '../../compile/fact-layout.ts';
import { type CompiledLane, compileLanes, laneOf } from '../../compile/lanes.ts';
import { type CompiledSlide, compileSlide, readSlide } from '../../compile/slide.ts';
import type { Condition } from '../../document/condition.ts';
import type { ModelDocument } from '../../document/model.ts';
import type { Derived } from '../../document/names-read.ts';
import type { ActivityCounts, AnswerFact, Dated, OutcomeCounts } from '../../facts.ts';
import { blankReading } from '../../read.ts';
import type { Reading } from '../../reading.ts';

/** When all leads of a search are looked at: any day will do, as long as it is far from the first. */
export const at = Date.UTC(2020, 0, 1, 12);

/** A lead in the making. */
export interface Draft {
  readonly attributes: Record<string, Dated<FactValue>>;
  readonly answers: Record<string, AnswerFact>;
  readonly activities: Record<string, ActivityCounts>;
  readonly outcomes: Partial<Record<Outcome, OutcomeCounts>>;
  /** What is said of the lead without facts from which it would follow. */
  readonly said: ((reading: Reading) => void)[];
}

/** One way in which a variable can be. */
export type Setting = (draft: Draft) => void;

export type WorkedOut = ReadonlySet<Exclude<Derived, 'answering'>>;

/** All leads that a model may meet, to be searched for one of which something is so. */
export interface Space {
  readonly document: ModelDocument;
  /** What each name is compared with. */
  readonly tests: TestsOfNames;
  readonly layout: FactLayout;
  readonly lanes: readonly CompiledLane[];
  readonly compile: (condition: Condition) => Test;
  /** What is the same for all that read the same conditions is worked out once. */
  readonly once: <T>(what: string, conditions: readonly Condition[], work: () => T) => T;
  /** The reading of a lead, with what of it is to be worked out from its facts. */
  readonly read: (settings: readonly Setting[], workedOut: WorkedOut) => Reading;
  /** Takes from what the search may still cost, a unit a lead or a claim; false where nothing is left. */
  readonly spend: (units: number) => boolean;
}

/** What a check may cost: ten times what a large model takes. A hostile one must not take minutes. */
const mostUnits = 100_000;

const draftOf = (settings: readonly Setting[]): Draft => {
  const draft: Draft = { attributes: {}, answers: {}, activities: {}, outcomes: {}, said: [] };
  for (const set of settings) set(draft);
  return draft;
};

const workOut = (
  { bant, slide, lanes }: { bant?: CompiledBant; slide?: CompiledSlide; lanes: readonly CompiledLane[] },
  workedOut: WorkedOut,
  reading: Reading,
): void => {
  if (bant !== undefined && workedOut.has('bant')) reading.bantMet = readBant(bant, reading);
  if (slide !== undefined && workedOut.has('slide')) readSlide(slide, reading);
  if (workedOut.has('lanes')) reading.found.lane = laneOf(lanes, reading);
};

export const createSpace = (document: ModelDocument): Space => {
  const layout = createFactLayout(document.questions);
  const compiled = new Map<Condition, { readonly test: Test; readonly number: number }>();
  const compiledOf = (condition: Condition) => {
    const before = compiled.get(condition);
    if (before !== undefined) return before;
    const added = { test: compileCondition(condition, layout), number: compiled.size };
    compiled.set(condition, added);
    return added;
  };
  const worked = new Map<string, unknown>();
  const derived = {
    ...(document.bant && { bant: compileBant(document.bant, layout) }),
    ...(document.slide && { slide: compileSlide(document.slide, layout) }),
    lanes: compileLanes(document.lanes ?? [], layout),
  };
  let left = mostUnits;
  return {
    document,
    tests: testsOfNames(document),
    layout,
    lanes: derived.lanes,
    compile: (condition) => compiledOf(condition).test,
    once: <T>(what: string, conditions: readonly Condition[], work: () => T): T => {
      const key = `${what} ${conditions.map((condition) => compiledOf(condition).number).join()}`;
      if (!worked.has(key)) worked.set(key, work());
      return worked.get(key) as T;
    },
    read: (settings, workedOut) => {
      const { said, ...known } = draftOf(settings);
      const reading = blankReading({ seen: at, ...known }, at);
      reading.found = { ...reading.found, slide: [], slideOpen: [] };
      workOut(derived, workedOut, reading);
      for (const say of said) say(reading);
      return reading;
    },
    spend: (units) => {
      left -= units;
      return left >= 0;
    },
  };
};
