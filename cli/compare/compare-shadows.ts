import { compareStandings, createTally, type LeadComparison } from '../../shared/comparison/index.ts';
import { type LeadState, modelTierOf, type Shadowed } from '../../shared/lead/index.ts';
import { createTopList } from '../../shared/top-list/index.ts';
import type { ComparedPart } from './comparison.ts';
import type { CsvFile } from './csv-file.ts';
import { formatMoveRow } from './csv-rows.ts';
import { buildMove, compareMoves } from './move.ts';

export interface CompareShadowsProps {
  /** The leads as they are stored. */
  readonly states: AsyncIterable<LeadState & Shadowed>;
  /** The version of the shadow model. */
  readonly shadow: string;
  readonly mostMoves: number;
  readonly csv?: CsvFile | undefined;
}

/** Compares how a lead stands with how the shadow has it. A shadow has no disqualification of its own. */
const compareShadow = (
  state: LeadState & Shadowed,
  { model, ...standing }: NonNullable<Shadowed['shadow']>,
): LeadComparison => {
  const a = { ...state, tier: modelTierOf(state) };
  return compareStandings({ a, b: { ...a, ...standing, modelVersion: model } });
};

/**
 * Compares the standings that are stored with the leads of a stack: by the model in use, and by the shadow. Nothing is
 * judged anew, so there are no reasons.
 */
export const compareShadows = async ({
  states,
  shadow: version,
  mostMoves,
  csv,
}: CompareShadowsProps): Promise<ComparedPart> => {
  const tally = createTally();
  const moves = createTopList(mostMoves, compareMoves);
  let unshadowed = 0;
  for await (const state of states) {
    const { leadId, shadow } = state;
    if (shadow?.model !== version) {
      unshadowed++;
      continue;
    }
    const comparison = compareShadow(state, shadow);
    tally.add(comparison);
    if (comparison.moved.length === 0) continue;
    const move = buildMove(leadId, comparison, []);
    moves.add(move);
    await csv?.add(formatMoveRow(move));
  }
  return {
    tally: tally.result(),
    moves: moves.list(),
    leftOut: { erased: 0, unknown: 0, unshadowed },
  };
};
