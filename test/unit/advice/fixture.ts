import { decide, type LeadState } from '../../../shared/lead/index.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';

/** Returns a model whose score at stage sql is `fit`, which begins at 20, so that a test is easy to follow. */
export const adviceDocument = () => ({
  id: 'advice',
  version: '1',
  title: 'Advice',
  questions: {
    colour: { text: 'Which colour do you like?', kind: 'text' },
    referred: { text: 'Did a customer send you?', kind: 'yesNo' },
    team: { text: 'How many of you are there?', kind: 'number', from: 1 },
    need: { text: 'How much does it matter?', kind: 'choice', values: ['critical', 'nice', 'none'] },
    budget: { text: 'Is there money set aside?', kind: 'choice', values: ['approved', 'planned', 'none'] },
  },
  attributes: {
    industry: { title: 'Industry', kind: 'choice', values: ['software', 'retail', 'mining'] },
  },
  activities: { demo_requested: 'asked for a demo', page_visited: 'visited a page' },
  dimensions: {
    fit: {
      title: 'Fit',
      base: 20,
      criteria: [
        {
          id: 'budget',
          text: 'has money',
          of: { answer: 'budget' },
          table: { approved: 40, planned: 30, none: -20 },
        },
        { id: 'need', text: 'needs it', when: { answer: 'need', is: 'critical' }, points: 20 },
        {
          id: 'large-need',
          text: 'needs it and is many',
          when: {
            all: [
              { answer: 'need', is: 'critical' },
              { answer: 'team', atLeast: 5 },
            ],
          },
          points: 25,
        },
        {
          id: 'industry',
          text: 'is in an industry that we serve',
          of: { attribute: 'industry' },
          table: { software: 20, retail: 10, mining: -10 },
        },
      ],
    },
    interest: {
      title: 'Interest',
      criteria: [
        { id: 'demo', text: 'asked for a demo', when: { activity: 'demo_requested' }, points: 40 },
        {
          id: 'visits',
          text: 'visited pages',
          each: { activity: 'page_visited', withinDays: 30 },
          points: 5,
          max: 30,
        },
      ],
    },
  },
  scorecards: {
    subscriber: { interest: 1 },
    lead: { interest: 1 },
    mql: { fit: 1, interest: 1 },
    sql: { fit: 1 },
    opportunity: { fit: 1 },
  },
  disqualifiers: [
    {
      id: 'no-need',
      class: 'problem',
      text: 'has no need',
      when: { answer: 'need', is: 'none' },
      unless: { answer: 'referred', is: true },
    },
  ],
  promotions: [{ to: 'mql', activities: ['demo_requested'] }],
  tiers: { excellent: 80, good: 60, risky: 30, hysteresis: 5 },
  policy: {
    rules: [{ stages: ['sql'], tiers: ['good'], action: { kind: 'handoff', queue: 'sales', dueHours: 24 } }],
  },
});

export const answered = (answers: Record<string, unknown>): EventInput => ({
  type: 'LeadAnswersRecorded',
  data: {
    answers: Object.fromEntries(Object.entries(answers).map(([question, value]) => [question, { value }])),
  },
});

export const learned = (attributes: Record<string, unknown>): EventInput => ({
  type: 'LeadProfileUpdated',
  data: { attributes },
});

export const did = (activity: string, count = 1): EventInput => ({
  type: 'LeadActivityRecorded',
  data: { activity, count },
});

export const staged = (stage: string): EventInput => ({ type: 'LeadStageChanged', data: { stage } });

/** Returns a lead after these events. */
export const buildLead = (
  model: ScoringModel,
  ...told: readonly [EventInput, ...EventInput[]]
): LeadState => {
  const [first, ...others] = told;
  return others.reduce(
    (state, said) => decide(model, state, buildSignal(said)).state,
    decide(model, undefined, buildSignal(first)).state,
  );
};
