/** An event of the scenario, in the words of a producer. Its lead is named without the run's prefix. */
export interface Told {
  readonly source: string;
  readonly type: string;
  readonly lead: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Another lead, which is the same person. */
  readonly mergedLead?: string;
}

export const tell = (source: string, type: string, lead: string, data: object): Told => ({
  source,
  type,
  lead,
  data: { ...data },
});

const profile = (lead: string, attributes: object) =>
  tell('marketing.crm', 'LeadProfileUpdated', lead, { attributes });
const activity = (lead: string, what: string) =>
  tell('marketing.web', 'LeadActivityRecorded', lead, { activity: what });
const answers = (lead: string, said: Readonly<Record<string, unknown>>) =>
  tell('sales.calls', 'LeadAnswersRecorded', lead, {
    answers: Object.fromEntries(Object.entries(said).map(([question, value]) => [question, { value }])),
  });
const stage = (lead: string, to: string) => tell('sales.crm', 'LeadStageChanged', lead, { stage: to });

/** What the scoring model asks for, so that each kind of announcement comes about. */
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

/** What happens to whom, in order of each lead. All of one row are sent together, and worked off before the next. */
export const waves: readonly (readonly Told[])[] = [0, 1, 2, 3, 4].map((row) =>
  [keen, cold, double, other, gone].flatMap((events) => events[row] ?? []),
);

export const merge: Told = { ...tell('sales.crm', 'LeadsMerged', 'other', {}), mergedLead: 'double' };
export const erasure = tell('privacy.desk', 'LeadErasureRequested', 'gone', {});
/** An activity is a name. */
export const poison = tell('marketing.web', 'LeadActivityRecorded', 'keen', { activity: 42 });
export const neighbour = activity('cold', 'webinar_attended');
export const firstUnderNewModel = activity('late', 'demo_requested');
