import { type Action, type Stage, stages, type Tier } from '../../../events/index.ts';
import type { ModelDocument } from '../document/model.ts';
import type { Test } from '../reading.ts';
import { type CompiledAnswering, compileAnswering } from './answering.ts';
import { type CompiledBant, compileBant } from './bant.ts';
import { compileCondition } from './condition.ts';
import { type CompiledCriterion, compileCriterion } from './criterion.ts';
import { createFactLayout, type FactLayout, type WindowTest } from './fact-layout.ts';
import { type CompiledLane, compileLanes } from './lanes.ts';
import { type CompiledSlide, compileSlide } from './slide.ts';

export interface CompiledDimension {
  readonly id: string;
  readonly title: string;
  readonly base: number;
  readonly criteria: readonly CompiledCriterion[];
  /** The sum of the criteria's spans, for coverage. */
  readonly span: number;
}

/** The weights in the order of the dimensions, as shares: they sum to 1. */
type Scorecard = readonly number[];

export interface CompiledDisqualifier {
  readonly id: string;
  readonly class: ModelDocument['disqualifiers'][number]['class'];
  readonly text: string;
  readonly track: string | undefined;
  readonly when: Test;
  readonly unless: Test | undefined;
}

interface CompiledPolicyRule {
  readonly stages: readonly Stage[] | undefined;
  readonly tiers: readonly Tier[] | undefined;
  readonly when: Test | undefined;
  readonly action: Action;
}

/** A checked model, ready to evaluate. Build one with `checkModel`, or `compileModel` from a checked document. */
export interface ScoringModel {
  /** `<id>@<version>`, as stored with every score. */
  readonly version: string;
  readonly document: ModelDocument;
  readonly dimensions: readonly CompiledDimension[];
  readonly scorecards: Readonly<Record<Stage, Scorecard>>;
  readonly bant: CompiledBant | undefined;
  readonly slide: CompiledSlide | undefined;
  readonly lanes: readonly CompiledLane[] | undefined;
  readonly answering: CompiledAnswering | undefined;
  /** Whether it has a slide or lanes, or judges answers, so that sections have to be computed. */
  readonly finds: boolean;
  readonly disqualifiers: readonly CompiledDisqualifier[];
  readonly policyRules: readonly CompiledPolicyRule[];
  /** The tests of windows in all conditions. */
  readonly windowTests: readonly WindowTest[];
}

const compileDimension = (
  id: string,
  dimension: ModelDocument['dimensions'][string],
  document: ModelDocument,
  layout: FactLayout,
): CompiledDimension => {
  const criteria = dimension.criteria.map((criterion) => compileCriterion(criterion, layout, document));
  const span = criteria.reduce((sum, criterion) => sum + criterion.span, 0);
  return { id, title: dimension.title, base: dimension.base, criteria, span };
};

const compileScorecard = (
  weights: Readonly<Record<string, number>>,
  dimensions: readonly string[],
): Scorecard => {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return dimensions.map((id) => (Object.hasOwn(weights, id) ? (weights[id] ?? 0) / total : 0));
};

const compileScorecards = ({ scorecards, dimensions }: ModelDocument): ScoringModel['scorecards'] => {
  const ids = Object.keys(dimensions);
  const weightsAt = (stage: Stage) => scorecards[stage] ?? scorecards.opportunity;
  return Object.fromEntries(
    stages.map((stage) => [stage, compileScorecard(weightsAt(stage), ids)]),
  ) as Record<Stage, Scorecard>;
};

/** Compiles a document that `checkModel` accepted. Work done here is done once for each model, not for each lead. */
export const compileModel = (document: ModelDocument): ScoringModel => {
  const layout = createFactLayout(document.questions);
  const { slide, lanes } = document;
  const answering = compileAnswering(document, layout);
  const compile = (condition: Parameters<typeof compileCondition>[0]) => compileCondition(condition, layout);
  const model = {
    version: `${document.id}@${document.version}`,
    document,
    dimensions: Object.entries(document.dimensions).map(([id, dimension]) =>
      compileDimension(id, dimension, document, layout),
    ),
    scorecards: compileScorecards(document),
    bant: document.bant && compileBant(document.bant, layout),
    slide: slide && compileSlide(slide, layout),
    lanes: lanes && compileLanes(lanes, layout),
    answering,
    finds: slide !== undefined || lanes !== undefined || answering !== undefined,
    disqualifiers: document.disqualifiers.map(({ id, class: kind, text, track, when, unless }) => ({
      id,
      class: kind,
      text,
      track,
      when: compile(when),
      unless: unless && compile(unless),
    })),
    policyRules: document.policy.rules.map(({ stages: at, tiers, when, action }) => ({
      stages: at,
      tiers,
      when: when && compile(when),
      action,
    })),
  };
  return { ...model, windowTests: layout.listWindowTests() };
};
