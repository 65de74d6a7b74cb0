import type { Stage } from '../../../../events/index.ts';
import type { Entry } from '../types.ts';

/** The time that a lead was at a stage. */
export interface Stay {
  readonly stage: Stage;
  /** Milliseconds since 1970; undefined if it began before what is known. */
  readonly from: number | undefined;
  /** Undefined if it goes on. */
  readonly to: number | undefined;
}

interface Move {
  readonly from: Stage | null;
  readonly to: Stage;
  readonly at: number;
}

const listMoves = (entries: readonly Entry[]): Move[] =>
  entries
    .flatMap((entry) => {
      if (entry.kind !== 'decided') return [];
      const at = Date.parse(entry.occurredAt);
      return entry.changes.flatMap((change) =>
        change.type === 'LeadStageTransitioned' && change.from !== change.to
          ? [{ from: change.from, to: change.to, at, order: [entry.version, entry.ordinal] }]
          : [],
      );
    })
    .sort((a, b) => (a.order[0] ?? 0) - (b.order[0] ?? 0) || (a.order[1] ?? 0) - (b.order[1] ?? 0));

/**
 * Returns how long a lead was at each stage, in the order in which it was there.
 *
 * @param entries the entries of its timeline, in any order; the oldest ones may be missing
 */
export const listStays = (entries: readonly Entry[]): Stay[] => {
  const moves = listMoves(entries);
  const [first] = moves;
  const before: Stay[] = first?.from == null ? [] : [{ stage: first.from, from: undefined, to: first.at }];
  return [
    ...before,
    ...moves.map(({ to: stage, at: from }, i): Stay => ({ stage, from, to: moves[i + 1]?.at })),
  ];
};
