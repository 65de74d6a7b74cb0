import { type Field, keyOfField, listFields } from './columns/fields.ts';
import type { Sample } from './fit/strengths.ts';
import { hasBothOutcomes } from './leaks.ts';
import { createRandom, type Random } from './random.ts';
import { type Split, splitTime } from './split-time.ts';
import type { CalibrationOptions, FieldName, Period, Row } from './types.ts';
import { type Counts, countRarer, fewestOutcomes } from './verdict.ts';

/** The things that are the same for all steps. */
export interface Job {
  readonly rows: readonly Row[];
  readonly outcomes: Uint8Array;
  readonly split: Split;
  readonly options: CalibrationOptions;
  readonly random: Random;
}

/** Returns the sample of some rows. */
export const sampleOf = ({ outcomes }: Pick<Job, 'outcomes'>, indexes: Int32Array): Sample => ({
  outcomes,
  indexes,
});

const describePeriod = ({ rows, outcomes }: Job, name: Period['name'], indexes: Int32Array): Period => {
  const [first, last] = [rows[indexes[0] ?? -1], rows[indexes.at(-1) ?? -1]];
  return {
    name,
    ...(first !== undefined && { from: first.at }),
    ...(last !== undefined && { to: last.at }),
    leads: indexes.length,
    successes: indexes.reduce((sum, i) => sum + (outcomes[i] as number), 0),
  };
};

/** Counts the leads of each stretch of time. */
export const describePeriods = (job: Job): Period[] => [
  describePeriod(job, 'train', job.split.train),
  describePeriod(job, 'calibrate', job.split.calibrate),
  describePeriod(job, 'test', job.split.test),
];

/** Counts all leads to learn from, also those in gaps between the stretches. */
export const countAll = ({ outcomes }: Pick<Job, 'outcomes'>): Counts => ({
  leads: outcomes.length,
  successes: outcomes.reduce((sum, one) => sum + one, 0),
});

/** Returns the values of some rows. */
export const pick = (values: Uint8Array, indexes: Int32Array): Uint8Array =>
  Uint8Array.from(indexes, (i) => values[i] as number);

/** Returns the fields without those that are left out. */
export const withoutFields = (fields: readonly Field[], leftOut: readonly FieldName[]): Field[] => {
  const out = new Set(leftOut.map(keyOfField));
  return fields.filter((field) => !out.has(keyOfField(field)));
};

/** Lists the fields of the leads to learn from, without those that are to be left out. */
export const selectFields = ({ rows, split, options }: Job): Field[] =>
  withoutFields(listFields(Array.from(split.learn, (i) => rows[i] as Row)), options.leaveOut ?? []);

/** Puts rows into the order of time, and divides them. */
export const prepare = (given: readonly Row[], options: CalibrationOptions): Job => {
  const rows = given.toSorted((a, b) => a.at - b.at || (a.leadId < b.leadId ? -1 : 1));
  return {
    rows,
    outcomes: Uint8Array.from(rows, ({ outcome }) => (outcome ? 1 : 0)),
    split: splitTime(rows, options.horizonDays),
    options,
    random: createRandom(options.seed),
  };
};

/** Returns whether there are enough leads, and each stretch of time has some that succeed, and some that don't. */
export const isEnough = (job: Job): boolean =>
  countRarer(countAll(job)) >= fewestOutcomes &&
  [job.split.train, job.split.calibrate, job.split.test].every(
    (indexes) => indexes.length > 0 && hasBothOutcomes(sampleOf(job, indexes)),
  );
