import { describe, expect, it } from 'vitest';
import { explainInWords } from '../../../cli/explain/words.ts';
import { render } from '../../../cli/output/render.ts';
import { decideAll, type SignalEvent } from '../../../shared/lead/index.ts';
import { explain, modelDocument, type ScoringModel } from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';
import { compileDocument, readModelFile, successReady } from '../../support/models.ts';

const model = successReady();

let next = 0;
const event = (type: SignalEvent['type'], at: string, data: Record<string, unknown>): SignalEvent =>
  buildSignal({ type, data, at: `${at}T09:00:00.000Z`, id: `x-${next++}` });
const answers = (at: string, given: Record<string, unknown>): SignalEvent =>
  event('LeadAnswersRecorded', at, { answers: given });

const explained = (...events: [SignalEvent, ...SignalEvent[]]) => explainedBy(model, ...events);
const explainedBy = (model: ScoringModel, ...events: [SignalEvent, ...SignalEvent[]]) => {
  const { state } = decideAll(model, undefined, events, 0);
  const explanation = explain(model, state.facts, state.stage, state.facts.seen);
  return { state, explanation, words: render(explainInWords(state, explanation, { most: 100 })).join('\n') };
};

const profile = event('LeadProfileUpdated', '2026-03-01', {
  attributes: { jobTitle: 'Head of Operations', seniority: 'director', industry: 'software', employees: 400 },
});
const opportunity = event('LeadStageChanged', '2026-03-02', { stage: 'opportunity' });

describe('an explanation', () => {
  it('says which scorecard was used and what each dimension gave', () => {
    const { state, explanation, words } = explained(profile, opportunity);
    expect(explanation.stage).toBe('opportunity');
    const given = explanation.dimensions.reduce((sum, { contribution }) => sum + contribution, 0);
    expect(given).toBeCloseTo(state.score, 1);
    expect(words).toContain(
      'Success fit: 65 of 100, counts 50 % at stage opportunity and gives 32.5; 26 % known',
    );
    expect(words).toContain('Engagement: 0 of 100, does not count at stage opportunity');
  });

  it('names the parts of the slide that are missing or there in part', () => {
    const { explanation, words } = explained(
      profile,
      opportunity,
      answers('2026-03-03', {
        delta: { value: 'said', text: 'About 90,000 a year.' },
        criticalDate: { value: 'said', text: 'Soon.' },
      }),
    );
    expect(explanation.slide?.statuses.map(({ part, status }) => `${part} ${status}`)).toEqual([
      'titleAndIndustry complete',
      'criticalBusinessIssue missing',
      'problemsAndReasons missing',
      'specificCapabilities missing',
      'delta complete',
      'criticalDate partial',
      'valueRealizationEvent missing',
    ]);
    expect(words).toContain(
      'Situation slide (what to know before a demo): not ready for a demo yet (2.5 of 7 parts, 5.5 are enough); missing: critical business issue;',
    );
    expect(words).toContain('only in part: critical date');
  });

  it('tells the lane with its figures, and how customers like this fared', () => {
    const { words } = explained(
      profile,
      opportunity,
      answers('2026-03-03', { problemFitPercent: { value: 84 } }),
    );
    expect(words).toContain(
      'Lane (market segment): Software and finance, 50 to 5,000 people (core); 86 % of its customers succeed, 6 % leave (example figures).',
    );
    expect(words).toContain(
      '+10  the lead has needs of which the product meets most (84; 81 % of such customers succeed, 9 % leave; example figures)',
    );
    expect(words).toContain(
      '(its market segment is at 100; our worst is at 0, our best at 100; example figures)',
    );
  });

  it('says from how many customers the figures of a lane were measured, and which are still made up', () => {
    const document = modelDocument.parse(readModelFile('success-ready'));
    const lanes = (document.lanes ?? []).map((lane) => ({
      ...lane,
      figures: { ...lane.figures, customers: 120, example: ['lifetimeValue' as const] },
    }));
    const { words } = explainedBy(compileDocument({ ...document, lanes }), profile, opportunity);
    expect(words).toContain('86 % of its customers succeed, 6 % leave (of 120 customers).');
    const ofLane = words.split('\n').filter((line) => line.includes('its market segment is at'));
    expect(ofLane.filter((line) => line.includes('example figures'))).toHaveLength(1);
    expect(ofLane.length).toBeGreaterThan(1);
  });

  it('says that a lead contradicts itself, to one question and across questions', () => {
    const { explanation, words } = explained(
      profile,
      opportunity,
      answers('2026-03-03', {
        authority: { value: 'none' },
        budget: { value: 'approved' },
        need: { value: 'none' },
      }),
      answers('2026-03-20', { authority: { value: 'decides' } }),
    );
    expect(explanation.answering?.changed).toMatchObject([
      { question: 'authority', earlier: 'none', now: 'decides' },
    ]);
    expect(words).toContain(
      'to "Who decides, and what is your part in it?" it answers "decides" since 2026-03-20, and "none" before.',
    );
    expect(words).toContain('It contradicts itself: it has approved money for what it does not need.');
  });

  it('says how old what a dimension rests on is', () => {
    const { explanation, words } = explained(
      profile,
      opportunity,
      answers('2026-03-03', { budget: { value: 'planned' } }),
      answers('2026-03-09', { need: { value: 'critical' } }),
    );
    const ages = explanation.dimensions.find(({ dimension }) => dimension === 'qualification')?.ages;
    expect([ages?.oldest.name, ages?.newest.name]).toEqual(['budget', 'need']);
    expect(words).toContain('known, from 2026-03-03 (budget) to 2026-03-09 (need)');
    expect(words).toContain(
      'Profile fit: 70 of 100, does not count at stage opportunity; 73 % known, as of 2026-03-01',
    );
  });

  it('says of what takes points away that it would have to end', () => {
    const { words } = explained(
      profile,
      opportunity,
      answers('2026-03-03', { need: { value: 'critical', text: 'Yes.' }, budget: { value: 'none' } }),
    );
    expect(words).toContain('if it were no longer true that the lead has no money for it');
  });

  it('promises no points that would cost others: nobody is a director and a manager at once', () => {
    const possible = (seniority: string) => {
      const { explanation } = explained(
        event('LeadProfileUpdated', '2026-03-01', { attributes: { seniority } }),
      );
      return explanation.possible.flatMap(({ criterion, points }) =>
        ['executive', 'manager'].includes(criterion) ? [`${criterion} ${points}`] : [],
      );
    };
    expect(possible('director')).toEqual([]);
    expect(possible('manager')).toEqual(['executive 12']);
    expect(possible('staff')).toEqual(['executive 30', 'manager 18']);
  });

  it('has no section that the model lacks, and none of what nobody has said', () => {
    const { words } = explained(event('LeadActivityRecorded', '2026-03-01', { activity: 'page_visited' }));
    expect(words).not.toContain('Lane ');
    expect(words).not.toContain('Answers:');
  });
});
