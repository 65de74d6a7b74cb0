/**
 * The figures that are measured of a lane's customers. Apart from the schemas, so that the evaluator needs none of
 * them.
 */
export const laneFigures = [
  'churnPercent',
  'revenue',
  'margin',
  'lifetimeValue',
  'costToRetain',
  'costOfProduct',
  'expansionPercent',
  'referencePercent',
  'timeToValueDays',
  'timeToImplementDays',
  'successPercent',
] as const;
export type LaneFigure = (typeof laneFigures)[number];

/** The figures for which less is better. */
export const lowerIsBetter: ReadonlySet<LaneFigure> = new Set([
  'churnPercent',
  'costToRetain',
  'costOfProduct',
  'timeToValueDays',
  'timeToImplementDays',
]);

/** The marks of figures that are made up: all, or some of them. */
interface Marked {
  readonly example?: boolean | readonly LaneFigure[] | undefined;
}

/** Returns whether a figure of a lane is made up as an example. */
export const isExampleFigure = ({ example }: Marked, figure: LaneFigure): boolean =>
  example === true || (typeof example === 'object' && example.includes(figure));
