/** An event of the scenario, as a producer sends it. Its lead is named without the run's prefix. */
export interface ScenarioEvent {
  readonly source: string;
  readonly type: string;
  readonly lead: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The lead that is merged into this one. */
  readonly mergedLead?: string;
}

export const leadEvent = (source: string, type: string, lead: string, data: object): ScenarioEvent => ({
  source,
  type,
  lead,
  data: { ...data },
});

const profile = (lead: string, attributes: object) =>
  leadEvent('marketing.crm', 'LeadProfileUpdated', lead, { attributes });
const activity = (lead: string, what: string) =>
  leadEvent('marketing.web', 'LeadActivityRecorded', lead, { activity: what });
const answers = (lead: string, values: Readonly<Record<string, unknown>>) =>
  leadEvent('sales.calls', 'LeadAnswersRecorded', lead, {
    answers: Object.fromEntries(Object.entries(values).map(([question, value]) => [question, { value }])),
  });
const stage = (lead: string, to: string) => leadEvent('sales.crm', 'LeadStageChanged', lead, { stage: to });

/** The events of a lead that the scoring model hands off, so that each kind of announcement occurs. */
const keen = [
  profile('keen', {
    seniority: 'executive',
    industry: 'software',
    employees: 60,
    department: 'operations',
    emailType: 'business',
  }),
  activity('keen', 'demo_requested'),
  activity('keen', 'pricing_page_visited'),
  answers('keen', { need: 'critical', budget: 'approved', authority: 'decides', timeframeMonths: 2 }),
  stage('keen', 'mql'),
];

const cold = [
  profile('cold', { seniority: 'staff', department: 'facilities', industry: 'education' }),
  activity('cold', 'email_opened'),
  activity('cold', 'content_downloaded'),
];

/** Two records of one person. */
const double = [activity('double', 'webinar_attended'), activity('double', 'email_clicked')];
const other = [profile('other', { industry: 'finance', employees: 400 }), activity('other', 'trial_started')];

const gone = [profile('gone', { jobTitle: 'Head of Operations' }), activity('gone', 'demo_requested')];

/** The events in order, by lead. All of one row are sent together, and processed before the next. */
export const waves: readonly (readonly ScenarioEvent[])[] = [0, 1, 2, 3, 4].map((row) =>
  [keen, cold, double, other, gone].flatMap((events) => events[row] ?? []),
);

export const merge: ScenarioEvent = {
  ...leadEvent('sales.crm', 'LeadsMerged', 'other', {}),
  mergedLead: 'double',
};
export const erasure = leadEvent('privacy.desk', 'LeadErasureRequested', 'gone', {});
/** An event that is rejected: the name of an activity must be a string. */
export const poison = leadEvent('marketing.web', 'LeadActivityRecorded', 'keen', { activity: 42 });
export const neighbour = activity('cold', 'webinar_attended');
export const firstUnderNewModel = activity('late', 'demo_requested');
