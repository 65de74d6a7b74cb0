import { expect, it } from 'vitest';
import { learn } from '../../../cli/calibrate/learn.ts';
import { dayMs, outcomes } from '../../../events/index.ts';
import type { Customer, DataSet, Task } from '../../../shared/outcomes/index.ts';
import { checkModel } from '../../../shared/scoring/index.ts';
import { buildUsualRows } from '../../support/calibration.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const rows = buildUsualRows();
const task: Task = {
  rule: { kind: 'outcome', outcome: 'won' },
  cut: { from: 'mql', plusMs: 0 },
  withinMs: 2 * dayMs,
  customerMs: 2 * dayMs,
  model: compileDocument(smallDocument()),
};
const testStart = rows[1_600]?.at ?? 0;

/** One customer for each lead: until the last leads begin to be tested, all renew, and afterwards all leave. */
const customers = rows.map(
  ({ at }): Customer => ({
    lane: 'german',
    wonAt: at,
    outcomes: ['won', at + task.customerMs <= testStart ? 'renewed' : 'churned'],
  }),
);
const data: DataSet = {
  rows,
  successes: rows.filter(({ outcome }) => outcome).length,
  leads: rows.length,
  leftOut: {} as DataSet['leftOut'],
  outcomes: Object.fromEntries(outcomes.map((outcome) => [outcome, 1])) as DataSet['outcomes'],
  customers,
  saidLater: [],
  end: (rows.at(-1)?.at ?? 0) + task.customerMs,
};
const small = smallDocument();
const checked = checkModel({
  ...small,
  promotions: [],
  disqualifiers: [],
  lanes: [
    {
      ...{ id: 'german', title: 'German', kind: 'core', when: { attribute: 'country', is: 'Germany' } },
      figures: { successPercent: 7, example: true },
    },
  ],
  dimensions: {
    fit: {
      title: 'Fit',
      criteria: [
        {
          ...{ id: 'lane', text: 'is in a lane', of: { laneFigure: 'successPercent' } },
          bands: [{ from: 1, points: 40 }],
        },
        { id: 'visits', text: 'visited', each: { activity: 'pricing_visited' }, points: 5, max: 50 },
      ],
    },
  },
  scorecards: Object.fromEntries(Object.keys(small.scorecards).map((stage) => [stage, { fit: 1 }])),
});

it('figures of lanes are of the customers before the test time while it is tested, and of all in the model', () => {
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const base = checked.model.document;
  const name = { id: 'small', version: '2', title: 'Small' };
  const { calibration } = learn(data, {
    task,
    name,
    base,
    active: undefined,
    seed: 1,
    leaveOut: [],
    trusted: [],
  });
  const figuresOf = (document = calibration.document) => document?.lanes?.[0]?.figures;
  expect(figuresOf(calibration.measured)).toMatchObject({ successPercent: 100 });
  expect(figuresOf()).toMatchObject({ customers: rows.length });
  expect(figuresOf()?.successPercent).toBeLessThan(90);
  expect(calibration.report.performance.map((one) => one.name)).toContain('model in use');
});

it('the model that is active in the stack is compared if there is no base', () => {
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const active = checked.model.document;
  const name = { id: 'learnt', version: '1', title: 'Learnt' };
  const props = { task, name, base: undefined, seed: 1, leaveOut: [], trusted: [] };
  const namesOf = (of: typeof active | undefined) =>
    learn(data, { ...props, active: of }).calibration.report.performance.map((one) => one.name);
  expect(namesOf(active)).toContain('model in use');
  expect(namesOf(undefined)).not.toContain('model in use');
});
