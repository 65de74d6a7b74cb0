import { compileModel, modelDocument } from '../../../../shared/scoring/index.ts';
import { buildEntry, type EventInput } from '../../../support/events.ts';
import { smallDocument } from '../../../support/models.ts';

let next = 0;
const entry = (leadId: string, { type, data, at }: Pick<EventInput, 'type' | 'data' | 'at'>) =>
  buildEntry({ type, data: { leadId, ...data }, ...(at !== undefined && { at }), id: `e-${next++}` });

const demo = { type: 'LeadActivityRecorded', data: { activity: 'demo_requested' } } as const;
const executive = { type: 'LeadProfileUpdated', data: { attributes: { seniority: 'executive' } } } as const;
const noNeed = { type: 'LeadAnswersRecorded', data: { answers: { need: { value: 'none' } } } } as const;
const won = {
  type: 'LeadOutcomeRecorded',
  data: { outcome: 'won' },
  at: '2026-03-02T09:00:00.000Z',
} as const;
const lost = { ...won, data: { outcome: 'lost' } } as const;

/** Executives who asked for a demo and were won, but for two who were lost. */
const ended = Array.from({ length: 12 }, (_, i) => `ended-${String(i).padStart(2, '0')}`).flatMap(
  (leadId, i) => [entry(leadId, demo), entry(leadId, executive), entry(leadId, i < 10 ? won : lost)],
);

/** A lead whose id a spreadsheet would run. */
export const formula = '-1+1';

/** Events of leads of each kind that a comparison tells apart. */
export const entries = [
  entry('ann', demo),
  entry('ann', executive),
  entry(formula, demo),
  entry(formula, executive),
  entry('bob', demo),
  entry('bob', noNeed),
  entry('cleo', demo),
  entry('gone', demo),
  entry('gone', { type: 'LeadErasureRequested', data: {} }),
  ...ended,
  entry('sudden', won),
];

export const documentA = smallDocument();

/** Model B: executives are worth less, nobody is disqualified, and those who asked for a demo are nurtured elsewhere. */
export const documentB = () => {
  const document = smallDocument();
  document.version = '2';
  document.dimensions.fit.criteria = document.dimensions.fit.criteria.map((one) => ({ ...one, points: 60 }));
  document.tiers = { ...document.tiers, excellent: 65, good: 59, hysteresis: 1 };
  document.disqualifiers = [];
  document.policy.rules = document.policy.rules.map((rule) =>
    'track' in rule.action ? { ...rule, action: { kind: 'nurture', track: 'welcome' } } : rule,
  ) as typeof document.policy.rules;
  return document;
};

export const models = () => ({
  a: compileModel(modelDocument.parse(documentA)),
  b: compileModel(modelDocument.parse(documentB())),
});
