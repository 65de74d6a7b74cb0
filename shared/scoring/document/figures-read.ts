import { findFigure } from './find-figure.ts';
import { type LaneFigure, laneFigures } from './lane-figures.ts';
import type { ModelDocument } from './model.ts';
import { collectSubjects } from './walk.ts';

/** Returns the figures of lanes that the rules of a model read. */
export const listFiguresRead = (document: ModelDocument): LaneFigure[] => {
  const read = new Set(collectSubjects(document).flatMap(({ subject }) => findFigure(subject)?.[1] ?? []));
  return laneFigures.filter((figure) => read.has(figure));
};
