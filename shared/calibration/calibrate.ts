import type { ModelDocument } from '../scoring/index.ts';
import { scoreRows } from './apply.ts';
import { type Silenced, silenceCriteria, silencedNote } from './base/silence-criteria.ts';
import { type Built, buildFrom } from './build-from.ts';
import { calibrateScores, finish, translate } from './calibrate-scores.ts';
import { keyOfField } from './columns/fields.ts';
import { compareAll } from './compare-all.ts';
import { createBuilders } from './create-builders.ts';
import { describeTiers } from './describe-tiers.ts';
import { findLateFields } from './earlier-facts.ts';
import { chooseMethod } from './fit/learn.ts';
import {
  countAll,
  describePeriods,
  isEnough,
  type Job,
  prepare,
  sampleOf,
  selectFields,
  withoutFields,
} from './job.ts';
import { findLeaks, listLeftOut } from './leaks.ts';
import { checkShuffled } from './self-check.ts';
import type { Calibration, CalibrationOptions, CalibrationReport, FieldName, Leak, Row } from './types.ts';
import { judgeReadiness } from './verdict.ts';

const trust = (leaks: readonly Leak[], { trusted = [] }: CalibrationOptions): Leak[] => {
  const keys = new Set(trusted.map(keyOfField));
  return leaks.map((leak) => (keys.has(keyOfField(leak.field)) ? { ...leak, effect: 'noted' } : leak));
};

const countCriteria = (document: ModelDocument | undefined): number =>
  Object.values(document?.dimensions ?? {}).reduce((sum, { criteria }) => sum + criteria.length, 0);

/** The report of what can't be learnt from. */
const reportNothing = (job: Job, leaks: readonly Leak[], reasons: readonly string[]): Calibration => {
  const periods = describePeriods(job);
  const { rows, split } = job;
  const verdict = judgeReadiness(
    countAll(job),
    { periods, performance: [], leaks },
    { reasons: [], warnings: [] },
  );
  const all = [...verdict.reasons, ...(verdict.reasons.length === 0 ? reasons : [])];
  return {
    report: {
      ...verdict,
      ready: false,
      reasons: all,
      periods,
      leftOut: rows.length - split.train.length - split.calibrate.length - split.test.length,
      gapDays: split.gapDays,
      leaks,
      performance: [],
      tiers: [],
      criteria: 0,
      notes: [],
    },
  };
};

const describeGap = ({ split, options }: Job): string[] =>
  split.gapDays < options.horizonDays
    ? [
        `the gaps between the periods are ${split.gapDays} days instead of ${options.horizonDays}: longer ones would leave out too many leads`,
      ]
    : [];

/** Says which criteria lost their points since a field that they read is left out, and how models were compared. */
const describeSilenced = (
  { base }: CalibrationOptions,
  leftOut: readonly FieldName[],
  inUse?: Silenced,
): string[] => {
  const criteria = base === undefined ? [] : [...silenceCriteria(base, leftOut).fieldsOf];
  const compared = [...(inUse?.fieldsOf.keys() ?? [])].join(', ');
  return [
    ...criteria.map(([criterion, fields]) => `criterion ${criterion} ${silencedNote(fields)}`),
    ...(compared === '' ? [] : [`the model in use is compared without the points of ${compared}`]),
  ];
};

const tooFew = 'a period has no lead that succeeds, or none that doesn’t: more time is needed';
const nothingFound = 'nothing that is known of the leads says anything of the outcome';

/**
 * Learns a scoring model from leads whose outcome is known: bins, weights of evidence and whole points, with thresholds
 * of tiers and a report on how good it is and whether it is ready. The same rows and options give the same result. Rows
 * that nothing can be learnt from give a report with the reasons, and no document.
 *
 * The figures of the report are of a document that was learnt from the leads before the test time. The document that is
 * returned is learnt in the same way from all of them, so that the latest leads count too.
 */
export const calibrate = (given: readonly Row[], options: CalibrationOptions): Calibration => {
  const job = prepare(given, options);
  const { rows, split, outcomes, random } = job;
  if (!isEnough(job)) return reportNothing(job, [], [tooFew]);
  const learnSample = sampleOf(job, split.learn);
  const fields = selectFields(job);
  const leaks = trust(findLeaks(rows, fields, learnSample), options);
  const leaking = listLeftOut(leaks);
  const allowed = withoutFields(fields, leaking);
  const leftOut = [...(options.leaveOut ?? []), ...leaking];
  const builders = createBuilders(job, allowed, leftOut);
  const { sources } = builders.tested;
  const method = chooseMethod(sources, learnSample);
  const first = buildFrom(
    job,
    builders.tested,
    chooseMethod(sources, sampleOf(job, split.train)),
    split.train,
  );
  const last = buildFrom(job, builders.tested, method, split.learn);
  const all = Int32Array.from(rows, (_, i) => i);
  const whole = buildFrom(job, builders.whole, chooseMethod(builders.whole.sources, sampleOf(job, all)), all);
  if (first === undefined || last === undefined || whole === undefined) {
    return reportNothing(job, leaks, [nothingFound]);
  }
  const scoresOf = ({ model }: Built, indexes: Int32Array) => scoreRows(model, rows, indexes);
  const ofFirst = calibrateScores(job, first);
  const ofLast = translate(ofFirst, scoresOf(first, split.calibrate), scoresOf(last, split.calibrate));
  const ofWhole = translate(ofLast, scoresOf(last, split.test), scoresOf(whole, split.test));
  const measured = finish(job, last, ofLast, split.learn);
  const document = finish(job, whole, ofWhole, all);
  const test = Array.from(split.test, (i) => rows[i] as Row);
  const late = trust(findLateFields(last.model, test, allowed), options);
  const found = [...leaks, ...late];
  const periods = describePeriods(job);
  const used = options.inUse ?? options.base;
  const inUse = used && silenceCriteria(used, leftOut);
  const performance = compareAll(job, { first, last, calibrated: ofLast, inUse: inUse?.document });
  const described = describeTiers(job, measured, ofLast);
  const shuffled = checkShuffled(method.plans, learnSample, split.train, split.calibrate, random);
  const verdict = judgeReadiness(
    countAll(job),
    { periods, performance, leaks: found },
    {
      reasons: shuffled === undefined ? [] : [shuffled],
      warnings: [...described.warnings, ...describeGap(job), ...describeSilenced(options, leftOut, inUse)],
    },
  );
  const report: CalibrationReport = {
    ...verdict,
    periods,
    leftOut: rows.length - split.train.length - split.calibrate.length - split.test.length,
    gapDays: split.gapDays,
    successPercent: Math.round((1_000 * outcomes.reduce((sum, one) => sum + one, 0)) / rows.length) / 10,
    leaks: found,
    performance,
    tiers: described.tiers,
    probability: ofWhole.probability,
    ridge: method.settings.ridge,
    criteria: countCriteria(document),
    notes: builders.whole.note(whole.learnt, whole.sample),
  };
  return { document, measured, report };
};
