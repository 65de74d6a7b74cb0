import { apiLimits, buildHandoffPathId, type Routes } from '../../events/api/index.ts';
import { isCanary } from '../../events/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { getItems, readIndexPage } from '../../shared/dynamodb/index.ts';
import {
  byUrgency,
  findNextStep,
  type Handoff,
  isLate,
  parseHandoff,
} from '../../shared/follow-ups/index.ts';
import { queueIndex } from '../../shared/keys/index.ts';
import { isListed, type LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbLedger } from '../../shared/ledger/index.ts';
import { readModelDirectory } from '../../shared/model-store/index.ts';
import { readPerson } from '../../shared/people/index.ts';
import type { QueryDeps } from './deps.ts';
import { mostModels } from './list-models.ts';
import type { FindOutlines, ModelOutline } from './model-outlines.ts';
import { openPage, type PageStart, readPage } from './page-through.ts';

type Query = ApiRequest<Routes['listHandoffs']>['query'];

/** Returns whether a hand-off is due by an instant. One that waits is due when it is requested. */
const isDueBy = ({ dueAt, waitsUntil }: Handoff, due: string | undefined): boolean => {
  if (due === undefined) return true;
  const at = dueAt ?? waitsUntil;
  return at !== undefined && at <= due;
};

interface ShownWith {
  readonly lead: LeadState | undefined;
  readonly model: ModelOutline | undefined;
  readonly now: number;
}

/** Returns a hand-off with the person to call, and what comes next if nobody answers it. */
const handoffRecord = ({ status, ...handoff }: Handoff, { lead, model, now }: ShownWith) => {
  const next = findNextStep({ status, ...handoff }, model?.deadlines);
  return {
    id: buildHandoffPathId(handoff.leadId, handoff.handoffId),
    state: status,
    ...handoff,
    late: isLate({ status, ...handoff }, now),
    // Without the policy nothing is known of what comes next.
    ...(next !== undefined && model !== undefined && { next }),
    ...(lead !== undefined && readPerson(lead.facts.attributes)),
  };
};

/** Lists hand-offs of one state, queue by queue; within a page the most urgent come first. */
export const listHandoffs = (deps: QueryDeps, findOutlines: FindOutlines) => {
  const table = { client: deps.client, table: deps.leadsTable };
  const ledger = createDynamoDbLedger(table);

  /** Lists the queues that the models name, and the one at which the page begins, even if no model names it any more. */
  const listQueues = async ({ queue }: Query, from: PageStart | undefined): Promise<string[]> => {
    if (queue !== undefined) return [queue];
    const { active } = await deps.models.current();
    const models = await readModelDirectory(table, mostModels);
    const outlines = await findOutlines([active.version, ...models.map(({ modelVersion }) => modelVersion)]);
    const named = [...outlines.values()].flatMap(({ queues }) => queues);
    return [...new Set([...named, ...(from === undefined ? [] : [from.source])])].toSorted();
  };

  const show = async (handoffs: readonly Handoff[]) => {
    const leads = await ledger.load([...new Set(handoffs.map(({ leadId }) => leadId))]);
    const models = await findOutlines(new Set(handoffs.flatMap(({ modelVersion = [] }) => modelVersion)));
    const now = deps.now();
    return handoffs.toSorted(byUrgency).map((handoff) => {
      const lead = leads.get(handoff.leadId);
      return handoffRecord(handoff, {
        lead: lead !== undefined && isListed(lead) ? lead : undefined,
        model: models.get(handoff.modelVersion ?? ''),
        now,
      });
    });
  };

  return async ({ query }: ApiRequest<Routes['listHandoffs']>): Promise<ApiAnswer> => {
    const { queue, state, due, limit, cursor } = query;
    const { from, seal } = await openPage<PageStart>(deps, ['listHandoffs', { queue, state, due }], cursor);
    const queues = await listQueues(query, from);
    const { found, next } = await readPage({
      sources: queues.map((id) => ({
        id,
        read: async (after, { wanted }) => {
          const range = { index: queueIndex, partition: id, sort: state };
          const page = await readIndexPage(table, range, { after, most: wanted });
          return { ...page, read: page.keys.length };
        },
      })),
      from,
      limit,
      // The leads of those that are found are read too.
      mostRead: apiLimits.itemsRead - limit,
      isFiltered: due !== undefined,
      load: async (keys, source) => {
        const items = await getItems(table, keys);
        const handoffs = new Map(items.map((item) => [`${item.pk?.S} ${item.sk?.S}`, parseHandoff(item)]));
        return keys.map(({ pk, sk }) => {
          const handoff = handoffs.get(`${pk} ${sk}`);
          // The index may be a moment behind.
          if (handoff?.queue !== source.id || handoff.status !== state) return undefined;
          return isDueBy(handoff, due) && !isCanary(handoff.leadId) ? handoff : undefined;
        });
      },
    });
    return { body: { handoffs: await show(found), cursor: await seal(next) } };
  };
};
