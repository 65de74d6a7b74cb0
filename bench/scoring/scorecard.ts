/**
 * A scorecard of 40 criteria, ten for each dimension, of every kind that models have. Its rules are written a second
 * time in `by-hand.ts`, and translated for json-rules-engine. Points are whole numbers, so that the order of sums can't
 * matter.
 */
export const scorecard = {
  id: 'bench',
  version: '1',
  title: 'Scorecard of 40 criteria',
  dimensions: {
    profile: {
      title: 'Profile fit',
      criteria: [
        {
          id: 'executive',
          text: 'is an executive',
          when: { attribute: 'seniority', in: ['executive', 'director'] },
          points: 25,
        },
        { id: 'manager', text: 'is a manager', when: { attribute: 'seniority', is: 'manager' }, points: 15 },
        {
          id: 'department',
          text: 'is in a department that we serve',
          of: { attribute: 'department' },
          table: { operations: 15, marketing: 12, sales: 12, finance: 6 },
        },
        {
          id: 'industry',
          text: 'is in an industry that we serve',
          of: { attribute: 'industry' },
          table: { software: 18, finance: 15, logistics: 12, retail: 10 },
          otherwise: 2,
        },
        {
          id: 'employees',
          text: 'works for a company of a size that suits us',
          of: { attribute: 'employees' },
          bands: [
            { from: 5000, points: 8 },
            { from: 500, points: 20 },
            { from: 50, points: 15 },
            { from: 10, points: 5 },
          ],
        },
        {
          id: 'revenue',
          text: 'works for a company that earns enough',
          when: { attribute: 'revenue', atLeast: 1_000_000, below: 500_000_000 },
          points: 8,
        },
        {
          id: 'country',
          text: 'is in a country that we sell to',
          when: { attribute: 'country', notIn: ['KP', 'IR', 'SY'] },
          points: 5,
        },
        {
          id: 'uses-crm',
          text: 'uses a CRM',
          when: { attribute: 'technologies', contains: 'CRM' },
          points: 6,
        },
        {
          id: 'title',
          text: 'is a head of something',
          when: { attribute: 'jobTitle', startsWith: 'Head of' },
          points: 6,
        },
        {
          id: 'private-address',
          text: 'uses a private address',
          when: { attribute: 'emailType', is: 'private' },
          points: -12,
        },
      ],
    },
    engagement: {
      title: 'Engagement',
      criteria: [
        {
          id: 'opened',
          text: 'opened e-mails',
          each: { activity: 'email_opened', withinDays: 30 },
          points: 2,
          max: 10,
        },
        {
          id: 'clicked',
          text: 'followed links',
          each: { activity: 'email_clicked', withinDays: 30 },
          points: 4,
          max: 16,
        },
        {
          id: 'visited',
          text: 'visited pages',
          each: { activity: 'page_visited', withinDays: 30 },
          points: 2,
          max: 14,
        },
        {
          id: 'pricing',
          text: 'looked at the pricing page',
          when: { activity: 'pricing_page_visited', withinDays: 30 },
          points: 15,
        },
        {
          id: 'content',
          text: 'downloaded content',
          each: { activity: 'content_downloaded', withinDays: 90 },
          points: 10,
          max: 20,
        },
        {
          id: 'webinar',
          text: 'attended a webinar',
          when: { activity: 'webinar_attended', withinDays: 90 },
          points: 12,
        },
        {
          id: 'demo',
          text: 'asked for a demo',
          when: { activity: 'demo_requested', withinDays: 90 },
          points: 35,
        },
        {
          id: 'returned',
          text: 'came back often',
          when: { activity: 'page_visited', atLeast: 5, withinDays: 7 },
          points: 8,
        },
        {
          id: 'both',
          text: 'read and asked',
          when: {
            all: [
              { activity: 'content_downloaded', withinDays: 60 },
              { any: [{ activity: 'webinar_attended' }, { activity: 'demo_requested' }] },
            ],
          },
          points: 10,
        },
        {
          id: 'unsubscribed',
          text: 'unsubscribed',
          when: { activity: 'unsubscribed', withinDays: 365 },
          points: -40,
        },
      ],
    },
    qualification: {
      title: 'Qualification',
      criteria: [
        {
          id: 'budget',
          text: 'has a budget',
          when: { answer: 'budget', in: ['approved', 'planned'] },
          points: 15,
        },
        { id: 'no-budget', text: 'has no budget', when: { answer: 'budget', is: 'none' }, points: -20 },
        {
          id: 'authority',
          text: 'decides or influences',
          of: { answer: 'authority' },
          table: { decides: 20, influences: 12, 'sent-by-decider': 10, none: -15 },
        },
        {
          id: 'need',
          text: 'has a need',
          of: { answer: 'need' },
          table: { critical: 20, important: 12, nice: 3 },
          otherwise: -5,
        },
        {
          id: 'timeframe',
          text: 'wants to start soon',
          of: { answer: 'timeframeMonths' },
          bands: [
            { from: 13, points: -15 },
            { from: 7, points: 0 },
            { from: 4, points: 5 },
            { from: 0, points: 10 },
          ],
        },
        {
          id: 'ready',
          text: 'has money and a need',
          when: {
            all: [
              { answer: 'budget', is: 'approved' },
              { answer: 'need', in: ['critical', 'important'] },
            ],
          },
          points: 15,
        },
        {
          id: 'way-in',
          text: 'decides or knows who does',
          when: {
            any: [
              { answer: 'authority', is: 'decides' },
              { answer: 'knowsDecider', is: true },
            ],
          },
          points: 8,
        },
        {
          id: 'competitor',
          text: 'does not use a competitor',
          when: { not: { answer: 'competitor', is: true } },
          points: 5,
        },
        {
          id: 'deal-size',
          text: 'wants enough of it',
          when: { answer: 'dealSize', atLeast: 10_000 },
          points: 10,
        },
        {
          id: 'procurement',
          text: 'needs no tender',
          when: { answer: 'procurement', isNot: 'tender' },
          points: 6,
        },
      ],
    },
    success: {
      title: 'Success fit',
      criteria: [
        {
          id: 'problem-fit',
          text: 'has needs that we meet',
          of: { answer: 'problemFitPercent' },
          bands: [
            { from: 90, points: 35 },
            { from: 80, points: 25 },
            { from: 70, points: 12 },
            { from: 50, points: -10 },
            { from: 0, points: -30 },
          ],
        },
        {
          id: 'culture',
          text: 'has a culture that suits us',
          of: { answer: 'culture' },
          table: {
            innovator: 10,
            'technology-adopter': 20,
            'early-majority': 20,
            'late-majority': 5,
            laggard: -15,
          },
        },
        { id: 'used-before', text: 'used it before', when: { answer: 'usedBefore', is: true }, points: 15 },
        { id: 'referred', text: 'was referred', when: { answer: 'referred', is: true }, points: 10 },
        {
          id: 'contact',
          text: 'has an executive as contact',
          when: { attribute: 'seniority', is: 'executive' },
          points: 8,
        },
        {
          id: 'team',
          text: 'has a team that can decide',
          of: { answer: 'buyingTeamSize' },
          bands: [
            { from: 11, points: -10 },
            { from: 6, points: 0 },
            { from: 1, points: 10 },
          ],
        },
        {
          id: 'would-refer',
          text: 'would be a reference',
          when: { answer: 'wouldRefer', is: true },
          points: 5,
        },
        {
          id: 'support',
          text: 'asked for little help',
          when: { activity: 'support_requested', atMost: 3 },
          points: 4,
        },
        { id: 'trained', text: 'was trained', each: { activity: 'training_attended' }, points: 3, max: 9 },
        { id: 'mature', text: 'is old enough', when: { attribute: 'foundedYear', atMost: 2015 }, points: 4 },
      ],
    },
  },
  scorecards: {
    subscriber: { profile: 4, engagement: 6 },
    lead: { profile: 5, engagement: 5 },
    mql: { profile: 4, engagement: 4, qualification: 2 },
    sql: { profile: 2, engagement: 2, qualification: 4, success: 2 },
    opportunity: { profile: 1, engagement: 1, qualification: 3, success: 5 },
  },
  disqualifiers: [
    {
      id: 'no-persona',
      class: 'persona',
      text: 'matches no persona',
      when: { attribute: 'persona', is: 'none' },
    },
    {
      id: 'no-authority',
      class: 'authority',
      text: 'has no authority',
      when: {
        all: [
          { answer: 'authority', is: 'none' },
          { answer: 'knowsDecider', is: false },
        ],
      },
    },
    {
      id: 'no-problem',
      class: 'problem',
      text: 'has no problem',
      when: { answer: 'need', is: 'none' },
      unless: { answer: 'problemFitPercent', atLeast: 50 },
    },
  ],
  tiers: { excellent: 70, good: 50, risky: 30, hysteresis: 3 },
  policy: { rules: [] },
};
