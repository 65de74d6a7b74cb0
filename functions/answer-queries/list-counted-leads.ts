import {
  apiLimits,
  type CountedFigure,
  cellParts,
  figureOutlines,
  type Routes,
} from '../../events/api/index.ts';
import { showValue } from '../../events/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import { isListed } from '../../shared/lead/index.ts';
import { createDynamoDbLedger, type StoredLead } from '../../shared/ledger/index.ts';
import { readPerson } from '../../shared/people/index.ts';
import { createBasis, followLeads, type Observation, readLeads } from '../../shared/report/index.ts';
import { createTopList } from '../../shared/top-list/index.ts';
import { chooseDays } from './choose-days.ts';
import { chooseInstant } from './choose-instant.ts';
import { countMoves } from './count-moves.ts';
import type { Counted, TakeCounted } from './counted.ts';
import type { QueryDeps } from './deps.ts';
import { startReadBudget } from './read-budget.ts';

type Query = ApiRequest<Routes['listCountedLeads']>['query'];

/** Returns the parameters that a figure takes. */
const listParameters = (figure: CountedFigure): readonly string[] => {
  const { source, parts } = figureOutlines[figure];
  return ['figure', ...parts, ...(source === 'funnel' ? ['from', 'to'] : ['at'])];
};

/** @throws ApiProblem for a parameter that the figure doesn't take: it would be taken for one that counts */
const checkParameters = (query: Query): void => {
  const taken = listParameters(query.figure);
  const surplus = Object.entries(query).filter(
    ([name, value]) => value !== undefined && !taken.includes(name),
  );
  if (surplus.length === 0) return;
  const allowed = `nothing: the figure ${query.figure} takes ${taken.slice(1).join(', ')}`;
  throw new ApiProblem(
    'invalid-request',
    'the figure has no such parameter',
    surplus.map(([name, value]) => ({ path: `query.${name}`, given: showValue(value), allowed })),
  );
};

/** Returns the figure in which an observation counts; undefined if its leads aren't listed. */
const findFigure = (observation: Observation): Omit<Counted, 'leadId'> | undefined => {
  const { kind } = observation;
  if (kind === 'deal') {
    const { outcome: figure, tier, at } = observation;
    return { figure, parts: { tier }, at };
  }
  if (kind === 'deadline') {
    const { isKept, queue, at } = observation;
    return { figure: isKept ? 'kept' : 'missed', parts: { queue }, at };
  }
  return kind === 'stay'
    ? { figure: 'stayed', parts: { stage: observation.stage }, at: observation.at }
    : undefined;
};

const isInCell = (query: Query, { figure, parts }: Counted): boolean =>
  figure === query.figure &&
  cellParts.every((part) => query[part] === undefined || query[part] === parts[part]);

const latestFirst = (a: Counted, b: Counted): number => b.at - a.at || (a.leadId < b.leadId ? -1 : 1);

/** Returns a lead as it is listed. One that was merged or erased since is nobody any more. */
const leadRecord = ({ leadId, at }: Counted, stored: StoredLead | undefined) => {
  const { name, company } =
    stored !== undefined && isListed(stored) ? readPerson(stored.facts.attributes) : {};
  return {
    leadId,
    ...(name !== undefined && { name }),
    ...(company !== undefined && { company }),
    at: new Date(at).toISOString(),
  };
};

/**
 * Lists the leads behind a figure of the funnel or the report, the latest first: one for each time that it was counted.
 *
 * @param stopwatch returns milliseconds since any instant, by a clock that nobody sets
 */
export const listCountedLeads = (deps: QueryDeps, stopwatch: () => number = () => performance.now()) => {
  const { client, leadsTable, models } = deps;
  const ledger = createDynamoDbLedger({ client, table: leadsTable });

  /** Reads all leads, and passes on what counts in a figure of the query's source. */
  const readCounted = async (query: Query, take: TakeCounted): Promise<void> => {
    const { figure, at } = query;
    const now = deps.now();
    if (figureOutlines[figure].source === 'funnel') {
      const { from, to } = chooseDays(query, now);
      const items = readLeads(client, leadsTable, startReadBudget(stopwatch));
      return countMoves(items, (day) => from <= day && day <= to, take);
    }
    const instant = chooseInstant(at, now);
    const { active: model } = await models.current();
    const items = readLeads(client, leadsTable, startReadBudget(stopwatch));
    return followLeads(items, createBasis({ model, now: instant }), (observation, leadId) => {
      const counted = findFigure(observation);
      if (counted !== undefined) take({ ...counted, leadId });
    });
  };

  return async ({ query }: ApiRequest<Routes['listCountedLeads']>): Promise<ApiAnswer> => {
    checkParameters(query);
    // One more than are listed, to know whether there are more.
    const latest = createTopList(apiLimits.countedLeads + 1, latestFirst);
    await readCounted(query, (counted) => {
      if (isInCell(query, counted)) latest.add(counted);
    });
    const found = latest.list();
    const listed = found.slice(0, apiLimits.countedLeads);
    const leads = await ledger.load([...new Set(listed.map(({ leadId }) => leadId))]);
    return {
      body: {
        leads: listed.map((counted) => leadRecord(counted, leads.get(counted.leadId))),
        more: found.length > listed.length,
      },
    };
  };
};
