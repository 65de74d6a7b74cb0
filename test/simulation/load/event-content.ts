import type { Random } from '../random.ts';

/** The type and data of an event, before it has a lead, an id and an instant. */
export interface EventContent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const stages = ['subscriber', 'lead', 'mql', 'mql', 'sql', 'opportunity', 'customer'];

const activities = [
  'email_opened',
  'page_visited',
  'pricing_page_visited',
  'content_downloaded',
  'webinar_attended',
  'demo_requested',
  'demo_requested',
  'trial_started',
  'unsubscribed',
  'constructor',
];

const attributes: readonly ((random: Random) => Readonly<Record<string, unknown>>)[] = [
  (random) => ({ seniority: random.pick(['executive', 'executive', 'director', 'manager', 'staff', null]) }),
  (random) => ({ industry: random.pick(['software', 'finance', 'mining', null]) }),
  (random) => ({ employees: random.pick([random.between(0, 10_000), random.next() * 1e6, 1e-7, -0.1]) }),
  (random) => ({
    emailType: random.pick(['business', 'private']),
    persona: random.pick(['none', 'ops', null]),
  }),
];

const answers: readonly ((random: Random) => Readonly<Record<string, unknown>>)[] = [
  (random) => ({ budget: random.pick(['approved', 'planned', 'none', null]) }),
  (random) => ({ authority: random.pick(['decides', 'influences', 'none', 'x'.repeat(70)]) }),
  (random) => ({ need: random.pick(['critical', 'important', 'none']) }),
  (random) => ({ timeframeMonths: random.between(0, 40), knowsDecider: random.chance(0.5) }),
  (random) => ({ problemFitPercent: random.between(0, 100), usedBefore: random.chance(0.5) }),
  (random) => ({ buyingTeamRoles: random.pick([['users'], ['legal', 'it'], []]) }),
];

const texts = [undefined, undefined, 'No.', 'About 90,000 a year.', '毎月二日を手作業で失っています。'];

const answered = (random: Random, values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(values).map(([question, value]) => {
      const text = random.pick(texts);
      return [question, { value, ...(text !== undefined && { text }) }];
    }),
  );

type DrawContent = (random: Random, secret: string) => EventContent;

const activity: DrawContent = (random) => ({
  type: 'LeadActivityRecorded',
  data: { activity: random.pick(activities), ...(random.chance(0.5) && { count: random.between(1, 5) }) },
});

const profile: DrawContent = (random, secret) => ({
  type: 'LeadProfileUpdated',
  data: { attributes: random.chance(0.3) ? { city: secret } : random.pick(attributes)(random) },
});

const answering: DrawContent = (random, secret) => ({
  type: 'LeadAnswersRecorded',
  data: {
    answers: random.chance(0.1)
      ? { 'who-else': { value: secret, text: secret } }
      : answered(random, random.pick(answers)(random)),
    ...(random.chance(0.2) && { askedBy: secret }),
  },
});

const stage: DrawContent = (random, secret) => ({
  type: 'LeadStageChanged',
  data: { stage: random.pick(stages), ...(random.chance(0.3) && { reason: secret, actor: secret }) },
});

const outcome: DrawContent = (random, secret) => ({
  type: 'LeadOutcomeRecorded',
  data: {
    outcome: random.pick(['won', 'lost', 'renewed', 'churned']),
    ...(random.chance(0.5) && { amount: random.between(0, 10_000) }),
    ...(random.chance(0.3) && { reason: secret }),
  },
});

/** Draws a verdict on a hand-off that another system has requested. */
const verdictFromElsewhere: DrawContent = (random, secret) => ({
  type: random.pick(['HandoffAccepted', 'HandoffRejected']),
  data: { handoffId: random.pick(['crm-1', 'crm-2']), actor: secret },
});

const drawsByWeight: readonly DrawContent[] = [
  ...Array.from({ length: 6 }, () => activity),
  ...Array.from({ length: 4 }, () => profile),
  ...Array.from({ length: 3 }, () => answering),
  stage,
  stage,
  outcome,
  verdictFromElsewhere,
];

const stated = (stage: string): EventContent => ({ type: 'LeadStageChanged', data: { stage } });
const isA = (seniority: string): EventContent => ({
  type: 'LeadProfileUpdated',
  data: { attributes: { seniority, industry: 'software' } },
});

/** Events that move a lead into a hand-off and out of it again. */
const moves: readonly EventContent[] = [
  ...[1, 2, 3, 4].map(() => isA('executive')),
  isA('staff'),
  ...[1, 2, 3].map(() => stated('mql')),
  ...[1, 2, 3].map(() => stated('lead')),
  { type: 'LeadActivityRecorded', data: { activity: 'demo_requested', count: 3 } },
  { type: 'LeadAnswersRecorded', data: { answers: { need: { value: 'none' } } } },
  {
    type: 'LeadAnswersRecorded',
    data: {
      answers: {
        need: { value: 'critical' },
        budget: { value: 'approved' },
        authority: { value: 'decides' },
      },
    },
  },
];

const did = (activity: string, count = 1): EventContent => ({
  type: 'LeadActivityRecorded',
  data: { activity, count },
});

/** Events whose effect fades, ends with a window, or moves a deadline. */
const fadingMoves: readonly EventContent[] = [
  did('demo_requested'),
  did('demo_requested'),
  did('email_opened', 3),
  did('email_opened', 4),
  did('unsubscribed'),
  did('webinar_attended'),
  did('pricing_page_visited'),
  did('trial_started'),
  did('page_visited', 2),
];

/** The probability of an event whose effect fades, in a world in which time passes. */
const fadingShare = 0.4;

/**
 * Draws the content of an event about a lead.
 *
 * @param secret a text that must be nowhere after the lead was erased
 * @param moving the probability of an event that hands the lead over to sales, or takes it back
 * @param spanMs how much time passes in the world
 */
export const drawContent = (
  random: Random,
  secret: string,
  { moving, spanMs }: { readonly moving: number; readonly spanMs: number },
): EventContent => {
  if (random.chance(spanMs > 0 ? fadingShare : 0)) return random.pick(fadingMoves);
  return random.chance(moving) ? random.pick(moves) : random.pick(drawsByWeight)(random, secret);
};
