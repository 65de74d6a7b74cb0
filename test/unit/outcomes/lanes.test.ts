import { describe, expect, it } from 'vitest';
import { dayMs, type Outcome } from '../../../events/index.ts';
import {
  type Customer,
  measureLanes,
  parseOutcomeRule,
  withMeasuredLanes,
} from '../../../shared/outcomes/index.ts';
import { checkModel, type ModelDocument, modelDocument } from '../../../shared/scoring/index.ts';
import { readModelFile, smallDocument } from '../../support/models.ts';

const parse = (text: string) => {
  const parsed = parseOutcomeRule(text);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.value;
};
const withinMs = 365 * dayMs;
const end = 1_000 * dayMs;

/** Returns customers of a lane, one for each list of outcomes after the win. */
const customers = (lane: string, ...lists: readonly (readonly Outcome[])[]): Customer[] =>
  lists.map((outcomes, i) => ({
    lane,
    wonAt: i * dayMs,
    outcomes: ['won', ...outcomes],
    ...(outcomes.includes('renewed') && { valueMs: (i + 1) * 10 * dayMs, amount: 1_000 * (i + 1) }),
  }));
const times = (count: number, ...outcomes: Outcome[]): Outcome[][] =>
  Array.from({ length: count }, () => outcomes);

const measure = (given: readonly Customer[], rule = '(renewed or expanded) and not churned') =>
  measureLanes(given, { lanes: ['a', 'b'], rule: parse(rule), end, withinMs });

describe('measured lanes', () => {
  it('have the shares of their customers, the median time to value and the mean amount', () => {
    const [a, b] = measure([
      ...customers('a', ...times(12, 'renewed'), ...times(4, 'churned', 'expanded'), ...times(4)),
      ...customers('b', ...times(9, 'renewed')),
    ]);
    expect(a).toEqual({
      lane: 'a',
      customers: 20,
      figures: {
        successPercent: 60,
        churnPercent: 20,
        expansionPercent: 20,
        timeToValueDays: 65,
        revenue: 6_500,
      },
    });
    expect(b, 'fewer than 10 customers give no figure').toEqual({ lane: 'b', customers: 9, figures: {} });
  });

  it('leave out customers that were not followed for long enough', () => {
    const late = customers('a', ...times(20, 'renewed')).map((customer) => ({
      ...customer,
      wonAt: end - withinMs + 1,
    }));
    expect(measure(late)[0]).toMatchObject({ customers: 0, figures: {} });
  });

  it('say nothing of an outcome that nobody records: it may be unknown rather than never', () => {
    const [a] = measure(customers('a', ...times(10)));
    expect(a).toEqual({ lane: 'a', customers: 10, figures: {} });
  });

  it('measure success by what comes after the sale, also if the rule ends with the sale', () => {
    const [a] = measure(customers('a', ...times(5, 'renewed'), ...times(5)), 'won');
    expect(a?.figures).toMatchObject({ successPercent: 50 });
  });
});

const lanes = [
  {
    id: 'a',
    title: 'A',
    kind: 'core',
    when: { attribute: 'size', atLeast: 50 },
    figures: { successPercent: 99, margin: 5, costToRetain: 3, example: true },
  },
  {
    id: 'b',
    title: 'B',
    kind: 'adjacent',
    when: { attribute: 'size', below: 50 },
    figures: { successPercent: 11, churnPercent: 12 },
  },
];
const read = (figure: string) => ({
  id: figure,
  text: `has a ${figure}`,
  of: { laneFigure: figure },
  bands: [{ from: 1, points: 50 }],
});
const base = (): ModelDocument => {
  const document = smallDocument();
  const fit = { ...document.dimensions.fit, criteria: [read('successPercent'), read('margin')] };
  return modelDocument.parse({ ...document, lanes, dimensions: { ...document.dimensions, fit } });
};
const checkProblems = (document: unknown) => {
  const checked = checkModel(document);
  return checked.ok ? [] : checked.problems;
};
const successOf = (lane: string, successPercent: number) => ({
  lane,
  customers: 40,
  figures: { successPercent },
});
const nothing = (lane: string) => ({ lane, customers: 3, figures: {} });

describe('a model with measured lanes', () => {
  it('has them in place of what is made up, and with the number of customers', () => {
    const { document, stillExamples } = withMeasuredLanes(base(), [successOf('a', 70), successOf('b', 30)]);
    expect(document.lanes?.map(({ figures }) => figures)).toEqual([
      { successPercent: 70, margin: 5, customers: 40, example: ['margin'] },
      { successPercent: 30, churnPercent: 12, customers: 40 },
    ]);
    expect(stillExamples, 'a rule reads it, and nothing else is known').toEqual(['margin']);
  });

  it('loses what is made up of a lane with too few customers, and keeps what somebody has stated', () => {
    const { document } = withMeasuredLanes(base(), [nothing('a'), successOf('b', 30)]);
    expect(document.lanes?.[0]?.figures).toEqual({ margin: 5, example: true });
    const stated = withMeasuredLanes(base(), [successOf('a', 70), nothing('b')]);
    expect(stated.document.lanes?.[1]?.figures).toEqual({ successPercent: 11, churnPercent: 12 });
  });

  it('checks like the one before', () => {
    for (const measured of [
      [successOf('a', 70), successOf('b', 30)],
      [nothing('a'), nothing('b')],
    ]) {
      const { document } = withMeasuredLanes(base(), measured);
      expect(checkProblems(document)).toEqual([]);
    }
    const shipped = modelDocument.parse(readModelFile('success-ready'));
    const measured = (shipped.lanes ?? []).map(({ id }) => successOf(id, 50));
    expect(checkProblems(withMeasuredLanes(shipped, measured).document)).toEqual([]);
    expect(checkProblems(withMeasuredLanes(shipped, []).document)).toEqual([]);
  });
});
