/** A criterion that gave points. */
interface Counted {
  readonly dimension: string;
  readonly criterion: string;
  readonly text: string;
  readonly weight: number;
}

/** A criterion that moves the score more or less than before. */
export interface ChangedCriterion {
  readonly key: string;
  readonly text: string;
  readonly before: number;
  readonly after: number;
}

/** The points below which a difference is one of rounding. */
const least = 0.005;

/** Returns the criteria whose weight in the score differs, those that differ most first. */
export const compareCriteria = (
  before: readonly Counted[],
  after: readonly Counted[],
): ChangedCriterion[] => {
  const found = new Map<string, ChangedCriterion>();
  const keyOf = ({ dimension, criterion }: Counted): string => `${dimension} ${criterion}`;
  for (const one of before)
    found.set(keyOf(one), { key: keyOf(one), text: one.text, before: one.weight, after: 0 });
  for (const one of after) {
    const earlier = found.get(keyOf(one))?.before ?? 0;
    found.set(keyOf(one), { key: keyOf(one), text: one.text, before: earlier, after: one.weight });
  }
  const moveOf = (one: ChangedCriterion): number => Math.abs(one.after - one.before);
  return [...found.values()].filter((one) => moveOf(one) >= least).sort((a, b) => moveOf(b) - moveOf(a));
};
