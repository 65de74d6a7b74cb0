import { type LaneFigure, laneFigures, lowerIsBetter } from '../document/lane-figures.ts';
import type { LaneFigures } from '../document/lanes.ts';
import type { ModelDocument } from '../document/model.ts';
import { type Lane, type Reading, type Test, unknown, yes } from '../reading.ts';
import { compileCondition } from './condition.ts';
import type { FactLayout } from './fact-layout.ts';

type Lanes = NonNullable<ModelDocument['lanes']>;

export interface CompiledLane extends Lane {
  readonly test: Test;
}

/**
 * Computes the standing of a lane among the lanes that state a figure: its distance from the worst, as a share of the
 * distance between the worst and the best. So a lane is judged in comparison with the others.
 */
const computeStanding = (figure: LaneFigure, value: number, all: readonly number[]): number => {
  const least = Math.min(...all);
  const most = Math.max(...all);
  if (most === least) return 50;
  const share = ((value - least) / (most - least)) * 100;
  const standing = lowerIsBetter.has(figure) ? 100 - share : share;
  // Half way between 0.1 and 0.3 is 50, and not 49.999999999999986.
  return Math.round(standing * 1e6) / 1e6;
};

const computeStandings = (own: LaneFigures, lanes: Lanes): CompiledLane['standings'] =>
  Object.fromEntries(
    laneFigures.flatMap((figure) => {
      const value = own[figure];
      if (value === undefined) return [];
      const all = lanes.flatMap(({ figures }) => figures[figure] ?? []);
      return [[figure, computeStanding(figure, value, all)]];
    }),
  );

export const compileLanes = (lanes: Lanes, layout: FactLayout): CompiledLane[] =>
  lanes.map(({ id, title, kind, pursue, when, figures }) => ({
    id,
    title,
    kind,
    pursued: pursue ?? kind === 'core',
    figures,
    standings: computeStandings(figures, lanes),
    test: compileCondition(when, layout),
  }));

/** Finds the first lane that holds; null if none does, undefined as long as one may still come to hold. */
export const findLane = (
  lanes: readonly CompiledLane[],
  reading: Reading,
): CompiledLane | null | undefined => {
  let open = false;
  for (const lane of lanes) {
    const truth = lane.test(reading);
    if (truth === yes) return lane;
    if (truth === unknown) open = true;
  }
  return open ? undefined : null;
};
