import { type Stage, stages } from '../../events/index.ts';
import { compileCondition, type Test } from './compile-condition.ts';
import { type CompiledCriterion, compileCriterion } from './compile-criterion.ts';
import { createFactLayout, type FactLayout } from './fact-layout.ts';
import { type Letter, letters } from './letters.ts';
import type { ModelDocument } from './model.ts';

export interface CompiledDimension {
  readonly id: string;
  readonly title: string;
  readonly base: number;
  readonly criteria: readonly CompiledCriterion[];
  /** Sum of the criteria's spans, for coverage. */
  readonly span: number;
}

/** Weights by the order of the dimensions, as shares: they sum to 1. */
export type Scorecard = readonly number[];

export interface CompiledBant {
  readonly threshold: number;
  readonly letters: readonly { letter: Letter; weight: number; pass: Test; fail: Test | undefined }[];
}

export interface CompiledDisqualifier {
  readonly id: string;
  readonly class: ModelDocument['disqualifiers'][number]['class'];
  readonly text: string;
  readonly track: string | undefined;
  readonly when: Test;
  readonly unless: Test | undefined;
}

/** A checked model, ready to evaluate. Build one with `checkModel`, or `compileModel` from a checked document. */
export interface ScoringModel {
  /** `<id>@<version>`, as stored with every score. */
  readonly version: string;
  readonly document: ModelDocument;
  readonly dimensions: readonly CompiledDimension[];
  readonly scorecards: Readonly<Record<Stage, Scorecard>>;
  readonly bant: CompiledBant | undefined;
  readonly disqualifiers: readonly CompiledDisqualifier[];
}

const compileDimension = (
  id: string,
  document: ModelDocument['dimensions'][string],
  layout: FactLayout,
): CompiledDimension => {
  const criteria = document.criteria.map((criterion) => compileCriterion(criterion, layout));
  const span = criteria.reduce((sum, criterion) => sum + criterion.span, 0);
  return { id, title: document.title, base: document.base, criteria, span };
};

const compileScorecard = (
  weights: Readonly<Record<string, number>>,
  dimensions: readonly string[],
): Scorecard => {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return dimensions.map((id) => (Object.hasOwn(weights, id) ? (weights[id] ?? 0) / total : 0));
};

const compileBant = (bant: NonNullable<ModelDocument['bant']>, layout: FactLayout): CompiledBant => ({
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

/** Compiles a document that `checkModel` accepted. Work done here is done once a model, not once a lead. */
export const compileModel = (document: ModelDocument): ScoringModel => {
  const ids = Object.keys(document.dimensions);
  const { scorecards } = document;
  const layout = createFactLayout();
  const weightsAt = (stage: Stage) => scorecards[stage] ?? scorecards.opportunity;
  return {
    version: `${document.id}@${document.version}`,
    document,
    dimensions: Object.entries(document.dimensions).map(([id, dimension]) =>
      compileDimension(id, dimension, layout),
    ),
    scorecards: Object.fromEntries(
      stages.map((stage) => [stage, compileScorecard(weightsAt(stage), ids)]),
    ) as Record<Stage, Scorecard>,
    bant: document.bant && compileBant(document.bant, layout),
    disqualifiers: document.disqualifiers.map(({ id, class: kind, text, track, when, unless }) => ({
      id,
      class: kind,
      text,
      track,
      when: compileCondition(when, layout),
      unless: unless && compileCondition(unless, layout),
    })),
  };
};
