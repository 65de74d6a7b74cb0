import { stages } from '../words.ts';

/** The places at which moves begin, and those at which they end: a stage, or outside the funnel. */
export const moveStarts = ['new', ...stages] as const;
export const moveEnds = [...stages, 'left'] as const;

/** The figures of the funnel and of the report whose leads can be listed. */
export const countedFigures = [
  'moved',
  'came',
  'went-on',
  'went-back',
  'left',
  'improved',
  'worsened',
  'won',
  'lost',
  'kept',
  'missed',
  'stayed',
] as const;
export type CountedFigure = (typeof countedFigures)[number];

/** The parts by which a figure is divided into cells. */
export const cellParts = ['before', 'after', 'tier', 'stage', 'queue'] as const;
export type CellPart = (typeof cellParts)[number];

interface FigureOutline {
  /** The counters of the funnel are of moves within days; the report is on all that happened up to an instant. */
  readonly source: 'funnel' | 'report';
  readonly parts: readonly CellPart[];
}

/** The source of each figure, and the parts that name one of its cells. Without a part, all cells of it count. */
export const figureOutlines: Readonly<Record<CountedFigure, FigureOutline>> = {
  moved: { source: 'funnel', parts: ['before', 'after', 'tier'] },
  came: { source: 'funnel', parts: ['stage'] },
  'went-on': { source: 'funnel', parts: ['stage'] },
  'went-back': { source: 'funnel', parts: ['stage'] },
  left: { source: 'funnel', parts: ['stage'] },
  improved: { source: 'funnel', parts: [] },
  worsened: { source: 'funnel', parts: [] },
  won: { source: 'report', parts: ['tier'] },
  lost: { source: 'report', parts: ['tier'] },
  kept: { source: 'report', parts: ['queue'] },
  missed: { source: 'report', parts: ['queue'] },
  stayed: { source: 'report', parts: ['stage'] },
};
