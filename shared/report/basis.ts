import type { ModelDocument, ScoringModel } from '../scoring/index.ts';

export type Effort = ModelDocument['efforts'][number];

/**
 * The source of a lead's tier at an instant. `judged`: the model judges all events that had happened by then, in
 * whatever order they arrived. `recorded`: the tier is the one in the ledger entry of the event before.
 */
export const tierSources = ['judged', 'recorded'] as const;
export type TierSource = (typeof tierSources)[number];

/** The model, the source of tiers and the instant that a report is based on. */
export interface Basis {
  readonly model: ScoringModel;
  readonly tiers: TierSource;
  /** The instant of the report, in milliseconds since 1970; later events are left out. */
  readonly now: number;
  /** Returns the efforts that an activity counts as. */
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
