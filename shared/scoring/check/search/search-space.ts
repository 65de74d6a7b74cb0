import type { FactValue, Outcome } from '../../../../events/index.ts';
import { collectTests, type TestsOfNames } from '../../candidates/tests-of-names.ts';
import { type CompiledBant, compileBant, readBant } from '../../compile/bant.ts';
import { compileCondition } from '../../compile/condition.ts';
import { createFactLayout, type FactLayout } from '../../compile/fact-layout.ts';
import { type CompiledLane, compileLanes, findLane } from '../../compile/lanes.ts';
import { type CompiledSlide, compileSlide, readSlide } from '../../compile/slide.ts';
import type { Condition } from '../../document/condition.ts';
import type { ComputedSection } from '../../document/condition-paths.ts';
import type { ModelDocument } from '../../document/model.ts';
import type { ActivityCounts, AnswerFact, Dated, OutcomeCounts } from '../../facts.ts';
import { blankReading } from '../../read.ts';
import type { Reading, Test } from '../../reading.ts';

/** The instant at which all leads of a search are evaluated: any day will do, as long as it is far from the first. */
export const at = Date.UTC(2020, 0, 1, 12);

/** A section that a search computes from the facts. Of answering, only the counts are varied. */
export type SearchedSection = Exclude<ComputedSection, 'answering'>;

/** A lead that a search is about to try. */
interface Draft {
  readonly attributes: Record<string, Dated<FactValue>>;
  readonly answers: Record<string, AnswerFact>;
  readonly activities: Record<string, ActivityCounts>;
  readonly outcomes: Partial<Record<Outcome, OutcomeCounts>>;
  /** Sets what is computed, without facts from which it would follow. */
  readonly overrides: ((reading: Reading) => void)[];
}

/** A function that gives a variable one of its values. */
export type Assignment = (draft: Draft) => void;

/** All leads that a model may meet, to be searched for one that meets some constraints. */
export interface SearchSpace {
  readonly document: ModelDocument;
  /** The tests of each name. */
  readonly tests: TestsOfNames;
  readonly layout: FactLayout;
  readonly lanes: readonly CompiledLane[];
  readonly compile: (condition: Condition) => Test;
  /** Computes once what is the same for all that read the same conditions. */
  readonly memoize: <T>(what: string, conditions: readonly Condition[], compute: () => T) => T;
  /** Returns the reading of a lead, with those sections that are to be computed from its facts. */
  readonly read: (assignments: readonly Assignment[], sections: ReadonlySet<SearchedSection>) => Reading;
  /** Takes from the work that the check may still do, a unit a lead or a constraint; false if nothing is left. */
  readonly spend: (units: number) => boolean;
}

/** The work that a check may do: ten times that of a large model. A hostile one must not take minutes. */
const mostUnits = 100_000;

const buildDraft = (assignments: readonly Assignment[]): Draft => {
  const draft: Draft = { attributes: {}, answers: {}, activities: {}, outcomes: {}, overrides: [] };
  for (const assign of assignments) assign(draft);
  return draft;
};

const computeSections = (
  { bant, slide, lanes }: { bant?: CompiledBant; slide?: CompiledSlide; lanes: readonly CompiledLane[] },
  sections: ReadonlySet<SearchedSection>,
  reading: Reading,
): void => {
  if (bant !== undefined && sections.has('bant')) reading.bantMet = readBant(bant, reading);
  if (slide !== undefined && sections.has('slide')) readSlide(slide, reading);
  if (sections.has('lanes')) reading.found.lane = findLane(lanes, reading);
};

export const createSearchSpace = (document: ModelDocument): SearchSpace => {
  const layout = createFactLayout(document.questions);
  const compiled = new Map<Condition, { readonly test: Test; readonly number: number }>();
  const resolveCompiled = (condition: Condition) => {
    const before = compiled.get(condition);
    if (before !== undefined) return before;
    const added = { test: compileCondition(condition, layout), number: compiled.size };
    compiled.set(condition, added);
    return added;
  };
  const memoized = new Map<string, unknown>();
  const compiledSections = {
    ...(document.bant && { bant: compileBant(document.bant, layout) }),
    ...(document.slide && { slide: compileSlide(document.slide, layout) }),
    lanes: compileLanes(document.lanes ?? [], layout),
  };
  let left = mostUnits;
  return {
    document,
    tests: collectTests(document),
    layout,
    lanes: compiledSections.lanes,
    compile: (condition) => resolveCompiled(condition).test,
    memoize: <T>(what: string, conditions: readonly Condition[], compute: () => T): T => {
      const key = `${what} ${conditions.map((condition) => resolveCompiled(condition).number).join()}`;
      if (!memoized.has(key)) memoized.set(key, compute());
      return memoized.get(key) as T;
    },
    read: (assignments, sections) => {
      const { overrides, ...known } = buildDraft(assignments);
      const reading = blankReading({ seen: at, ...known }, at);
      reading.found = { ...reading.found, slide: [], slideOpen: [] };
      computeSections(compiledSections, sections, reading);
      for (const override of overrides) override(reading);
      return reading;
    },
    spend: (units) => {
      left -= units;
      return left >= 0;
    },
  };
};
