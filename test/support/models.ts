import { readFileSync } from 'node:fs';
import { showProblem } from '../../events/index.ts';
import { checkModel, type ScoringModel } from '../../shared/scoring/index.ts';

export const compileDocument = (document: unknown): ScoringModel => {
  const checked = checkModel(document);
  if (!checked.ok) throw new Error(checked.problems.map(showProblem).join('\n'));
  return checked.model;
};

export const readModelFile = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8'));

export const successReady = (): ScoringModel => compileDocument(readModelFile('success-ready'));

/** Returns a small model that a test can compute by head: interest is worth 50 a demo, fit 80 for an executive. */
export const smallDocument = () => ({
  id: 'small',
  version: '1',
  title: 'Small',
  dimensions: {
    interest: {
      title: 'Interest',
      criteria: [
        { id: 'demo', text: 'asked for a demo', when: { activity: 'demo_requested' }, points: 50 },
        {
          id: 'visits',
          text: 'visited pages in the last 10 days',
          each: { activity: 'page_visited', withinDays: 10 },
          points: 5,
          max: 20,
        },
      ],
    },
    fit: {
      title: 'Fit',
      criteria: [
        {
          id: 'executive',
          text: 'is an executive',
          when: { attribute: 'seniority', is: 'executive' },
          points: 80,
        },
      ],
    },
  },
  scorecards: {
    subscriber: { interest: 1, fit: 1 },
    lead: { interest: 1, fit: 1 },
    mql: { interest: 1, fit: 3 },
    sql: { fit: 1 },
    opportunity: { fit: 1 },
  },
  disqualifiers: [
    {
      id: 'no-need',
      class: 'problem',
      text: 'has no need',
      when: { answer: 'need', is: 'none' },
      unless: { attribute: 'seniority', is: 'executive' },
      track: 'long-term',
    },
  ],
  promotions: [
    { to: 'lead', activities: ['content_downloaded'] },
    { to: 'mql', activities: ['demo_requested'] },
  ],
  tiers: { excellent: 80, good: 60, risky: 25, hysteresis: 5 },
  policy: {
    rules: [
      {
        stages: ['mql'],
        tiers: ['good', 'excellent'],
        action: { kind: 'handoff', queue: 'sales', dueHours: 24 },
      },
      { stages: ['lead', 'mql'], action: { kind: 'nurture', track: 'nurture' } },
    ],
    recycle: { stage: 'lead', track: 'recycled' },
  },
});
