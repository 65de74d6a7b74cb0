import { smallDocument } from '../../support/models.ts';

/**
 * Returns the small model with everything that time changes: points and penalties that fade, windows that end, deadlines
 * with all steps, and limits of nurture tracks.
 */
export const fadingDocument = () => {
  const small = smallDocument();
  const [demo, visits] = small.dimensions.interest.criteria;
  return {
    ...small,
    id: 'fading',
    scorecards: {
      ...small.scorecards,
      subscriber: { interest: 3, fit: 1 },
      lead: { interest: 3, fit: 1 },
      mql: { interest: 3, fit: 2 },
    },
    dimensions: {
      ...small.dimensions,
      interest: {
        title: 'Interest',
        criteria: [
          { ...demo, points: 70, decay: { halfLifeDays: 7 } },
          visits,
          {
            id: 'opened',
            text: 'opened e-mails',
            each: { activity: 'email_opened' },
            points: 9,
            max: 45,
            decay: { linearDays: 20 },
          },
          {
            id: 'left',
            text: 'unsubscribed',
            when: { activity: 'unsubscribed' },
            points: -50,
            decay: { percent: 40, everyDays: 3 },
          },
        ],
      },
    },
    disqualifiers: [
      ...small.disqualifiers,
      {
        id: 'attending',
        class: 'problem',
        text: 'has attended a webinar in the last 5 days',
        when: { activity: 'webinar_attended', withinDays: 5 },
        track: 'after-webinar',
      },
    ],
    policy: {
      ...small.policy,
      rules: [
        {
          stages: ['lead', 'mql'],
          tiers: ['good', 'excellent'],
          action: { kind: 'handoff', queue: 'sales', dueHours: 8 },
        },
        ...small.policy.rules.slice(1),
      ],
      deadlines: {
        // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
        then: {
          sales: [{ remindHours: 2 }, { queue: 'partners', dueHours: 4.5 }, { recycle: true }],
        },
        resetBy: ['pricing_page_visited'],
        pausedBy: ['trial_started'],
        resumedBy: ['page_visited'],
      },
      nurture: {
        tracks: {
          nurture: { cooldownHours: 72, mostStarts: 3 },
          recycled: { cooldownHours: 12.5 },
        },
        tierCooldownHours: 30,
      },
    },
  };
};

/** Returns a model that forgets leads soon, and in which nothing follows a deadline. */
export const forgetfulDocument = () => {
  const { policy, ...fading } = fadingDocument();
  const { then: _then, ...moves } = policy.deadlines;
  return { ...fading, id: 'forgetful', policy: { ...policy, deadlines: moves, retainMonths: 2 } };
};
