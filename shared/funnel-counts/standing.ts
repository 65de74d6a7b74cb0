import type { ActionEvent } from '../../events/index.ts';
import { buildPositionKey } from '../keys/index.ts';
import { buildCell, type Cell } from './cell.ts';

/** The place of a lead in the funnel after an entry of its ledger. */
export interface FunnelStanding {
  readonly leadId: string;
  /** The position of the entry, as text that sorts. */
  readonly position: string;
  /** Undefined for a lead that is closed. */
  readonly cell: Cell | undefined;
  /** The day in UTC at which it came to stand there, such as 2026-03-01. */
  readonly day: string;
}

/**
 * Returns the standing in an announcement. All announcements of an entry have the same standing, that after the entry, so
 * any one of them is enough.
 */
export const readStanding = ({ metadata, data }: ActionEvent): FunnelStanding => ({
  leadId: data.leadId,
  position: buildPositionKey(data),
  cell: 'stage' in data ? buildCell(data) : undefined,
  day: metadata.occurredAt.slice(0, 10),
});

/** The last count of a lead: its position, and its cell if the lead is in the funnel. */
export interface Counted {
  readonly position: string;
  readonly cell: Cell | undefined;
}

/** The move of a lead from one cell to another, in or out of the funnel. */
export interface Move {
  readonly from: Cell | undefined;
  readonly to: Cell | undefined;
  /** The day whose flows have it; undefined for a lead that only becomes part of the stock. */
  readonly day: string | undefined;
}

/** One lead as it is counted anew. */
export interface LeadCount {
  readonly leadId: string;
  /** Undefined if nothing was counted of it. */
  readonly was: Counted | undefined;
  readonly next: Counted;
  readonly moves: readonly Move[];
}

/** Returns the standings of a lead that aren't counted yet, in the order of its history, and each once. */
export const listUncounted = <S extends FunnelStanding>(
  was: Counted | undefined,
  standings: readonly S[],
): S[] => {
  const later = standings.filter(({ position }) => position > (was?.position ?? ''));
  const byPosition = new Map(later.map((standing) => [standing.position, standing]));
  return [...byPosition.values()].sort((a, b) => (a.position < b.position ? -1 : 1));
};

/** Returns the moves by standings in the order of a lead's history, with the standing to which each has led. */
export const listMoves = <S extends FunnelStanding>(before: Cell | undefined, standings: readonly S[]) =>
  standings
    .map((standing, i) => ({ from: i === 0 ? before : standings[i - 1]?.cell, to: standing.cell, standing }))
    .filter(({ from, to }) => from !== to);

/** Counts standings of a lead that `listUncounted` has returned: at least one. */
export const countStandings = (
  was: Counted | undefined,
  standings: readonly [FunnelStanding, ...FunnelStanding[]],
): LeadCount => {
  const moves = listMoves(was?.cell, standings).map(({ from, to, standing: { day } }) => ({ from, to, day }));
  const { leadId, position, cell } = standings.at(-1) as FunnelStanding;
  return { leadId, was, next: { position, cell }, moves };
};
