import type { CellPart, CountedFigure } from '../../events/api/index.ts';

/** One count of a figure: its lead, the cell that it counts in, and when it happened. */
export interface Counted {
  readonly figure: CountedFigure;
  /** The parts of its cell, such as the stage. */
  readonly parts: Readonly<Partial<Record<CellPart, string>>>;
  readonly leadId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type TakeCounted = (counted: Counted) => void;
