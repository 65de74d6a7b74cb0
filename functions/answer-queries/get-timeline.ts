import { apiLimits, type Routes } from '../../events/api/index.ts';
import { showValue } from '../../events/index.ts';
import {
  type ApiAnswer,
  ApiProblem,
  type ApiRequest,
  openCursor,
  sealCursor,
} from '../../shared/api/index.ts';
import { base64, getItems, type Item, number } from '../../shared/dynamodb/index.ts';
import { stateKey } from '../../shared/keys/index.ts';
import { readTimelinePage } from '../../shared/timeline/index.ts';
import type { QueryDeps } from './deps.ts';
import { presentStep } from './present-step.ts';

const unknownLead = (leadId: string): ApiProblem =>
  new ApiProblem('not-found', 'there is no such lead', [
    { path: 'path.id', given: showValue(leadId), allowed: 'the id of a lead that was heard of' },
  ]);

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
  ({ client, leadsTable, requests, now }: QueryDeps) =>
  async ({ path, query }: ApiRequest<Routes['getTimeline']>): Promise<ApiAnswer> => {
    const { id: leadId } = path;
    const table = { client, table: leadsTable };
    const cursor = {
      secret: await requests.readCursorSecret(),
      now: now(),
      query: ['getTimeline', leadId],
    };
    const after = query.cursor === undefined ? undefined : String(openCursor(cursor, query.cursor));
    const [page, [state]] = await Promise.all([
      readTimelinePage(table, leadId, { limit: query.limit, after, mostRead: apiLimits.itemsRead }),
      getItems(table, [stateKey(leadId)], ['sk', 'version', 'head', 'status', 'mergedInto']),
    ]);
    if (state === undefined && page.steps.length === 0 && after === undefined) throw unknownLead(leadId);
    return {
      body: {
        leadId,
        ...presentEnd(state),
        entries: page.steps.map(presentStep),
        cursor: page.next === undefined ? null : sealCursor(cursor, page.next),
      },
    };
  };
