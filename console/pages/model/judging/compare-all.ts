import {
  type ByTier,
  compareLead,
  compareMoveSizes,
  createTally,
  explainMove,
  type LeadComparison,
  type MoveReason,
  measureMove,
  type Pair,
} from '../../../../shared/comparison/index.ts';
import type { Standing } from '../../../../shared/lead/index.ts';
import type { ScoringModel } from '../../../../shared/scoring/index.ts';
import type { ComparedLead, ComparedLeads } from './compared-leads.ts';

type Side = Pick<Standing, 'tier' | 'score' | 'stage' | 'action'>;

/** A lead that stands elsewhere by the second model. */
export interface ComparedMove {
  readonly leadId: string;
  readonly name?: string | undefined;
  readonly company?: string | undefined;
  readonly standings: Pair<Side>;
  /** Those that decide most. */
  readonly reasons: readonly MoveReason[];
}

/** Numbers of leads by queue. */
export type ByQueue = readonly (readonly [queue: string, leads: number])[];

/** The differences that a model makes to leads. */
export interface ModelComparison {
  readonly compared: number;
  readonly areAll: boolean;
  readonly moved: number;
  readonly up: number;
  readonly down: number;
  readonly flows: ByTier<ByTier<number>>;
  /** The greatest moves, at most `mostShown`. */
  readonly moves: readonly ComparedMove[];
  readonly handoffs: { readonly start: ByQueue; readonly stop: ByQueue };
}

const mostShown = 50;
const mostReasons = 4;

/** The number of leads that are judged before newer requests are looked for. */
const leadsAtOnce = 25;

interface Move {
  readonly lead: ComparedLead;
  readonly comparison: LeadComparison;
}

const sideOf = ({ tier, score, stage, action }: Standing): Side => ({ tier, score, stage, action });

const present = (models: Pair<ScoringModel>, at: number, { lead, comparison }: Move): ComparedMove => {
  const { leadId, name, company, previousTier, facts } = lead;
  const { a, b } = comparison.standings;
  const reasons = explainMove(models, facts, comparison, { previousTier, at });
  return {
    leadId,
    name,
    company,
    standings: { a: sideOf(a), b: sideOf(b) },
    reasons: reasons.slice(0, mostReasons),
  };
};

const sumFlows = (flows: ByTier<ByTier<number>>): { up: number; down: number } => {
  const ranked = ['none', 'risky', 'good', 'excellent'] as const;
  const sums = { up: 0, down: 0 };
  for (const [low, from] of ranked.entries())
    for (const [high, to] of ranked.entries()) {
      if (high > low) sums.up += flows[from][to];
      if (high < low) sums.down += flows[from][to];
    }
  return sums;
};

const listQueues = (counts: ReadonlyMap<string, number>): ByQueue =>
  [...counts].toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));

/**
 * Judges leads by two models. Both find the same facts, the same instant and the same tier before, so that a model
 * differs from itself in nothing.
 *
 * @param pause is awaited now and then
 * @returns undefined if `pause` said to end
 */
export const compareAll = async (
  models: Pair<ScoringModel>,
  { leads, areAll, at }: ComparedLeads,
  pause: () => Promise<'go-on' | 'end'>,
): Promise<ModelComparison | undefined> => {
  const tally = createTally();
  const moves: Move[] = [];
  for (const [i, lead] of leads.entries()) {
    if (i % leadsAtOnce === 0 && (await pause()) === 'end') return undefined;
    const comparison = compareLead(models, lead.facts, lead.previousTier, at);
    tally.add(comparison);
    if (comparison.moved.length > 0) moves.push({ lead, comparison });
  }
  const { moved, flows, handoffs } = tally.result();
  const sorted = moves
    .map((move) => ({ move, size: measureMove(move.comparison) }))
    .toSorted((a, b) => compareMoveSizes(a.size, b.size));
  return {
    compared: leads.length,
    areAll,
    moved,
    ...sumFlows(flows),
    flows,
    moves: sorted.slice(0, mostShown).map(({ move }) => present(models, at, move)),
    handoffs: { start: listQueues(handoffs.start), stop: listQueues(handoffs.stop) },
  };
};
