import { type Ground, grounds, type Observation } from '../observations.ts';
import { type ByTier, byTier } from '../tiers.ts';
import { computeProportion, type Proportion } from '../wilson.ts';

type Deal = Extract<Observation, { kind: 'deal' }>;

/** The deals that were won and lost, and the share that was won. */
export interface WinRate {
  readonly won: number;
  readonly lost: number;
  /** Null if no deal was decided. */
  readonly rate: Proportion | null;
}

/** The win rates by the tier just before the outcome. */
export interface WinRates {
  readonly byTier: ByTier<WinRate>;
  readonly all: WinRate;
}

/** The win rates by what was known of the lead just before the outcome. */
export interface Readiness extends Readonly<Record<Ground, WinRate>> {
  readonly modelHasSlide: boolean;
  readonly modelHasBant: boolean;
  /** Deals won with a complete slide, divided by deals won on BANT alone; null if there are none of the latter. */
  readonly ratio: number | null;
}

interface Counts {
  won: number;
  lost: number;
}

const noCounts = (): Counts => ({ won: 0, lost: 0 });

const computeRate = ({ won, lost }: Counts): WinRate => ({
  won,
  lost,
  rate: computeProportion(won, won + lost),
});

export const tallyWinRates = () => {
  const counts = byTier(noCounts);
  const all = noCounts();
  return {
    add({ tier, outcome }: Deal): void {
      counts[tier][outcome]++;
      all[outcome]++;
    },
    result: (): WinRates => ({ byTier: byTier((tier) => computeRate(counts[tier])), all: computeRate(all) }),
  };
};

export const tallyReadiness = (has: Pick<Readiness, 'modelHasSlide' | 'modelHasBant'>) => {
  const counts = { slide: noCounts(), bant: noCounts(), neither: noCounts() };
  return {
    add({ ground, outcome }: Deal): void {
      counts[ground][outcome]++;
    },
    result(): Readiness {
      const rates = Object.fromEntries(grounds.map((ground) => [ground, computeRate(counts[ground])]));
      const { slide, bant } = counts;
      return {
        ...has,
        ...(rates as Record<Ground, WinRate>),
        ratio: has.modelHasSlide && bant.won > 0 ? slide.won / bant.won : null,
      };
    },
  };
};
