import { expect, it } from 'vitest';
import { createLeads } from '../../../bench/scoring/leads.ts';
import { createWhatIfAnswered, instantAfter, whatIf } from '../../../shared/advice/change.ts';
import { deriveKnowledge } from '../../../shared/advice/knowledge.ts';
import { createRejudge, judge } from '../../../shared/lead/index.ts';
import { successReady } from '../../support/models.ts';

it('judges facts with another answer as `judge` does, although it computes only what the answer affects', () => {
  const model = successReady();
  const knowledge = deriveKnowledge(model);
  let judged = 0;
  for (const { facts } of createLeads(30)) {
    const at = instantAfter(facts);
    const rejudge = createRejudge(model, facts, 'good', Date.parse(at));
    const { answers } = knowledge.candidatesAfter(facts.answers);
    for (const [question, affected] of knowledge.affected) {
      for (const candidate of answers.get(question) ?? []) {
        const changed = whatIf(facts, { kind: 'answer', name: question, ...candidate }, at);
        const { dimensions: _dimensions, ...standing } = judge(model, changed, 'good').standing;
        expect(rejudge(changed, affected)).toMatchObject(standing);
        judged++;
      }
    }
  }
  expect(judged).toBeGreaterThan(1_000);
});

it('folds an answer in as the event that would bring it, although all else is folded once', () => {
  const knowledge = deriveKnowledge(successReady());
  let compared = 0;
  for (const { facts } of createLeads(30)) {
    const at = instantAfter(facts);
    const answer = createWhatIfAnswered(facts, at);
    for (const [question, candidates] of knowledge.candidatesAfter(facts.answers).answers) {
      for (const candidate of candidates) {
        const changed = whatIf(facts, { kind: 'answer', name: question, ...candidate }, at);
        expect(answer(question, candidate)).toEqual(changed);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(1_000);
});
