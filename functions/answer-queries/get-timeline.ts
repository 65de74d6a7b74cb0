import { apiLimits, type Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { base64, getItems, type Item, number } from '../../shared/dynamodb/index.ts';
import { stateKey } from '../../shared/keys/index.ts';
import { readTimelinePage } from '../../shared/timeline/index.ts';
import type { QueryDeps } from './deps.ts';
import { leadProblem } from './lead-problems.ts';
import { openPage } from './page-through.ts';
import { presentStep } from './present-step.ts';

/** Returns how the lead stands whose ledger it is: `open`, `merged`, `erased`, or `lost` if its state is lost. */
const presentEnd = (state: Item | undefined) => {
  const status = state?.status?.S;
  const isClosed = status === 'merged' || status === 'erased';
  return {
    status: state === undefined ? 'lost' : isClosed ? status : 'open',
    ...(status === 'merged' && { mergedInto: state?.mergedInto?.S }),
    ...(state !== undefined && { version: number(state, 'version'), head: base64(state, 'head') }),
  };
};

/**
 * Answers with a page of the ledger of a lead, also of one that was merged or erased: its entries stay. An erased lead
 * has only what is left of them.
 */
export const getTimeline =
  (deps: QueryDeps) =>
  async ({ path, query }: ApiRequest<Routes['getTimeline']>): Promise<ApiAnswer> => {
    const { id: leadId } = path;
    const table = { client: deps.client, table: deps.leadsTable };
    const { from: after, seal } = await openPage<string>(deps, ['getTimeline', leadId], query.cursor);
    const [page, [state]] = await Promise.all([
      readTimelinePage(table, leadId, { limit: query.limit, after, mostRead: apiLimits.itemsRead }),
      getItems(table, [stateKey(leadId)], ['sk', 'version', 'head', 'status', 'mergedInto']),
    ]);
    if (state === undefined && page.steps.length === 0 && after === undefined)
      throw leadProblem({ kind: 'unknown', leadId }, { leadId });
    return {
      body: {
        leadId,
        ...presentEnd(state),
        entries: page.steps.map(presentStep),
        cursor: await seal(page.next),
      },
    };
  };
