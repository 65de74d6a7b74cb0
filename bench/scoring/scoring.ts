import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { computeTier } from '../../shared/funnel/index.ts';
import {
  compileModel,
  evaluate,
  explain,
  modelDocument,
  type ScoringModel,
} from '../../shared/scoring/index.ts';
import type { Measure } from '../measure.ts';
import { interleave, median, rateOnOneCore, ratios, spread } from '../rounds.ts';
import { scoreByHand } from './by-hand.ts';
import { createLeads, type Lead } from './leads.ts';
import { createRulesEngine } from './rules-engine.ts';
import { sampleStates } from './sample-states.ts';
import { scorecard } from './scorecard.ts';

const leads = createLeads(200);

/**
 * Compiles a model as a function does: models are checked before they are deployed, and the check runs the same code on
 * other models.
 */
const compileDocument = (document: unknown): ScoringModel => compileModel(modelDocument.parse(document));

const assertSameByHand = (model: ScoringModel): void => {
  for (const { facts, stage, at } of leads) {
    const { disqualifier, reading: _, ...evaluation } = evaluate(model, facts, stage, at);
    assert.deepEqual({ ...evaluation, disqualifier: disqualifier?.id }, scoreByHand(facts, stage, at));
  }
};

/** A sum over all results, so that the runtime can't leave an unused result uncomputed. */
let sink = 0;

const scoreAll =
  (score: (lead: Lead) => { readonly score: number; readonly coverage: number }) => (): void => {
    for (const lead of leads) {
      const { score: points, coverage } = score(lead);
      sink += points + coverage;
    }
  };

/**
 * Measures the scores of one scorecard in three ways: with our model, with json-rules-engine, and with code written for
 * it.
 */
export const scoring = async (rounds: number): Promise<Measure[]> => {
  const model = compileDocument(scorecard);
  const standardModel = compileDocument(
    JSON.parse(readFileSync(new URL('../../models/success-ready.json', import.meta.url), 'utf8')),
  );
  const engine = createRulesEngine(model.document);
  const flat = leads.map((lead) => ({ facts: engine.flatten(lead), stage: lead.stage }));

  assertSameByHand(model);
  for (const [i, { facts, stage, at }] of leads.entries()) {
    const given = flat[i] as (typeof flat)[number];
    assert.equal(await engine.score(given.facts, given.stage), evaluate(model, facts, stage, at).score);
  }

  const ours = scoreAll(({ facts, stage, at }) => evaluate(model, facts, stage, at));
  const byHand = scoreAll(({ facts, stage, at }) => scoreByHand(facts, stage, at));
  const states = sampleStates(standardModel);
  const scoreStates = (): void => {
    for (const { facts, stage, tier } of states) {
      const { score, disqualifier } = evaluate(standardModel, facts, stage, facts.seen);
      sink += disqualifier === undefined ? computeTier(standardModel.document.tiers, score, tier).length : 0;
    }
  };
  const explainStates = (): void => {
    for (const { facts, stage } of states) sink += explain(standardModel, facts, stage, facts.seen).score;
  };
  const byEngine = async () => {
    for (const { facts, stage } of flat) sink += await engine.score(facts, stage);
  };
  const measured = await interleave(rounds, {
    ours: () => rateOnOneCore(100, leads.length, ours),
    byHand: () => rateOnOneCore(100, leads.length, byHand),
    byEngine: () => rateOnOneCore(300, leads.length, byEngine),
  });
  // Not interleaved with the others: a function has one model, and code that has run with two is slower.
  const { standard } = await interleave(rounds, {
    standard: () => rateOnOneCore(100, states.length, scoreStates),
  });
  const { explained } = await interleave(rounds, {
    explained: () => rateOnOneCore(100, states.length, explainStates),
  });
  assert.ok(Number.isFinite(sink));

  const againstEngine = ratios(measured.ours, measured.byEngine);
  const againstHand = ratios(measured.ours, measured.byHand);
  const ourRate = Math.round(median(measured.ours));
  return [
    {
      name: 'scoring against json-rules-engine 7',
      value: median(againstEngine),
      unit: 'times',
      limit: { atLeast: 100 },
      details: {
        'leads/s': ourRate,
        'json-rules-engine, leads/s': Math.round(median(measured.byEngine)),
        spread: spread(againstEngine),
      },
    },
    {
      name: 'scoring against code by hand',
      value: median(againstHand),
      unit: 'times',
      limit: { atLeast: 0.5 },
      details: {
        'leads/s': ourRate,
        'by hand, leads/s': Math.round(median(measured.byHand)),
        spread: spread(againstHand),
      },
    },
    {
      name: 'score and tier by the default model, one core',
      value: Math.round(median(standard)),
      unit: 'leads/s',
      limit: { atLeast: 100_000 },
      details: { spread: spread(standard) },
    },
    {
      name: 'explanation by the default model, one core',
      value: Math.round(median(explained)),
      unit: 'leads/s',
      details: { spread: spread(explained) },
    },
  ];
};
