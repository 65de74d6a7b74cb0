import type { ScoringModel } from '../../../shared/scoring/index.ts';
import { compileDocument } from '../../support/models.ts';

const slideParts = [
  'titleAndIndustry',
  'criticalBusinessIssue',
  'problemsAndReasons',
  'specificCapabilities',
  'delta',
  'criticalDate',
  'valueRealizationEvent',
];
const letters = ['budget', 'authority', 'need', 'timeframe'];
const stages = ['subscriber', 'lead', 'mql', 'sql', 'opportunity'];

/**
 * Returns a model that is easy to follow: the attribute `grade` is the tier, `segment` the lane, the answer `slide`
 * makes a lead demo-ready if it is yes, and `bant` meets BANT if it is yes.
 */
const gradeDocument = () => ({
  id: 'grade',
  version: '1',
  title: 'Grade',
  dimensions: {
    fit: {
      title: 'Fit',
      criteria: [
        {
          id: 'grade',
          text: 'has a grade',
          of: { attribute: 'grade' },
          table: { excellent: 90, good: 70, risky: 40 },
          otherwise: 0,
        },
      ],
    },
  },
  scorecards: Object.fromEntries(stages.map((stage) => [stage, { fit: 1 }])),
  bant: {
    threshold: 3,
    letters: Object.fromEntries(letters.map((letter) => [letter, { pass: { answer: 'bant', is: 'yes' } }])),
  },
  slide: {
    threshold: 7,
    parts: Object.fromEntries(
      slideParts.map((part) => [part, { title: part, complete: { answer: 'slide', is: 'yes' } }]),
    ),
  },
  lanes: ['saas', 'retail'].map((id) => ({
    id,
    title: id,
    kind: 'core',
    when: { attribute: 'segment', is: id },
  })),
  disqualifiers: [{ id: 'spam', class: 'persona', text: 'is spam', when: { attribute: 'spam', is: true } }],
  promotions: [
    { to: 'lead', activities: ['content_downloaded'] },
    { to: 'mql', activities: ['demo_requested'] },
  ],
  tiers: { excellent: 80, good: 60, risky: 25, hysteresis: 0 },
  policy: { rules: [], recycle: { stage: 'lead' } },
  efforts: [
    { id: 'demo', title: 'Demo', kind: 'presales', activities: ['demo_held', 'demo_repeated'], hours: 2 },
    { id: 'talk', title: 'Discovery talk', kind: 'presales', activities: ['talk_held'] },
    { id: 'rescue', title: 'Rescue call', kind: 'rescue', activities: ['rescue_call'], hours: 3 },
  ],
});

export const gradeModel = (changes: object = {}): ScoringModel =>
  compileDocument({ ...gradeDocument(), ...changes });

/** Returns the model without some sections. */
export const gradeModelWithout = (...sections: readonly string[]): ScoringModel =>
  compileDocument(
    Object.fromEntries(Object.entries(gradeDocument()).filter(([name]) => !sections.includes(name))),
  );
