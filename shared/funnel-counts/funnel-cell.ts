import { isCanary, stages, tiers } from '../../events/index.ts';
import { type Item, json, readOneOf, S, text } from '../dynamodb/index.ts';
import { parseLeadKey } from '../keys/index.ts';
import { buildCell, type Cell } from './cell.ts';

/**
 * Returns the cell in which a stored state must be counted; undefined if the lead is closed, the canary's, or was never
 * announced. A lead whose history isn't settled counts as it was last announced.
 *
 * @param state the state's item, with at least `pk`, `status`, `stage`, `tier` and `announced`
 * @throws UnreadableItemError
 */
export const readFunnelCell = (state: Item): Cell | undefined => {
  const status = text(state, 'status');
  if (status === 'merged' || status === 'erased' || isCanary(parseLeadKey(text(state, 'pk'))))
    return undefined;
  if (state.announced === undefined) return buildCell(readCellParts(state));
  const announced = json<{ stage: string; tier: string } | null>(state, 'announced');
  return announced === null
    ? undefined
    : buildCell(readCellParts({ ...state, stage: S(announced.stage), tier: S(announced.tier) }));
};

const readCellParts = (item: Item) => ({
  stage: readOneOf(item, 'stage', stages),
  tier: readOneOf(item, 'tier', tiers),
});
