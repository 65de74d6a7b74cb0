import { showProblem } from '../../../events/index.ts';
import { checkModel } from '../../../shared/scoring/index.ts';

/** A model with every section, small enough to know by heart. Nothing is wrong with it. */
export const wholeDocument = () => ({
  id: 'whole',
  version: '1',
  title: 'Whole',
  questions: {
    budget: { kind: 'choice', text: 'Is there money?', values: ['approved', 'planned', 'none'], steady: {} },
    months: { kind: 'number', text: 'When, in months?', from: 0, to: 36 },
    decides: { kind: 'yesNo', text: 'Do you decide?' },
    tools: { kind: 'list', text: 'Which tools do you use?', values: ['CRM', 'Billing'] },
    issue: { kind: 'text', text: 'What keeps you from growing?' },
  },
  attributes: {
    seniority: { kind: 'choice', title: 'Seniority', values: ['executive', 'manager', 'other'] },
    employees: { kind: 'number', title: 'Employees', from: 1 },
    jobTitle: { kind: 'text', title: 'Job title' },
  },
  activities: { demo_requested: 'asked for a demo', page_visited: 'visited a page' },
  dimensions: {
    interest: {
      title: 'Interest',
      criteria: [
        { id: 'demo', text: 'asked for a demo', when: { activity: 'demo_requested' }, points: 60 },
        {
          id: 'visits',
          text: 'visited',
          each: { activity: 'page_visited', withinDays: 30 },
          points: 5,
          max: 40,
        },
      ],
    },
    fit: {
      title: 'Fit',
      criteria: [
        {
          id: 'role',
          text: 'has a role',
          of: { attribute: 'seniority' },
          table: { executive: 40, manager: 20 },
          otherwise: -10,
        },
        {
          id: 'size',
          text: 'is of a size',
          of: { attribute: 'employees' },
          bands: [
            { from: 500, points: 30 },
            { from: 50, points: 10 },
          ],
        },
        { id: 'lane', text: 'is in a core lane', when: { lane: 'kind', is: 'core' }, points: 20 },
        { id: 'ready', text: 'is ready for a demo', when: { demoReady: true }, points: 10 },
        { id: 'met', text: 'meets BANT', when: { bantMet: true }, points: 10 },
        { id: 'short', text: 'answers shortly', each: { answering: 'short' }, points: -5, max: 10 },
        { id: 'back', text: 'goes back on a word', when: { answering: 'contradictory' }, points: -10 },
        { id: 'tools', text: 'has a CRM', when: { answer: 'tools', contains: 'crm' }, points: 5 },
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
  bant: {
    threshold: 3,
    letters: {
      budget: { pass: { answer: 'budget', in: ['approved', 'planned'] } },
      authority: { pass: { answer: 'decides', is: true } },
      need: { pass: { words: 'issue', atLeast: 3 } },
      timeframe: { pass: { answer: 'months', atMost: 6 }, fail: { answer: 'months', above: 18 } },
    },
  },
  slide: {
    threshold: 5,
    parts: {
      titleAndIndustry: { title: 'Title', complete: { attribute: 'jobTitle', known: true } },
      criticalBusinessIssue: {
        title: 'Issue',
        complete: { words: 'issue', atLeast: 8 },
        partial: { answer: 'issue', known: true },
      },
      problemsAndReasons: { title: 'Problems', complete: { figures: 'issue', atLeast: 1 } },
      specificCapabilities: { title: 'Capabilities', complete: { answer: 'tools', known: true } },
      delta: { title: 'Delta', complete: { figures: 'issue', atLeast: 2 } },
      criticalDate: { title: 'Date', complete: { answer: 'months', known: true } },
      valueRealizationEvent: { title: 'Early win', complete: { answer: 'decides', known: true } },
    },
  },
  lanes: [
    {
      id: 'large',
      title: 'Large',
      kind: 'core',
      when: { attribute: 'employees', atLeast: 500 },
      figures: { churnPercent: 5, timeToValueDays: 60 },
    },
    {
      id: 'small',
      title: 'Small',
      kind: 'avoid',
      when: { attribute: 'employees', below: 500 },
      figures: { churnPercent: 20 },
    },
  ],
  answering: {
    short: { below: 3 },
    contradictions: [
      {
        id: 'money-later',
        text: 'has money and no date',
        when: {
          all: [
            { answer: 'budget', is: 'approved' },
            { answer: 'months', above: 24 },
          ],
        },
      },
    ],
  },
  disqualifiers: [
    { id: 'no-money', class: 'problem', text: 'has no money', when: { answer: 'budget', is: 'none' } },
    {
      id: 'no-say',
      class: 'authority',
      text: 'has no say',
      when: { answer: 'decides', is: false },
      unless: { attribute: 'seniority', is: 'executive' },
    },
  ],
  promotions: [{ to: 'mql', activities: ['demo_requested'] }],
  tiers: { excellent: 70, good: 50, risky: 30, hysteresis: 5 },
  policy: {
    rules: [
      {
        stages: ['mql'],
        when: { demoReady: true },
        action: { kind: 'handoff', queue: 'sales', dueHours: 24 },
      },
      { stages: ['lead', 'mql'], action: { kind: 'nurture', track: 'nurture' } },
    ],
  },
  efforts: [{ id: 'demo', title: 'Demo', kind: 'presales', activities: ['demo_requested'] }],
});

// biome-ignore lint/suspicious/noExplicitAny: tests break documents in ways that types forbid
export type BreakIt = (document: any) => void;

export interface Found {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export const checkDocument = (document: unknown): Found => {
  const checked = checkModel(document);
  return {
    errors: checked.ok ? [] : checked.problems.map(showProblem),
    warnings: checked.warnings.map(showProblem),
  };
};

/** Returns the findings in the whole document after a change. */
export const foundAfter = (breakIt: BreakIt): Found => {
  const document = wholeDocument();
  breakIt(document);
  return checkDocument(document);
};
