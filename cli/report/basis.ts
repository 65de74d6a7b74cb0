import type { ModelDocument, ScoringModel } from '../../shared/scoring/index.ts';

export type Effort = ModelDocument['efforts'][number];

/**
 * Where the tier of a lead at an instant comes from. `judged`: what the model makes of all that had happened by then,
 * in whatever order it came in. `recorded`: what the ledger wrote down when the event before came in.
 */
export const tierSources = ['judged', 'recorded'] as const;
export type TierSource = (typeof tierSources)[number];

/** What a report is read by. */
export interface Basis {
  readonly model: ScoringModel;
  readonly tiers: TierSource;
  /** Milliseconds since 1970; what happened later is left out. */
  readonly now: number;
  /** The efforts that an activity counts as. */
  readonly effortsOf: (activity: string) => readonly Effort[];
}

export interface BasisProps {
  readonly model: ScoringModel;
  readonly now: number;
  /** @default judged */
  readonly tiers?: TierSource;
}

const none: readonly Effort[] = [];

export const createBasis = ({ model, now, tiers = 'judged' }: BasisProps): Basis => {
  const byActivity = new Map<string, Effort[]>();
  for (const effort of model.document.efforts) {
    for (const activity of new Set(effort.activities)) {
      byActivity.set(activity, [...(byActivity.get(activity) ?? []), effort]);
    }
  }
  return { model, now, tiers, effortsOf: (activity) => byActivity.get(activity) ?? none };
};
