import { dayMs, type Outcome } from '../../events/index.ts';
import type { LaneFigure } from '../scoring/index.ts';
import type { Customer } from './customer.ts';
import { listNamed, type OutcomeRule, satisfies } from './outcome-rule.ts';
import { parseOutcomeRule } from './parse-outcome-rule.ts';

/** The figures of a lane that outcomes tell. */
type Measurable = Extract<
  LaneFigure,
  'successPercent' | 'churnPercent' | 'expansionPercent' | 'referencePercent' | 'timeToValueDays' | 'revenue'
>;
type MeasuredFigures = Readonly<Partial<Record<Measurable, number>>>;

/** A lane with what was measured of its customers. */
export interface MeasuredLane {
  readonly lane: string;
  /** The customers that were followed for long enough. */
  readonly customers: number;
  /** Empty if there are too few customers. */
  readonly figures: MeasuredFigures;
}

/** The fewest customers from whom a lane's figures are measured. */
export const fewestCustomers = 10;

/** The rule of success of customers if the rule that is learnt ends with the sale. */
const usualRule = '(renewed or expanded or referenced) and not churned';

/** Returns the rule by which customers succeed: the one that is learnt, if it names what comes after the sale. */
const chooseCustomerRule = (rule: OutcomeRule): OutcomeRule => {
  if (listNamed(rule).some((outcome) => outcome !== 'won' && outcome !== 'lost')) return rule;
  const usual = parseOutcomeRule(usualRule);
  if (!usual.ok) throw new Error(usual.why);
  return usual.value;
};

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
};

/** Returns the percentage of customers that satisfy a test. */
const percent = (customers: readonly Customer[], test: (customer: Customer) => boolean): number =>
  round((100 * customers.filter(test).length) / customers.length, 1);

const measureFigures = (
  customers: readonly Customer[],
  rule: OutcomeRule,
  recorded: ReadonlySet<Outcome>,
): MeasuredFigures => {
  const share = (outcome: Outcome): number | undefined =>
    recorded.has(outcome) ? percent(customers, ({ outcomes }) => outcomes.includes(outcome)) : undefined;
  const values = customers.flatMap(({ valueMs }) => valueMs ?? []);
  const amounts = customers.flatMap(({ amount }) => amount ?? []);
  const figures: Record<Measurable, number | undefined> = {
    // What nobody records can't be told from what never happens.
    successPercent: listNamed(rule).some((outcome) => outcome !== 'won' && recorded.has(outcome))
      ? percent(customers, ({ outcomes }) => satisfies(rule, new Set(outcomes)))
      : undefined,
    churnPercent: share('churned'),
    expansionPercent: share('expanded'),
    referencePercent: share('referenced'),
    timeToValueDays: values.length < fewestCustomers ? undefined : round(median(values) / dayMs, 1),
    revenue:
      amounts.length < fewestCustomers
        ? undefined
        : round(amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length, 2),
  };
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
};

export interface MeasureLanesProps {
  /** The ids of the lanes of the model. */
  readonly lanes: readonly string[];
  readonly rule: OutcomeRule;
  /** The end of the data, and the time for which a customer has to be followed, in milliseconds. */
  readonly end: number;
  readonly withinMs: number;
}

/**
 * Measures lanes from the outcomes of their customers that were followed for long enough. An outcome that nobody ever
 * recorded gives no figure, and neither do fewer than 10 customers.
 */
export const measureLanes = (
  customers: readonly Customer[],
  { lanes, rule, end, withinMs }: MeasureLanesProps,
): MeasuredLane[] => {
  const followed = customers.filter(({ wonAt }) => wonAt + withinMs <= end);
  const recorded = new Set(followed.flatMap(({ outcomes }) => outcomes));
  return lanes.map((lane) => {
    const own = followed.filter((customer) => customer.lane === lane);
    const figures =
      own.length < fewestCustomers ? {} : measureFigures(own, chooseCustomerRule(rule), recorded);
    return { lane, customers: own.length, figures };
  });
};
