import * as fc from 'fast-check';
import {
  type ActivityCounts,
  type AnswerFact,
  computeDay,
  type Facts,
} from '../../../shared/scoring/index.ts';
import {
  type OperatorDefinition,
  operators,
  type Plain,
  type ValueKind,
} from '../../../shared/scoring/operators/index.ts';
import { wholeDocument } from './check-document.ts';

/** When random leads are looked at. */
export const at = Date.UTC(2026, 2, 1, 12);
const today = computeDay(at);

const near = (numbers: readonly number[]) =>
  fc.oneof(
    fc.constantFrom(...numbers),
    fc.tuple(fc.constantFrom(...numbers), fc.constantFrom(-1, -0.5, 0.5, 1)).map(([n, by]) => n + by),
    fc.integer({ min: -10, max: 1_000 }),
  );

const { questions, attributes } = wholeDocument();
const bounds = [0, 3, 6, 12, 18, 24, 36];
const sizes = [1, 10, 50, 100, 500, 1_000];
const counts = [0, 1, 2, 3, 5];
const titles = ['head of sales', 'sales', 'vp', 'vp of sales', 'intern', 'head'];

const samplesOf = (operator: OperatorDefinition, values: readonly Plain[]) => operator.samples(values);

/** Tests of a value of some kind by any of the operators that fit it, compared with such values. */
const drawTests = (kind: ValueKind, values: readonly Plain[], most = 3): fc.Arbitrary<object> => {
  const fitting = Object.entries(operators)
    .filter(([, { fits }]) => fits.includes(kind))
    .map(([name, operator]) => [name, samplesOf(operator, values)] as const)
    .filter(([, samples]) => samples.length > 0);
  return fc
    .subarray(fitting, { minLength: 1, maxLength: Math.min(most, fitting.length) })
    .chain((used) =>
      fc.record(Object.fromEntries(used.map(([name, samples]) => [name, fc.constantFrom(...samples)]))),
    );
};

const countTests = fc.record(
  { atLeast: fc.constantFrom(...counts), atMost: fc.constantFrom(...counts) },
  { requiredKeys: [] },
);

const factLeaf = fc.oneof(
  drawTests('text', questions.budget.values).map((tests) => ({ answer: 'budget', ...tests })),
  drawTests('text', attributes.seniority.values).map((tests) => ({ attribute: 'seniority', ...tests })),
  drawTests('number', bounds).map((tests) => ({ answer: 'months', ...tests })),
  drawTests('number', sizes).map((tests) => ({ attribute: 'employees', ...tests })),
  drawTests('yesNo', [true, false]).map((tests) => ({ answer: 'decides', ...tests })),
  drawTests('list', ['CRM', 'billing']).map((tests) => ({ answer: 'tools', ...tests })),
  drawTests('text', titles).map((tests) => ({ attribute: 'jobTitle', ...tests })),
  drawTests('number', [0, 1, 3, 8]).map((tests) => ({ words: 'issue', ...tests })),
  drawTests('number', [0, 1, 2]).map((tests) => ({ figures: 'issue', ...tests })),
  fc
    .tuple(countTests, fc.option(fc.constantFrom(1, 7, 30), { nil: undefined }))
    .map(([tests, withinDays]) => ({
      activity: 'page_visited',
      ...tests,
      ...(withinDays !== undefined && { withinDays }),
    })),
  countTests.map((tests) => ({ outcome: 'renewed', ...tests })),
);

const derivedLeaf = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('budget', 'authority', 'need', 'timeframe'),
      fc.constantFrom('pass', 'fail', 'unknown'),
    )
    .map(([bant, is]) => ({ bant, is })),
  fc.boolean().map((bantMet) => ({ bantMet })),
  fc.boolean().map((demoReady) => ({ demoReady })),
  fc
    .tuple(
      fc.constantFrom('delta', 'criticalBusinessIssue'),
      fc.constantFrom('complete', 'partial', 'missing'),
    )
    .map(([slide, is]) => ({ slide, is })),
  drawTests('text', ['large', 'small', 'none']).map((tests) => ({ lane: 'id', ...tests })),
  drawTests('yesNo', [true, false]).map((tests) => ({ lane: 'pursued', ...tests })),
  drawTests('number', [5, 20]).map((tests) => ({ laneFigure: 'churnPercent', ...tests })),
  drawTests('number', [0.05, 0.1, 0.3]).map((tests) => ({
    answer: 'months',
    relativeTo: 'timeToValueDays',
    ...tests,
  })),
  countTests.map((tests) => ({ answering: 'short', ...tests })),
  countTests.map((tests) => ({ answering: 'contradictory', ...tests })),
);

/** Conditions as a model may have them; few names and values, so that they get into each other's way. */
const conditionsOver = (leaf: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.letrec<{ condition: object }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie('condition').map((not) => ({ not })),
      fc.array(tie('condition'), { minLength: 3, maxLength: 3 }).map((some) => ({ some, atLeast: 2 })),
    ),
  })).condition;

