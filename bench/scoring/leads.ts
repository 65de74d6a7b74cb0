import { dayMs, type FactValue, type Stage, stages } from '../../events/index.ts';
import { type ActivityCounts, computeDay, type Dated, type Facts } from '../../shared/scoring/index.ts';
import { pick, seededRandom } from '../random.ts';

export interface Lead {
  readonly facts: Facts;
  readonly stage: Stage;
  /** The instant of evaluation, in milliseconds since 1970. */
  readonly at: number;
}

type Random = () => number;

const from = (list: readonly FactValue[]) => (random: Random) => pick(random, list);
const drawUpTo = (most: number) => (random: Random) => Math.floor(random() * most);

const attributes: Readonly<Record<string, (random: Random) => FactValue>> = {
  seniority: from(['executive', 'director', 'manager', 'staff']),
  department: from(['operations', 'marketing', 'sales', 'finance', 'legal']),
  industry: from(['software', 'finance', 'logistics', 'retail', 'mining']),
  employees: drawUpTo(8_000),
  revenue: drawUpTo(800_000_000),
  country: from(['DE', 'FR', 'US', 'IR']),
  technologies: from([['CRM', 'ERP'], ['ERP'], ['crm'], 'CRM and more']),
  jobTitle: from(['Head of Operations', 'head of sales', 'Clerk', 'COO']),
  emailType: from(['business', 'business', 'private']),
  foundedYear: (random) => 1990 + Math.floor(random() * 35),
  persona: from(['ops', 'ops', 'revenue', 'none']),
};

const answers: Readonly<Record<string, (random: Random) => FactValue>> = {
  budget: from(['approved', 'planned', 'none']),
  authority: from(['decides', 'influences', 'sent-by-decider', 'none']),
  need: from(['critical', 'important', 'nice', 'none', 'unclear']),
  timeframeMonths: drawUpTo(20),
  knowsDecider: from([true, false]),
  competitor: from([true, false]),
  dealSize: drawUpTo(50_000),
  procurement: from(['tender', 'simple']),
  problemFitPercent: drawUpTo(101),
  culture: from(['innovator', 'technology-adopter', 'early-majority', 'late-majority', 'laggard']),
  usedBefore: from([true, false]),
  referred: from([true, false]),
  buyingTeamSize: (random) => 1 + Math.floor(random() * 14),
  wouldRefer: from([true, false]),
};

const activities = [
  'email_opened',
  'email_clicked',
  'page_visited',
  'pricing_page_visited',
  'content_downloaded',
  'webinar_attended',
  'demo_requested',
  'unsubscribed',
  'support_requested',
  'training_attended',
];

const now = Date.parse('2026-03-01T09:00:00.000Z');

/** Draws values of a lead: most are known, some aren't, and a few were cleared. */
const drawSome = (
  random: Random,
  values: typeof attributes,
  share: number,
): Record<string, Dated<FactValue>> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(() => random() < share)
      .map(([name, draw]) => [name, [random() < 0.03 ? null : draw(random), now - random() * 90 * dayMs]]),
  );

const drawActivity = (random: Random): ActivityCounts => {
  const days = Array.from(
    { length: 1 + Math.floor(random() * 6) },
    () => computeDay(now) - Math.floor(random() ** 2 * 200),
  );
  const ascending = [...new Set(days)].sort((a, b) => a - b);
  const counts = ascending.flatMap((day) => [day, 1 + Math.floor(random() * 3)]);
  const total = counts.reduce((sum, value, i) => (i % 2 === 1 ? sum + value : sum), 0);
  return [total, ((ascending.at(-1) ?? 0) + 0.4) * dayMs, counts];
};

/** Returns leads at every stage; the further on a lead is, the more is known about it. */
export const createLeads = (count: number): Lead[] => {
  const random = seededRandom(40);
  return Array.from({ length: count }, (_, i) => {
    const stage = stages[i % 5] as Stage;
    const share = 0.5 + 0.1 * (i % 5);
    const facts: Facts = {
      seen: now,
      attributes: drawSome(random, attributes, share),
      answers: drawSome(random, answers, share - 0.2),
      activities: Object.fromEntries(
        activities.filter(() => random() < 0.45).map((name) => [name, drawActivity(random)]),
      ),
      outcomes: {},
    };
    // Facts are parsed from JSON, as when they are loaded.
    return { facts: JSON.parse(JSON.stringify(facts)), stage, at: now };
  });
};
