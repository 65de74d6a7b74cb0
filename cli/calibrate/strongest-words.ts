import { stages } from '../../events/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { heading, type Line } from '../output/line.ts';
import { table } from '../output/table.ts';

type Criterion = ModelDocument['dimensions'][string]['criteria'][number];

/** The most criteria that are listed. */
const mostListed = 12;

/** Returns the points that a criterion can give. */
const listPoints = (criterion: Criterion): number[] => {
  if ('bands' in criterion) return criterion.bands.map(({ points }) => points);
  if ('table' in criterion) {
    const points = Object.values(criterion.table).map((entry) =>
      typeof entry === 'number' ? entry : entry.points,
    );
    return [...points, criterion.otherwise ?? 0];
  }
  return 'each' in criterion ? [Math.sign(criterion.points) * criterion.max] : [criterion.points];
};

const formatPoints = (points: readonly number[]): string => {
  const [least, most] = [Math.min(0, ...points), Math.max(0, ...points)];
  return least === 0 ? `up to ${most}` : most === 0 ? `down to ${least}` : `${least} to ${most}`;
};

/**
 * Returns the criteria by which scores differ most, the strongest first: by the span of their points, weighted as at the
 * stage of the scorecard.
 */
export const strongestWords = ({ dimensions, scorecards }: ModelDocument): Line[] => {
  const weights = scorecards[stages[2]];
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0) || 1;
  const all = Object.entries(dimensions).flatMap(([dimension, { title, criteria }]) =>
    criteria.map((criterion) => {
      const points = listPoints(criterion);
      const span = Math.max(0, ...points) - Math.min(0, ...points);
      return { title, criterion, points, weight: (span * (weights[dimension] ?? 0)) / total };
    }),
  );
  const strongest = all.sort((a, b) => b.weight - a.weight).slice(0, mostListed);
  return [
    heading('The strongest criteria'),
    table([
      ['dimension', 'the lead …', 'points', 'of the score'],
      ...strongest.map(({ title, criterion, points, weight }) => [
        title,
        criterion.text,
        formatPoints(points),
        Math.round(weight),
      ]),
    ]),
  ];
};