export const plainCondition = conditionsOver(factLeaf);
export const anyCondition = conditionsOver(fc.oneof(factLeaf, derivedLeaf));

/** Conditions with one test, of which some lead meets each: what goes wrong is how they follow on each other. */
export const simpleCondition = fc.oneof(
  drawTests('text', questions.budget.values, 1).map((tests) => ({ answer: 'budget', ...tests })),
  fc.constantFrom(...bounds.slice(1)).map((below) => ({ answer: 'months', below })),
  fc.constantFrom(...bounds.slice(0, -1)).map((above) => ({ answer: 'months', above })),
  fc.constantFrom(...sizes.slice(1)).map((atLeast) => ({ attribute: 'employees', atLeast })),
  fc.constantFrom('known', 'unknown').map((is) => ({ answer: 'tools', known: is === 'known' })),
  fc.constantFrom(...titles).map((startsWith) => ({ attribute: 'jobTitle', startsWith })),
  fc.constantFrom('sales', 'head').map((contains) => ({ attribute: 'jobTitle', contains })),
  fc
    .tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(7, 30, 365))
    .map(([atLeast, withinDays]) => ({ activity: 'page_visited', atLeast, withinDays })),
);

const wording = fc.option(
  fc
    .tuple(fc.constantFrom(0, 1, 2, 3, 7, 8, 9, 20), fc.constantFrom(0, 1, 2, 3))
    .filter(([words, figures]) => figures <= words),
  { nil: null },
);

const said = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const present = <T>(given: Record<string, T | undefined>): Record<string, T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<string, T>;

const visits: fc.Arbitrary<ActivityCounts> = fc
  .uniqueArray(fc.constantFrom(0, 3, 6, 7, 20, 29, 30, 90), { maxLength: 4 })
  .chain((days) =>
    fc.tuple(fc.constant(days), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 })),
  )
  .map(([days, each]) => {
    const pairs = days.toSorted((a, b) => b - a).map((ago, i) => [today - ago, each[i] ?? 1] as const);
    return [pairs.reduce((sum, [, count]) => sum + count, 0), at, pairs.flat()];
  });

/** Values also in the texts that count as such. */
const perhapsAsText = <T extends number | boolean>(value: fc.Arbitrary<T>): fc.Arbitrary<T | string> =>
  fc.oneof(
    { weight: 3, arbitrary: value },
    value.map(String).filter((text) => !text.includes('e-')),
  );

const inAnyCase = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, fc.boolean()).map(([given, isUpper]) => (isUpper ? given.toUpperCase() : given));

/** Leads of all kinds, within what the whole document says of answers and attributes. */
export const randomFacts: fc.Arbitrary<Facts> = fc
  .record({
    budget: said(fc.constantFrom(...questions.budget.values)),
    earlier: said(fc.constantFrom(...questions.budget.values)),
    months: said(perhapsAsText(near(bounds).filter((value) => value >= 0 && value <= 36))),
    decides: said(perhapsAsText(fc.boolean())),
    tools: said(fc.subarray([...questions.tools.values])),
    issue: said(fc.tuple(fc.constantFrom('growth', 'money'), wording)),
    seniority: said(inAnyCase(fc.constantFrom(...attributes.seniority.values))),
    employees: said(perhapsAsText(near(sizes).filter((value) => value >= 1))),
    jobTitle: said(
      fc.oneof(
        fc.constantFrom(...titles),
        fc.constantFrom('Head of VP sales', 'x', 'VP', 'VP, Sales', 'heads of sales', 'of VPs'),
      ),
    ),
    visits: said(visits),
    demos: fc.nat({ max: 2 }),
    renewed: fc.nat({ max: 6 }),
  })
  .map((lead) => ({
    seen: at,
    attributes: present({
      seniority: lead.seniority === undefined ? undefined : ([lead.seniority, at] as const),
      employees: lead.employees === undefined ? undefined : ([lead.employees, at] as const),
      jobTitle: lead.jobTitle === undefined ? undefined : ([lead.jobTitle, at] as const),
    }),
    answers: present<AnswerFact>({
      budget:
        lead.budget === undefined
          ? undefined
          : lead.earlier === undefined
            ? [lead.budget, at]
            : [lead.budget, at, null, [[lead.earlier, at - 86_400_000]]],
      months: lead.months === undefined ? undefined : [lead.months, at],
      decides: lead.decides === undefined ? undefined : [lead.decides, at],
      tools: lead.tools === undefined ? undefined : [lead.tools, at],
      issue: lead.issue === undefined ? undefined : [lead.issue[0], at, lead.issue[1]],
    }),
    activities: present<ActivityCounts>({
      page_visited: lead.visits,
      demo_requested: lead.demos === 0 ? undefined : [lead.demos, at, [today, lead.demos]],
    }),
    outcomes: lead.renewed === 0 ? {} : { renewed: [lead.renewed, at, {}] },
  }));
