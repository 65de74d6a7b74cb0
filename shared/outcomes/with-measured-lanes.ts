import {
  isExampleFigure,
  type LaneFigure,
  laneFigures,
  listFiguresRead,
  type ModelDocument,
} from '../scoring/index.ts';
import type { MeasuredLane } from './measure-lanes.ts';

type Lane = NonNullable<ModelDocument['lanes']>[number];

/** A model with measured lanes, and the figures that stay made up since rules read them and nothing was measured. */
export interface WithMeasuredLanes {
  readonly document: ModelDocument;
  readonly stillExamples: readonly LaneFigure[];
}

/**
 * Returns the figures of a lane: what was measured, what somebody has stated as true, and of what is made up only what
 * has to stay.
 */
const mergeFigures = (
  lane: Lane,
  { customers, figures }: MeasuredLane,
  stays: ReadonlySet<LaneFigure>,
): Lane['figures'] => {
  const examples: LaneFigure[] = [];
  const merged: Lane['figures'] = {};
  for (const figure of laneFigures) {
    const measured = (figures as Partial<Record<LaneFigure, number>>)[figure];
    const stated = lane.figures[figure];
    if (measured !== undefined) merged[figure] = measured;
    else if (stated !== undefined && (!isExampleFigure(lane.figures, figure) || stays.has(figure))) {
      merged[figure] = stated;
      if (isExampleFigure(lane.figures, figure)) examples.push(figure);
    }
  }
  const isMeasured = Object.keys(figures).length > 0;
  return {
    ...merged,
    ...(isMeasured && { customers }),
    ...(examples.length > 0 && { example: isMeasured ? examples : true }),
  };
};

/**
 * Writes measured figures into the lanes of a model, in place of made-up ones. A lane with too few customers loses what
 * was made up of it. A made-up figure stays, and is marked as such, only if a rule of the model reads it and it was
 * measured of no lane: without it the rule would mean nothing.
 */
export const withMeasuredLanes = (
  document: ModelDocument,
  measured: readonly MeasuredLane[],
): WithMeasuredLanes => {
  const { lanes = [] } = document;
  const byLane = new Map(measured.map((lane) => [lane.lane, lane]));
  const found = new Set<string>(measured.flatMap(({ figures }) => Object.keys(figures)));
  const stays = new Set(listFiguresRead(document).filter((figure) => !found.has(figure)));
  const merged = lanes.map((lane) => ({
    ...lane,
    figures: mergeFigures(lane, byLane.get(lane.id) ?? { lane: lane.id, customers: 0, figures: {} }, stays),
  }));
  const stillExamples = [...stays].filter((figure) =>
    merged.some(({ figures }) => isExampleFigure(figures, figure)),
  );
  return { document: lanes.length === 0 ? document : { ...document, lanes: merged }, stillExamples };
};
