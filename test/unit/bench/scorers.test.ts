import { describe, expect, it } from 'vitest';
import { scoreByHand } from '../../../bench/scoring/by-hand.ts';
import { createLeads } from '../../../bench/scoring/leads.ts';
import { createRulesEngine } from '../../../bench/scoring/rules-engine.ts';
import { scorecard } from '../../../bench/scoring/scorecard.ts';
import { evaluate } from '../../../shared/scoring/index.ts';
import { compileDocument } from '../../support/models.ts';

describe('the scorers that the bench compares', () => {
  const model = compileDocument(scorecard);
  const leads = createLeads(500);

  it('are given a scorecard of 40 criteria', () => {
    expect(model.dimensions.flatMap(({ criteria }) => criteria)).toHaveLength(40);
  });

  it('by hand and by model come to the same in everything', () => {
    for (const { facts, stage, at } of leads) {
      const { disqualifier, reading: _, ...evaluation } = evaluate(model, facts, stage, at);
      expect({ ...evaluation, disqualifier: disqualifier?.id }).toEqual(scoreByHand(facts, stage, at));
    }
  });

  it('by json-rules-engine and by model come to the same score', async () => {
    const engine = createRulesEngine(model.document);
    for (const lead of leads) {
      const { score } = evaluate(model, lead.facts, lead.stage, lead.at);
      expect(await engine.score(engine.flatten(lead), lead.stage)).toBe(score);
    }
  });
});
