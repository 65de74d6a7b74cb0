import { stages } from '../../../events/index.ts';
import type { ModelDocument } from '../../scoring/index.ts';
import type { Effects } from '../fit/refine.ts';
import type { Sample, Weighed } from '../fit/strengths.ts';
import type { FieldName } from '../types.ts';
import { makeCriteria } from './criteria.ts';
import { createIds } from './ids.ts';
import { computeWholePoints } from './points.ts';

/** The dimensions of a document that is learnt without another one, by the kind of field. */
const dimensions: Readonly<Record<FieldName['kind'], { readonly id: string; readonly title: string }>> = {
  attribute: { id: 'profile', title: 'Profile' },
  answer: { id: 'qualification', title: 'Qualification' },
  activity: { id: 'engagement', title: 'Engagement' },
};

export interface DocumentName {
  readonly id: string;
  readonly version: string;
  readonly title: string;
}

/** The scores from which a lead is in each tier. */
export type Thresholds = Pick<ModelDocument['tiers'], 'excellent' | 'good' | 'risky'>;

const selectEffects = ({ effects }: Effects, weighed: readonly Weighed[], kind: FieldName['kind']) =>
  effects.filter((_, j) => weighed[j]?.column.source.field.kind === kind);

/**
 * Builds a model document of what was learnt: a dimension for each kind of field, criteria with bands, tables and steps,
 * and weights by which the score is a line over log odds.
 *
 * @returns undefined if no criterion gives points
 */
export const buildDocument = (
  { id, version, title }: DocumentName,
  weighed: readonly Weighed[],
  effects: Effects,
  sample: Sample,
  tiers: Thresholds,
): ModelDocument | undefined => {
  const makeId = createIds();
  const built = Object.entries(dimensions).flatMap(([kind, dimension]) => {
    const of = weighed.filter(({ column }) => column.source.field.kind === kind);
    const { columns, base, span } = computeWholePoints(
      of,
      selectEffects(effects, weighed, kind as FieldName['kind']),
      sample,
    );
    const criteria = columns.flatMap((column) => makeCriteria(column, sample, makeId));
    return criteria.length === 0
      ? []
      : [{ id: dimension.id, span, dimension: { title: dimension.title, base, criteria } }];
  });
  if (built.length === 0) return undefined;
  // Only the ratios of weights matter. A field that all but says the outcome has a span beyond what weights may be.
  const scale = Math.min(1, 1_000 / Math.max(...built.map(({ span }) => span)));
  const scorecard = Object.fromEntries(
    built.map((one) => [one.id, Math.max(0.001, Math.round(one.span * scale * 1_000) / 1_000)]),
  );
  const [subscriber, lead, mql, sql, opportunity] = stages;
  return {
    id,
    version,
    title,
    dimensions: Object.fromEntries(built.map((one) => [one.id, one.dimension])),
    scorecards: {
      [subscriber]: scorecard,
      [lead]: scorecard,
      [mql]: scorecard,
      [sql]: scorecard,
      [opportunity]: scorecard,
    },
    disqualifiers: [],
    promotions: [],
    tiers: { ...tiers, hysteresis: 0 },
    policy: { rules: [], recycle: { stage: 'lead' } },
    efforts: [],
  };
};
