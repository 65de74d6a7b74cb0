import { readFileSync } from 'node:fs';
import { findNextChange, judge, type LeadState } from '../../shared/lead/index.ts';
import {
  compileModel,
  evaluate,
  type Facts,
  instantOf,
  modelDocument,
  type ScoringModel,
} from '../../shared/scoring/index.ts';
import type { Measure } from '../measure.ts';
import { median, quantile } from '../rounds.ts';
import { createLeads } from '../scoring/leads.ts';
import { scorecard } from '../scoring/scorecard.ts';
import { withDecay } from './with-decay.ts';

const leadCount = 1_000;

/** The number of copies of a lead's facts, so that none of them has been laid out before. */
const evaluations = 40;
const judgements = 2;

interface Lead {
  readonly state: LeadState;
  readonly copies: readonly Facts[];
}

/** Returns leads at every stage, as stated by the CRM, each with the standing that the model gives it. */
const judgeLeads = (model: ScoringModel): Lead[] =>
  createLeads(leadCount).map(({ facts, stage, at }, i) => {
    const stated: Facts = { ...facts, stated: [{ stage }, at] };
    const { standing } = judge(model, stated, 'none');
    return {
      state: { leadId: `l-${i}`, version: 1, facts: stated, ...standing },
      copies: Array.from({ length: evaluations }, () => structuredClone(stated)),
    };
  });

/** A sum over all results, so that the runtime can't leave an unused result uncomputed. */
let sink = 0;

const timeEvaluation = (model: ScoringModel, { state, copies }: Lead): number => {
  const start = performance.now();
  for (const facts of copies) sink += evaluate(model, facts, state.stage, facts.seen).score;
  return (performance.now() - start) / copies.length;
};

const timeJudgement = (model: ScoringModel, { state, copies }: Lead): number => {
  const start = performance.now();
  for (const facts of copies.slice(0, judgements)) {
    const { standing } = judge(model, facts, state.tier, instantOf(facts));
    sink += findNextChange(model, { ...state, ...standing, facts }) ?? 0;
  }
  return (performance.now() - start) / judgements;
};

/** Measures each lead: the median of the rounds, so that disturbances by other processes drop out. */
const measureLeads = (rounds: number, model: ScoringModel, leads: readonly Lead[]) => {
  const times = leads.map(() => ({ evaluation: [] as number[], judgement: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const [i, lead] of leads.entries()) {
      const evaluation = timeEvaluation(model, lead);
      const judgement = timeJudgement(model, lead);
      // The first round warms up.
      if (round === 0) continue;
      times[i]?.evaluation.push(evaluation);
      times[i]?.judgement.push(judgement);
    }
  }
  return times.map(({ evaluation, judgement }) => ({
    evaluation: median(evaluation),
    judgement: median(judgement),
  }));
};

const measureModel = (rounds: number, name: string, document: unknown): Measure[] => {
  const model = compileModel(modelDocument.parse(document));
  const leads = judgeLeads(model);
  const times = measureLeads(rounds, model, leads);
  const inEvaluations = times.map(({ evaluation, judgement }) => judgement / evaluation);
  const ofChanging = inEvaluations.filter((_, i) => {
    const lead = leads[i];
    return lead !== undefined && findNextChange(model, lead.state) !== undefined;
  });
  const what = `a judgement with the hour of the next change, by ${name} with decay`;
  return [
    {
      name: `${what}, median of leads`,
      value: median(inEvaluations),
      unit: 'evaluations',
      limit: { atMost: 60 },
      details: {
        'an evaluation, median, ms': median(times.map(({ evaluation }) => evaluation)),
        'such a judgement, median, ms': median(times.map(({ judgement }) => judgement)),
        leads: leads.length,
        'leads of which something changes by itself': ofChanging.length,
        'evaluations for these, median': median(ofChanging),
      },
    },
    {
      name: `${what}, 99th percentile of leads`,
      value: quantile(inEvaluations, 0.99),
      unit: 'evaluations',
      limit: { atMost: 120 },
      details: { 'the most of any lead': Math.max(...inEvaluations) },
    },
  ];
};

const defaultModel = new URL('../../models/success-ready.json', import.meta.url);

/** Measures how many plain evaluations of the same lead a judgement costs that also finds when it next changes. */
export const decay = async (rounds: number): Promise<Measure[]> => {
  const measures = [
    ...measureModel(rounds, 'a scorecard of 40 criteria', withDecay(scorecard)),
    ...measureModel(rounds, 'the default model', withDecay(JSON.parse(readFileSync(defaultModel, 'utf8')))),
  ];
  if (!Number.isFinite(sink)) throw new Error('a score or an hour is no number');
  return measures;
};
