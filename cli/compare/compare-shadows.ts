import { compareStandings, createTally, type LeadComparison } from '../../shared/comparison/index.ts';
import { type LeadState, modelTierOf, type Shadowed } from '../../shared/lead/index.ts';
import { createTopList } from '../../shared/top-list/index.ts';
import { type ComparedPart, noneLeftOut } from './comparison.ts';
import type { CsvFile } from './csv-file.ts';
import { formatMoveRow } from './csv-rows.ts';
import { buildMove, compareMoves } from './move.ts';

type State = LeadState & Shadowed;

export interface CompareShadowsProps {
  /** The leads as they are stored. */
  readonly states: AsyncIterable<State>;
  /** The version of the model in use. */
  readonly active: string;
  /** The version of the shadow model. */
  readonly shadow: string;
  readonly mostMoves: number;
  readonly csv?: CsvFile | undefined;
}

/**
 * Compares how a lead stands with how the shadow has it. A shadow has no disqualification of its own. While actions
 * wait, the stored one isn't what the model in use asks for, so that it counts for both.
 */
const compareShadow = (
  state: State,
  { model, ...standing }: NonNullable<Shadowed['shadow']>,
): LeadComparison => {
  const a = { ...state, tier: modelTierOf(state) };
  const action = state.actionsWait ? a.action : standing.action;
  return compareStandings({ a, b: { ...a, ...standing, action, modelVersion: model } });
};

/**
 * Compares the standings that are stored with the leads of a stack: by the model in use, and by the shadow. Nothing is
 * judged anew, so there are no reasons. Leads that either of them hasn't judged are left out.
 */
export const compareShadows = async ({
  states,
  active,
  shadow: version,
  mostMoves,
  csv,
}: CompareShadowsProps): Promise<ComparedPart> => {
  const tally = createTally();
  const moves = createTopList(mostMoves, compareMoves);
  let [unshadowed, notRescored, actionsWait] = [0, 0, 0];
  for await (const state of states) {
    const { leadId, shadow } = state;
    if (state.modelVersion !== active) {
      notRescored++;
      continue;
    }
    if (shadow?.model !== version) {
      unshadowed++;
      continue;
    }
    if (state.actionsWait) actionsWait++;
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
    leftOut: { ...noneLeftOut, unshadowed, notRescored, actionsWait },
  };
};
