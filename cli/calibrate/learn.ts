import { dayMs } from '../../events/index.ts';
import { type Calibration, calibrate } from '../../shared/calibration/index.ts';
import {
  type DataSet,
  formatOutcomeRule,
  type MeasuredLane,
  measureLanes,
  type Task,
  withMeasuredLanes,
} from '../../shared/outcomes/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { explainMissing } from './missing-data.ts';
import type { ModelName } from './name-model.ts';
import { fieldsNamed } from './options.ts';

/** The result of learning: a model, if there is one, with the lanes that were measured. */
export interface Learnt {
  readonly calibration: Calibration;
  readonly lanes: readonly MeasuredLane[];
  readonly exampleFigures: readonly string[];
}

export interface LearnProps {
  readonly task: Task;
  readonly name: ModelName;
  readonly base: ModelDocument | undefined;
  /** The model that is active in the stack; undefined if no stack is asked. */
  readonly active: ModelDocument | undefined;
  readonly seed: number;
  /** The names of fields of which no criterion is to be made. */
  readonly leaveOut: readonly string[];
  /** The names of fields that a person has looked at: they are used though they may look like leaks. */
  readonly trusted: readonly string[];
}

/** Measures the lanes of the base by the customers whose time was over at an instant. */
const measure = (
  { customers }: DataSet,
  { task, base }: LearnProps,
  end: number | undefined,
): MeasuredLane[] =>
  base?.lanes === undefined || end === undefined
    ? []
    : measureLanes(customers, {
        lanes: base.lanes.map(({ id }) => id),
        rule: task.rule,
        end,
        withinMs: task.customerMs,
      });

/** Says what is wrong with the data instead of what is wrong with the result, which follows from it. */
const withMissing = (calibration: Calibration, missing: readonly string[]): Calibration => {
  const { report } = calibration;
  return missing.length === 0 ? calibration : { report: { ...report, ready: false, reasons: missing } };
};

/**
 * Returns a calibration whose model promotes leads as they were followed. Without the promotions by which leads came to
 * the cut, a model that is learnt without another one would take them all back to where events state them.
 */
const withStages = (calibration: Calibration, { task, base }: LearnProps): Calibration =>
  calibration.document === undefined || base !== undefined
    ? calibration
    : {
        ...calibration,
        document: { ...calibration.document, promotions: task.model.document.promotions },
      };

/**
 * Learns from data: measures the lanes of the model in use, and fits criteria and tiers. Lanes come first, since
 * criteria may read their figures. The model in use is compared as it is, with the figures that it has.
 */
export const learn = (data: DataSet, props: LearnProps): Learnt => {
  const { task, name, base, seed, leaveOut, trusted } = props;
  const lanes = measure(data, props, data.end);
  const measured = base && withMeasuredLanes(base, lanes);
  const inUse = base ?? props.active;
  const calibration = calibrate(data.rows, {
    ...name,
    seed,
    leaveOut: fieldsNamed(leaveOut),
    trusted: fieldsNamed(trusted),
    horizonDays: task.withinMs / dayMs,
    ...(base &&
      measured && {
        base: measured.document,
        baseBy: (instant) => withMeasuredLanes(base, measure(data, props, instant)).document,
      }),
    ...(inUse && { inUse }),
  });
  return {
    calibration: withMissing(withStages(calibration, props), explainMissing(data, task)),
    lanes,
    exampleFigures: measured?.stillExamples ?? [],
  };
};

/** Returns in words what counts as a success. */
export const describeSuccess = ({ rule, withinMs }: Pick<Task, 'rule' | 'withinMs'>): string =>
  `${formatOutcomeRule(rule)} within ${withinMs / dayMs} days`;
