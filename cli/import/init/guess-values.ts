import { createWordFinder } from '../../../shared/mapping/index.ts';

/** Words in the names of stages that mean none of ours. */
const findNone = createWordFinder({
  none: [
    'junk',
    'lost',
    'unqualified',
    'not qualified',
    'disqualified',
    'dead',
    'spam',
    'rejected',
    'recycled',
    'evangelist',
    'other',
  ],
});

/** Words in the names of stages, the plain beginning first: "not contacted" is not "contacted". */
const findStage = createWordFinder({
  subscriber: ['subscriber'],
  lead: ['not contacted', 'attempted', 'lead in', 'new', 'open', 'prospect', 'prospecting', 'raw'],
  customer: ['customer', 'client', 'won'],
  opportunity: [
    'opportunity',
    'proposal',
    'quote',
    'negotiation',
    'contract',
    'decision',
    'demo',
    'analysis',
    'proposition',
    'presentation',
    'initial offer',
    'perception',
    'makers',
    'decision makers',
    'appointment',
  ],
  mql: [
    'mql',
    'marketing qualified',
    'engaged',
    'contacted',
    'working',
    'nurturing',
    'connected',
    'pre qualified',
  ],
  sql: ['sql', 'sales qualified', 'qualified', 'qualification', 'accepted'],
});
const findPlainLead = createWordFinder({ lead: ['lead'] });

const findOutcome = createWordFinder({
  lost: ['lost'],
  won: ['won'],
  churned: ['churned', 'churn'],
  renewed: ['renewed', 'renewal'],
  expanded: ['expanded', 'upsell', 'expansion'],
});

/** The guesses of values by the field that they are for. */
export const guessers: Readonly<Record<'stage' | 'outcome', (text: string) => string | undefined>> = {
  stage: (text) => (findNone(text) === undefined ? (findStage(text) ?? findPlainLead(text)) : undefined),
  outcome: findOutcome,
};
