import { dayMs, type Stage, stages, type Tier, tiers } from '../../events/index.ts';
import type { TableProps } from '../dynamodb/index.ts';
import { type Cell, type CellParts, cells, partsOf } from './cell.ts';
import { type Days, type Flow, readFlows, readStock } from './read-counters.ts';

/** The number of leads that moved from one stage and tier to another. A null stands for outside of the funnel. */
export interface FunnelMove {
  readonly from: CellParts | null;
  readonly to: CellParts | null;
  readonly count: number;
}

/** The funnel: how many leads stand where now, and how leads moved by day. */
export interface FunnelView extends Days {
  /** The instant at which something was last counted; null if nothing ever was. */
  readonly countedAt: string | null;
  readonly leads: number;
  readonly stages: readonly { readonly stage: Stage; readonly leads: number }[];
  readonly tiers: readonly { readonly tier: Tier; readonly leads: number }[];
  /** Every stage with every tier. */
  readonly cells: readonly (CellParts & { readonly leads: number })[];
  /** Every day, the earliest first. */
  readonly days: readonly { readonly day: string; readonly moves: readonly FunnelMove[] }[];
}

/** The days of flows that are shown if nobody asks for others. */
const usualDays = 30;

const formatDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Returns the days that are asked for: the last thirty, or those up to or from a day. `from` may be after `to`. */
export const completeDays = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: number,
): Days => {
  const last = to ?? formatDay(now);
  return { from: from ?? formatDay(Date.parse(last) - (usualDays - 1) * dayMs), to: last };
};

/** Returns the number of days, both ends included; zero or less if `from` is after `to`. */
export const countDays = ({ from, to }: Days): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1;

const listDays = (days: Days): string[] =>
  Array.from({ length: countDays(days) }, (_, i) => formatDay(Date.parse(days.from) + i * dayMs));

const toParts = (cell: Cell | undefined): CellParts | null => (cell === undefined ? null : partsOf(cell));

const toMove = ({ from, to, count }: Flow): FunnelMove => ({ from: toParts(from), to: toParts(to), count });

/** Reads the funnel, with the moves of some days. The days bound what is read. */
export const readFunnel = async (props: TableProps, days: Days): Promise<FunnelView> => {
  const [{ stock, countedAt }, flows] = await Promise.all([readStock(props), readFlows(props, days)]);
  const counted = cells.map((cell) => ({ ...partsOf(cell), leads: stock.get(cell) ?? 0 }));
  const sum = (which: (cell: CellParts) => boolean): number =>
    counted.filter(which).reduce((total, { leads }) => total + leads, 0);
  return {
    countedAt: countedAt ?? null,
    leads: sum(() => true),
    stages: stages.map((stage) => ({ stage, leads: sum((cell) => cell.stage === stage) })),
    tiers: tiers.map((tier) => ({ tier, leads: sum((cell) => cell.tier === tier) })),
    cells: counted,
    ...days,
    days: listDays(days).map((day) => ({ day, moves: (flows.get(day) ?? []).map(toMove) })),
  };
};
