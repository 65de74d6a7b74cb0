import type { TableSubject } from './criterion.ts';
import type { LaneFigure } from './lane-figures.ts';

/** Returns the figure of a lane that a subject reads, and the field that names it. */
export const findFigure = (
  subject: TableSubject,
): readonly [field: string, figure: LaneFigure] | undefined => {
  if ('laneFigure' in subject) return ['laneFigure', subject.laneFigure];
  if ('laneStanding' in subject) return ['laneStanding', subject.laneStanding];
  return 'relativeTo' in subject && subject.relativeTo !== undefined
    ? ['relativeTo', subject.relativeTo]
    : undefined;
};
