import { isConflict, type TableProps, transact } from '../dynamodb/index.ts';
import { fullJitter, wait } from '../retry/index.ts';
import { buildCountWrites } from './count-writes.ts';
import { type CountedLeads, readCounted } from './counted-items.ts';
import { countStandings, type FunnelStanding, type LeadCount, listUncounted } from './standing.ts';

export interface FunnelCounterProps extends TableProps {
  /** The partition of the counters in which this environment counts: one of `funnelPartitions`. */
  readonly partition: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The most leads of one transaction. With the counters it has less than the hundred items that DynamoDB takes. */
export const mostLeadsCounted = 40;

/** The most days whose flows one transaction changes. */
const mostDays = 50;

/** The most times that leads are counted before it is left to a later delivery. */
const mostTries = 6;

/** Thrown if other writers were faster each time. */
class FunnelBusyError extends Error {
  readonly code = 'FUNNEL_BUSY';
  constructor() {
    super(`other writers were faster ${mostTries} times`);
    this.name = 'FunnelBusyError';
  }
}

/** The result of counting. */
export interface CountResult {
  /** The moves that were counted. */
  readonly moves: number;
  /** The standings that were counted before, or were no longer the latest. */
  readonly alreadyCounted: number;
  /** The transactions that were cancelled, since another writer was faster. */
  readonly conflicts: number;
  /** The leads whose item can't be read. They aren't counted. */
  readonly unreadable: ReadonlySet<string>;
}

/** Writes counts in one transaction. Returns false if another writer was faster. */
export const writeCounts = async (
  { client, table, partition, now }: FunnelCounterProps,
  counts: readonly LeadCount[],
): Promise<boolean> => {
  try {
    const refused = await transact(client, buildCountWrites({ table, partition, now: now() }, counts));
    return refused.length === 0;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
};

/** Returns as many of a lead's standings, from the first one on, as stay within the days of one transaction. */
const takeWithinDays = (standings: readonly FunnelStanding[], days: Set<string>): FunnelStanding[] => {
  const taken: FunnelStanding[] = [];
  for (const standing of standings) {
    if (!days.has(standing.day) && days.size >= mostDays) break;
    days.add(standing.day);
    taken.push(standing);
  }
  return taken;
};

interface Planned {
  readonly counts: readonly LeadCount[];
  /** Whether something is left for another transaction. */
  readonly isPart: boolean;
  readonly alreadyCounted: number;
}

const planCounts = (
  leads: ReadonlyMap<string, readonly FunnelStanding[]>,
  { counted, unreadable }: CountedLeads,
): Planned => {
  const days = new Set<string>();
  const counts: LeadCount[] = [];
  let [isPart, alreadyCounted] = [false, 0];
  for (const [leadId, standings] of leads) {
    if (unreadable.has(leadId)) continue;
    const was = counted.get(leadId);
    const uncounted = listUncounted(was, standings);
    const [first, ...more] = takeWithinDays(uncounted, days);
    alreadyCounted += standings.length - uncounted.length;
    isPart ||= uncounted.length > (first === undefined ? 0 : 1 + more.length);
    if (first !== undefined) counts.push(countStandings(was, [first, ...more]));
  }
  return { counts, isPart, alreadyCounted };
};

/**
 * Counts standings of at most `mostLeadsCounted` leads, in any order, also ones that were counted before. Each is counted
 * once: what was counted of a lead and the counters change in the same transaction, and only upon what was read.
 *
 * @throws FunnelBusyError if other writers were faster each time
 */
export const countLeads = async (
  props: FunnelCounterProps,
  standings: readonly FunnelStanding[],
): Promise<CountResult> => {
  const leads = Map.groupBy(standings, ({ leadId }) => leadId);
  let result: CountResult = { moves: 0, alreadyCounted: 0, conflicts: 0, unreadable: new Set() };
  for (let isFirst = true; result.conflicts < mostTries; isFirst = false) {
    const found = await readCounted(props, [...leads.keys()]);
    const { counts, isPart, alreadyCounted } = planCounts(leads, found);
    if (isFirst) result = { ...result, alreadyCounted, unreadable: found.unreadable };
    if (counts.length === 0) return result;
    if (await writeCounts(props, counts)) {
      const moves = counts.reduce((sum, lead) => sum + lead.moves.length, 0);
      result = { ...result, moves: result.moves + moves };
      if (!isPart) return result;
    } else {
      result = { ...result, conflicts: result.conflicts + 1 };
      await (props.wait ?? wait)(fullJitter(result.conflicts));
    }
  }
  throw new FunnelBusyError();
};
