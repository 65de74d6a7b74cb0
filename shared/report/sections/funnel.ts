import { type Stage, stages } from '../../../events/index.ts';
import type { Observation } from '../observations.ts';
import { type ByTier, bestFirst, byTier, sumOver } from '../tiers.ts';

type Present = Extract<Observation, { kind: 'present' }>;

/** The leads by their present stage and tier. */
export interface Funnel {
  readonly leads: number;
  readonly byStage: readonly {
    readonly stage: Stage;
    readonly leads: number;
    readonly byTier: ByTier<number>;
  }[];
}

export const tallyFunnel = () => {
  const counts = new Map(stages.map((stage) => [stage, byTier(() => 0)]));
  return {
    add({ stage, tier }: Present): void {
      const row = counts.get(stage);
      if (row !== undefined) row[tier]++;
    },
    result(): Funnel {
      const byStage = [...counts].map(([stage, row]) => ({
        stage,
        leads: sumOver(bestFirst, row),
        byTier: { ...row },
      }));
      return { leads: byStage.reduce((sum, { leads }) => sum + leads, 0), byStage };
    },
  };
};
